using System.Data.Common;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;

namespace Exchange.Journeys;

/// <summary>A PostgreSQL and a RabbitMQ that really run. Those of the test run are shared; what a journey stops, kills or wipes is a set of its own.</summary>
sealed class Servers
{
    static readonly HttpClient Http = new();
    static readonly SemaphoreSlim Making = new(1, 1);
    static readonly List<Servers> Made = [];
    static Servers? shared;

    readonly string? folder;
    readonly Uri management;

    Servers(string? folder, string postgres, string rabbitMq, Uri management)
    {
        this.folder = folder;
        (Postgres, RabbitMq) = (postgres, rabbitMq);
        this.management = management;
    }

    /// <summary>Without a database.</summary>
    public string Postgres { get; }

    public string RabbitMq { get; }

    /// <summary>What must not stand in any log.</summary>
    public IReadOnlyList<string> Passwords => [Part("Password"), Uri.UnescapeDataString(new Uri(RabbitMq).UserInfo.Split(':')[^1])];

    static string? Script
    {
        get
        {
            var script = Environment.GetEnvironmentVariable("EXCHANGE_SERVERS_SCRIPT") is { Length: > 0 } named ? named : Repository.File("deploy", "servers");
            return File.Exists(script) ? script : null;
        }
    }

    /// <summary>To be used, and left as they are.</summary>
    public static async Task<Servers> ToUse()
    {
        var values = new[] { "EXCHANGE_TEST_POSTGRES", "EXCHANGE_TEST_RABBITMQ", "EXCHANGE_TEST_RABBITMQ_MANAGEMENT" }
            .Select(name => Environment.GetEnvironmentVariable(name) ?? "").ToArray();
        return values.All(value => value.Length > 0) ? new(null, values[0], values[1], new Uri(values[2])) : await New(toShare: true);
    }

    /// <summary>A set of its own, that nobody else uses.</summary>
    public static Task<Servers> ToBreak() => New(toShare: false);

    static async Task<Servers> New(bool toShare)
    {
        if (Script is null)
        {
            Assert.Ignore("It needs a PostgreSQL and a RabbitMQ: neither deploy/servers nor EXCHANGE_SERVERS_SCRIPT nor EXCHANGE_TEST_POSTGRES, EXCHANGE_TEST_RABBITMQ and EXCHANGE_TEST_RABBITMQ_MANAGEMENT are there. "
                + "./test provides them; so does: deploy/servers up DIR, then set -a; . DIR/servers.env; set +a");
        }

        if ((await Shell.Run("bash", [Script!, "missing"])).Output.Trim() is { Length: > 0 } missing)
        {
            Assert.Ignore($"Missing on this machine: {missing}. On Debian: sudo apt-get install -y {missing}; ./test does so when it may");
        }

        // Two journeys may begin at the same time.
        await Making.WaitAsync();
        try
        {
            if (toShare && shared is not null)
            {
                return shared;
            }

            var set = Path.Combine(
                Environment.GetEnvironmentVariable("EXCHANGE_SERVERS_FOLDER") is { Length: > 0 } given ? given : Path.GetTempPath(),
                string.Create(CultureInfo.InvariantCulture, $"exchange-servers-{Environment.ProcessId}-{Made.Count}"));
            await Deed("up", set);
            Made.Add(await Read(set));
            shared = toShare ? Made[^1] : shared;
            return Made[^1];
        }
        finally
        {
            Making.Release();
        }
    }

    /// <summary>At the end of the run.</summary>
    public static async Task Down()
    {
        foreach (var set in Made)
        {
            await Deed("down", set.folder!);
            Directory.Delete(set.folder!, recursive: true);
        }

        Made.Clear();
    }

    /// <summary>start, stop, kill, wipe or purge one of them.</summary>
    public Task Do(string deed, string server) =>
        Deed(deed, server, folder ?? throw new InvalidOperationException("These servers are shared: break a set of its own."));

    /// <summary>Empties every queue that others than its owner may touch: those of the nodes' pages are exclusive, and the broker refuses.</summary>
    public async Task Purge()
    {
        foreach (var queue in (await Queues("/")).Where(queue => !queue.Is("exclusive", "true")))
        {
            await Manage(HttpMethod.Delete, $"/api/queues/%2F/{Uri.EscapeDataString(queue.Need("name"))}/contents");
        }
    }

    /// <summary>A database that does not exist yet, and a place for queues that nobody else uses.</summary>
    public async Task<Place> NewPlace()
    {
        var name = $"journey_{Guid.NewGuid():N}"[..20];
        if (folder is not null)
        {
            // What is wiped comes back with the place that is always there.
            return new(this, name, "/", RabbitMq);
        }

        await Manage(HttpMethod.Put, $"/api/vhosts/{name}");
        var user = Uri.UnescapeDataString(new Uri(RabbitMq).UserInfo.Split(':')[0]);
        await Manage(HttpMethod.Put, $"/api/permissions/{name}/{user}", new { configure = ".*", write = ".*", read = ".*" });
        return new(this, name, name, new UriBuilder(RabbitMq) { Path = name }.Uri.AbsoluteUri);
    }

    public async Task GiveBack(Place place)
    {
        if (folder is null)
        {
            await Manage(HttpMethod.Delete, $"/api/vhosts/{place.VirtualHost}");
        }

        if (Shell.Has("psql"))
        {
            await Shell.Run("psql", ["-h", Part("Host"), "-p", Part("Port"), "-U", Part("Username"), "-d", "postgres", "-qc", $"DROP DATABASE IF EXISTS {place.Database} WITH (FORCE)"],
                new Dictionary<string, string>(StringComparer.Ordinal) { ["PGPASSWORD"] = Part("Password") });
        }
    }

    public async Task<IReadOnlyList<JsonNode>> Queues(string virtualHost)
    {
        var answer = await Manage(HttpMethod.Get, $"/api/queues/{Uri.EscapeDataString(virtualHost)}");
        return [.. JsonNode.Parse(answer)!.AsArray().Select(queue => queue!)];
    }

    async Task<string> Manage(HttpMethod method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(method, new UriBuilder(management) { UserName = "", Password = "", Path = "" }.Uri.GetLeftPart(UriPartial.Authority) + path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(Uri.UnescapeDataString(management.UserInfo))));
        request.Content = body is null ? null : JsonContent.Create(body);
        using var answer = await Http.SendAsync(request);
        return await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync();
    }

    static async Task<Servers> Read(string folder)
    {
        var values = (await File.ReadAllLinesAsync(Path.Combine(folder, "servers.env")))
            .Select(line => line.Split('=', 2)).Where(pair => pair.Length == 2)
            .ToDictionary(pair => pair[0], pair => pair[1].Trim('\''), StringComparer.Ordinal);
        return new(folder, values["EXCHANGE_TEST_POSTGRES"], values["EXCHANGE_TEST_RABBITMQ"], new Uri(values["EXCHANGE_TEST_RABBITMQ_MANAGEMENT"]));
    }

    static async Task Deed(params string[] words)
    {
        var ran = await Shell.Run("bash", [Script!, .. words]);
        if (ran.ExitCode != 0)
        {
            throw new AssertionException($"deploy/servers {string.Join(' ', words)}: {ran.Both}");
        }
    }

    string Part(string name) => (string)new DbConnectionStringBuilder { ConnectionString = Postgres }[name];
}

/// <summary>Where one cluster keeps what it knows and says.</summary>
sealed record Place(Servers Servers, string Database, string VirtualHost, string RabbitMq)
{
    public string Postgres => $"{Servers.Postgres};Database={Database}";

    public IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["Database:Provider"] = "Postgres",
        ["ConnectionStrings:Exchange"] = Postgres,
        ["Bus:Transport"] = "RabbitMq",
        ["ConnectionStrings:RabbitMq"] = RabbitMq,
        ["Exchange:Worker"] = "none",
    };
}
