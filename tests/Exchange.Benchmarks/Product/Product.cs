using System.Net;

namespace Exchange.Benchmarks;

/// <summary>The product as the processes of its layout, ended with this object.</summary>
sealed class Product : IAsyncDisposable
{
    readonly List<ProductHost> apis = [];
    readonly List<ProductHost> workers = [];

    Product(string data) => Data = data;

    /// <summary>The folder with the hosts' data.</summary>
    public string Data { get; }

    public Uri Address => new(FormattableString.Invariant($"http://127.0.0.1:{apis[0].EndPoint.Port}"));

    public TimeSpan Cpu => TimeSpan.FromTicks(Hosts.Sum(h => h.Cpu.Ticks));
    public double PeakMegabytes => Hosts.Sum(h => h.PeakMegabytes);
    public long BytesWritten => Hosts.Sum(h => h.BytesWritten);
    public long WriteCalls => Hosts.Sum(h => h.WriteCalls);

    IEnumerable<ProductHost> Hosts => apis.Concat(workers);

    /// <summary>One after the other: the first Api makes the schema, and the others find it.</summary>
    public static async Task<Product> Start(Layout layout, IReadOnlyList<string> switches, string folder, CancellationToken stop)
    {
        var product = new Product(Path.Combine(folder, "data"));
        try
        {
            string[] common = ["--Exchange:Data=" + product.Data, "--Logging:LogLevel:Default=Warning", .. switches];
            var api = HostDll.Api();
            var worker = layout.Workers > 0 ? HostDll.Worker() : "";
            for (var i = 1; i <= layout.Apis; i++)
            {
                product.apis.Add(await ProductHost.StartApi(api, Path.Combine(folder, FormattableString.Invariant($"api-{i}")), common, stop));
            }

            for (var i = 1; i <= layout.Workers; i++)
            {
                product.workers.Add(ProductHost.StartWorker(worker, Path.Combine(folder, FormattableString.Invariant($"worker-{i}")), common));
            }

            return product;
        }
        catch
        {
            await product.DisposeAsync();
            throw;
        }
    }

    /// <summary>Clients are dealt out to the Apis.</summary>
    public IPEndPoint DoorOf(int client) => apis[client % apis.Count].EndPoint;

    /// <summary>A worker has no door to ask at, so its death is looked for.</summary>
    public void MustStand()
    {
        if (Hosts.FirstOrDefault(h => h.HasEnded) is { } dead) throw new BenchmarkFailure($"{dead.Name} ended during the run.");
    }

    public string LastWords() => string.Join('\n', Hosts.Select(h => $"--- {h.Name}\n{h.LastWords()}"));

    public async ValueTask DisposeAsync()
    {
        foreach (var host in workers.Concat(apis)) await host.DisposeAsync();
    }
}
