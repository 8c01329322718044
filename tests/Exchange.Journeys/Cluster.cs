using System.Diagnostics;

namespace Exchange.Journeys;

/// <summary>How a cluster is made up.</summary>
/// <param name="Workers">Left out: three in the long form, else two.</param>
sealed record Shape(int Apis = 2, int? Workers = null)
{
    static readonly int Several = Environment.GetEnvironmentVariable("EXCHANGE_LONG") is "1" ? 3 : 2;

    public int WorkerCount => Workers ?? Several;

    public bool Supervised { get; init; }

    /// <summary>Settings as environment variables instead of arguments.</summary>
    public bool ByEnvironment { get; init; }

    /// <summary>Other copies of the programs, such as published ones with settings of their own beside them.</summary>
    public (string Api, string Worker)? Published { get; init; }
}

/// <summary>Several API and worker processes on one database, one broker and one folder of files. Requests go round the APIs.</summary>
sealed class Cluster : IExchange
{
    readonly Place place;
    readonly string folder = Directory.CreateTempSubdirectory("exchange-cluster-").FullName;

    Cluster(Place place, Shape shape)
    {
        this.place = place;
        Apis = [.. Enumerable.Range(1, shape.Apis).Select(n => ExchangeProcess.NotYetStarted(SetupOf($"Api {n}", shape, shape.Published?.Api)))];
        Workers = [.. Enumerable.Range(1, shape.WorkerCount).Select(n => new WorkerProcess(SetupOf($"Worker {n}", shape, shape.Published?.Worker)))];
        Http = new HttpClient(new Balancer([.. Apis.Select(api => api.Address)])) { BaseAddress = new Uri("http://cluster.example"), Timeout = TimeSpan.FromSeconds(100) };
    }

    public IReadOnlyList<ExchangeProcess> Apis { get; }

    public IReadOnlyList<WorkerProcess> Workers { get; }

    public IReadOnlyList<HostProcess> Members => [.. Apis, .. Workers];

    public IReadOnlyList<IExchange> Nodes => Apis;

    public HttpClient Http { get; }

    public Uri Address => Apis.First(api => api.Runs).Address;

    public Servers Servers => place.Servers;

    public IReadOnlyDictionary<string, string> Settings => place.Settings;

    public int StartedAgain => Members.Sum(member => member.StartedAgain);

    public static async Task<Cluster> Start(Servers servers, Shape? shape = null)
    {
        var cluster = await NotYetStarted(servers, shape);
        try
        {
            foreach (var member in cluster.Members)
            {
                member.Launch();
            }

            await cluster.Works();
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    public static async Task<Cluster> NotYetStarted(Servers servers, Shape? shape = null) => new(await servers.NewPlace(), shape ?? new Shape());

    public async Task Works()
    {
        foreach (var member in Members)
        {
            await member.Works();
        }
    }

    public async Task<int> Stop() => (await Task.WhenAll(Members.Where(member => member.Runs).Select(member => member.Stop()))).DefaultIfEmpty().Max();

    public string Log() => string.Join('\n', Members.Select(member => member.Log()));

    /// <summary>Every API says of itself what it should: 200, with this status of the whole and of its bus.</summary>
    public Task Says(string status, string bus, TimeSpan? within = null) => Eventually.Holds($"every API says that it is {status}", async () =>
    {
        foreach (var api in Apis)
        {
            var ready = (await Company.Nobody(api).Ask("/health/ready")).Must(200).Json;
            if (!ready.Is("status", status) || !ready.Is("parts.bus.status", bus))
            {
                return $"{api.Name}: {ready.ToJsonString()}";
            }
        }

        return null;
    }, within);

    /// <summary>What has to be so after every journey: nothing waits, no queue of errors exists, and no log holds an error that was not expected, or a password.</summary>
    public async Task IsTidy(params string[] expectedErrors)
    {
        await Eventually.Holds("the queue relay is empty", async () =>
        {
            var queues = await Servers.Queues(place.VirtualHost);
            Assert.That(queues.Select(queue => queue.Text("name")), Has.None.EndsWith("_error").And.None.EndsWith("_skipped"));
            var relay = queues.SingleOrDefault(queue => queue.Is("name", "relay"));
            return relay is null ? "It is not there." : relay.Text("messages") is "0" ? null : relay.Text("messages") ?? "Not counted yet.";
        });
        Assert.That(Members.SelectMany(member => member.Errors(expectedErrors)), Is.Empty);
        var log = Log();
        Assert.That(place.Servers.Passwords.Where(password => log.Contains(password, StringComparison.Ordinal)), Is.Empty, "passwords in a log");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var member in Members)
        {
            await member.DisposeAsync();
        }

        Http.Dispose();
        await place.Servers.GiveBack(place);
        if (TestContext.CurrentContext.Result.FailCount == 0)
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    public static async Task<TimeSpan> TimeOf(Func<Task> deed)
    {
        var watch = Stopwatch.StartNew();
        await deed();
        return watch.Elapsed;
    }

    Setup SetupOf(string name, Shape shape, string? dll)
    {
        var settings = shape.Published is null ? place.Settings : new Dictionary<string, string>(StringComparer.Ordinal);
        return new Setup([.. settings.Where(_ => !shape.ByEnvironment).Select(setting => $"--{setting.Key}={setting.Value}")])
        {
            Name = name,
            Data = Path.Combine(folder, "data"),
            Dll = dll,
            Supervised = shape.Supervised,
            Environment = shape.ByEnvironment
                ? settings.ToDictionary(setting => setting.Key.Replace(":", "__", StringComparison.Ordinal), setting => setting.Value, StringComparer.Ordinal)
                : new Dictionary<string, string>(StringComparer.Ordinal),
        };
    }

    /// <summary>A load balancer: a node for each request in turn, another one where the connection is refused. What a node may have received is not sent again.</summary>
    sealed class Balancer(IReadOnlyList<Uri> nodes) : DelegatingHandler(new SocketsHttpHandler { AllowAutoRedirect = false })
    {
        int turn;

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var (path, first) = (request.RequestUri!.PathAndQuery, Interlocked.Increment(ref turn));
            for (var tried = 0; ; tried++)
            {
                request.RequestUri = new Uri(nodes[(int)((uint)(first + tried) % (uint)nodes.Count)], path);
                try
                {
                    return await base.SendAsync(request, cancellationToken);
                }
                catch (HttpRequestException e) when (e.HttpRequestError == HttpRequestError.ConnectionError && tried + 1 < nodes.Count)
                {
                    // Refused: nothing was sent.
                }
            }
        }
    }
}
