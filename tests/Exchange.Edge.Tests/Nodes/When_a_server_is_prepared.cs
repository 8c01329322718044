using Exchange.Core.Store;
using Exchange.Data.Postgres;
using Exchange.Edge.Tests.TestKit;
using Microsoft.Extensions.Logging;
using Npgsql;
using NUnit.Framework;

namespace Exchange.Edge.Tests.Nodes;

/// <summary>Rule 16, on PostgreSQL.</summary>
public sealed class When_a_server_is_prepared
{
    private CapturedLog _log = null!;
    private PostgresPlace _place = null!;

    [SetUp]
    public void Begin()
    {
        if (Engine.Postgres.Missing is { } missing)
        {
            Assert.Ignore(missing);
        }

        _log = new CapturedLog();
        _place = ((PostgresEngine)Engine.Postgres).Nowhere();
    }

    [TearDown]
    public async Task End()
    {
        _log?.Dispose();
        if (_place is not null)
        {
            await _place.DisposeAsync();
        }
    }

    [Test]
    public async Task Six_processes_that_start_at_once_make_one_database_and_migrate_it_once()
    {
        await Task.WhenAll(Enumerable.Range(0, 6).Select(i => Task.Run(() => Start().Prepare(migrate: i % 2 == 0, CancellationToken.None))));
        await using var db = _place.Open();
        Assert.Multiple(() =>
        {
            Assert.That(Rows.Each(db, "SELECT 1 FROM \"__EFMigrationsHistory\"", r => 1), Is.Not.Empty);
            Assert.That(_log.Lines.Count(l => l.Contains("migrations applied", StringComparison.Ordinal)), Is.EqualTo(2), "the exchange's once, its people's once");
            Assert.That(Rows.TableNames(db), Does.Contain("handoff").And.Contain("bond"));
        });
        await Start().Prepare(migrate: true, CancellationToken.None);
        await Start().Prepare(migrate: false, CancellationToken.None);
    }

    [Test]
    public async Task A_worker_waits_until_it_is_made()
    {
        var waiting = Start().Prepare(migrate: false, CancellationToken.None);
        await Eventually.True(() => Task.FromResult(_log.Lines.Any(l => l.Contains("Waiting until the API has migrated the database", StringComparison.Ordinal))));
        Assert.That(waiting.IsCompleted, Is.False);
        await Start().Prepare(migrate: true, CancellationToken.None);
        await waiting;
    }

    [Test]
    public void A_worker_that_has_waited_long_enough_says_for_what()
    {
        var start = Start(patience: TimeSpan.FromSeconds(2));
        Assert.That(() => start.Prepare(migrate: false, CancellationToken.None), Throws.TypeOf<StartRefused>().With.Message.Contains("Waiting until the API has migrated the database"));
    }

    [Test]
    public async Task What_a_newer_version_has_written_is_refused([Values] bool migrate)
    {
        await Start().Prepare(migrate: true, CancellationToken.None);
        await using (var db = _place.Open(write: true))
        {
            await Engine.Run(db, "INSERT INTO \"__EFMigrationsHistory\" VALUES ('20991231000000_Later', '99.0.0')");
        }

        Assert.That(() => Start().Prepare(migrate, CancellationToken.None),
            Throws.TypeOf<StartRefused>().With.Message.Contains("written by a newer version").And.Message.Contains("20991231000000_Later"));
    }

    [Test]
    public void A_wrong_password_is_said_at_once_and_not_shown()
    {
        var start = Start(c => c.Password = "not-the-password");
        Assert.That(() => start.Prepare(migrate: true, CancellationToken.None),
            Throws.TypeOf<StartRefused>().With.Message.Contains("refuses this user").And.Message.Contains("ConnectionStrings:Exchange").And.Message.Not.Contains("not-the-password"));
    }

    [Test]
    public void A_server_that_is_not_there_is_waited_for_and_named([Values("nowhere.invalid", "127.0.0.1", "192.0.2.1")] string host)
    {
        // A name that nobody has, a port that nobody listens on, an address that does not answer at all.
        var start = Start(c => (c.Host, c.Port) = (host, 1), TimeSpan.FromSeconds(2));
        Assert.That(() => start.Prepare(migrate: true, CancellationToken.None),
            Throws.TypeOf<StartRefused>().With.Message.Contains($"Waiting for the database server of {_place.Database} on {host}:1").And.Message.Contains("waited for 2 s"));
    }

    [Test]
    public void Who_is_told_to_stop_while_he_waits_stops()
    {
        using var stop = new CancellationTokenSource();
        var waiting = Start(c => c.Port = 1).Prepare(migrate: true, stop.Token);
        stop.Cancel();
        Assert.That(() => waiting, Throws.InstanceOf<OperationCanceledException>());
    }

    private PostgresStart Start(Action<NpgsqlConnectionStringBuilder>? change = null, TimeSpan? patience = null)
    {
        var connection = new NpgsqlConnectionStringBuilder(_place.Connection);
        change?.Invoke(connection);
        var logger = LoggerFactory.Create(log => log.AddProvider(new Kept(_log))).CreateLogger<PostgresStart>();
        return patience is { } limit ? new PostgresStart(connection.ToString(), logger) { Patience = limit } : new PostgresStart(connection.ToString(), logger);
    }

    /// <summary>A factory ends its providers; this one outlives it.</summary>
    private sealed class Kept(CapturedLog log) : ILoggerProvider
    {
        public ILogger CreateLogger(string categoryName) => log.CreateLogger(categoryName);

        public void Dispose()
        {
        }
    }
}
