using Npgsql;
using NUnit.Framework;
using NUnit.Framework.Interfaces;

namespace Exchange.Edge.Tests.Bus;

/// <summary>A database and a bus of a fixture's own, and the nodes that meet there.</summary>
internal sealed class Site : IAsyncDisposable
{
    private readonly List<BusNode> _nodes = [];
    private readonly string? _database;

    private Site(bool postgres, Broker? broker)
    {
        Broker = broker!;
        if (postgres)
        {
            _database = $"exchange_bus_{Path.GetRandomFileName().Replace('.', '_')}";
            Settings["Database:Provider"] = "Postgres";
            Settings["ConnectionStrings:Exchange"] = new NpgsqlConnectionStringBuilder(Servers.Postgres) { Database = _database, MaxPoolSize = 16 }.ConnectionString;
        }

        if (broker is not null)
        {
            Settings["Bus:Transport"] = "RabbitMq";
            Settings["ConnectionStrings:RabbitMq"] = broker.Address;
        }

        Settings["Exchange:Data"] = Folder;
        Settings["Exchange:Worker"] = postgres && broker is not null ? "none" : "embedded";
    }

    public string Folder { get; } = Path.Combine(Path.GetTempPath(), $"exchange-bus-{Path.GetRandomFileName()}");

    /// <summary>What all nodes are told.</summary>
    public Dictionary<string, string?> Settings { get; } = new(StringComparer.Ordinal);

    /// <summary>Null on the in-memory bus.</summary>
    public Broker Broker { get; }

    /// <summary>The clock of nodes that are given no other.</summary>
    public HandClock Clock { get; } = new();

    public IReadOnlyList<BusNode> Nodes => _nodes;

    public static async Task<Site> Open(bool postgres, bool rabbit) => new(postgres, rabbit ? await Broker.OnShared() : null);

    /// <summary>On the broker that may be broken.</summary>
    public static async Task<Site> OpenBreakable(bool postgres) => new(postgres, await Broker.OnOwn());

    /// <param name="api">An API node, which has the worker embedded where the pair asks for it; otherwise a worker.</param>
    /// <param name="clock">Null: the site's, on which no timer fires.</param>
    public async Task<BusNode> Node(bool api, TimeProvider? clock = null, params (string Key, string? Value)[] settings)
    {
        var all = new Dictionary<string, string?>(Settings, StringComparer.Ordinal);
        foreach (var (key, value) in settings)
        {
            all[key] = value;
        }

        var node = await BusNode.Start(all, api, clock ?? Clock);
        _nodes.Add(node);
        return node;
    }

    /// <summary>What the pair of settings is run with: on servers two API nodes and two workers, else one of all.</summary>
    public async Task<(BusNode One, BusNode Other)> Crew()
    {
        var one = await Node(api: true);
        if (Settings["Exchange:Worker"] == "embedded")
        {
            await one.Connected();
            return (one, one);
        }

        var other = await Node(api: true);
        await Node(api: false);
        await Node(api: false);
        foreach (var node in _nodes)
        {
            await node.Connected();
        }

        return (one, other);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes)
        {
            if (TestContext.CurrentContext.Result.Outcome.Status == TestStatus.Failed)
            {
                await TestContext.Out.WriteLineAsync($"A node's log ends with:\n{string.Join('\n', node.Log.All.Where(line => !line.Contains("Handoff", StringComparison.Ordinal)).TakeLast(60))}");
            }

            await node.DisposeAsync();
        }

        if (Broker is not null)
        {
            await Broker.DisposeAsync();
        }

        if (_database is not null)
        {
            await using var server = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(Servers.Postgres) { Database = "postgres", Pooling = false }.ConnectionString);
            await using var drop = server.CreateCommand($"DROP DATABASE IF EXISTS {_database} WITH (FORCE)");
            await drop.ExecuteNonQueryAsync();
        }

        if (Directory.Exists(Folder))
        {
            Directory.Delete(Folder, recursive: true);
        }
    }
}
