using System.Data.Common;
using Exchange.Contracts.V1;
using Exchange.Core;
using Exchange.Core.Accounts;
using Exchange.Core.Desk;
using Exchange.Core.Files;
using Exchange.Core.Handoffs;
using Exchange.Core.Kernel;
using Exchange.Core.Links;
using Exchange.Core.Relay;
using Exchange.Core.Store;
using Exchange.Data.Files;
using Exchange.Data.Sqlite;
using Exchange.Worker;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using NUnit.Framework;

namespace Exchange.Edge.Tests.TestKit;

/// <summary>
/// An exchange in this process, without HTTP and without a broker: the real core, the real database in a place of its own, a clock
/// and a bus that belong to the test. A crash throws all of it away, what was rung and is under way too, and opens it anew.
/// </summary>
internal sealed class World : IAsyncDisposable
{
    private readonly bool _ownsPlace;
    private readonly SemaphoreSlim _watching = new(1);
    private ServiceProvider _services;

    private World(Place place, bool ownsPlace, ManualClock? clock = null, string serverOptions = "")
    {
        (Place, _ownsPlace, ServerOptions) = (place, ownsPlace, serverOptions);
        Clock = clock ?? new ManualClock();
        _services = Start();
    }

    public Place Place { get; }

    public Engine Engine => Place.Engine;

    public string Folder => Place.Folder;

    public ManualClock Clock { get; }

    /// <summary>What is added to the connection string, where the engine is a server.</summary>
    public string ServerOptions { get; }

    /// <summary>What was logged, over all crashes.</summary>
    public CapturedLog Log { get; } = new();

    /// <summary>Sees every commit. On SQLite in it, right before it is made; on a server the moment after, one at a time. It survives crashes.</summary>
    public Action<DbConnection>? AtCommit { get; set; }

    /// <summary>On a server: runs on a unit's connection before its commit is sent.</summary>
    public Func<DbConnection, Task>? BeforeCommit { get; set; }

    /// <summary>On a server: runs between a unit's commit and its answer; what it throws loses the answer.</summary>
    public Func<DbConnection, Task>? BeforeAnswer { get; set; }

    public Door Door => Get<Door>();

    public IDialect Dialect => Get<IDialect>();

    public SqliteGate Gate => (SqliteGate)Dialect;

    public Core.Relay.Relay Relay => Get<Core.Relay.Relay>();

    public Ring Ring => Get<Ring>();

    public TestDesk Desk => Get<TestDesk>();

    public IBlobStore Blobs => Get<IBlobStore>();

    public static World Open(Engine engine, string serverOptions = "") => new(engine.NewPlace(), ownsPlace: true, serverOptions: serverOptions);

    /// <summary>On SQLite.</summary>
    public static World Open() => Open(Engine.Sqlite);

    /// <summary>On SQLite, in a folder that stays.</summary>
    public static World Open(string folder) => new(new SqlitePlace(Engine.Sqlite, folder), ownsPlace: true);

    /// <summary>Another node at the same database and files, with the same time.</summary>
    public World Node(string serverOptions = "") => new(Place, ownsPlace: false, Clock, serverOptions);

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public Task<Outcome<TAnswer>> Ask<TAsk, TAnswer>(TAsk ask, Caller caller, Once? once = null)
        where TAsk : IAsk<TAnswer>
        where TAnswer : IAnswer<TAnswer> => Door.Do<TAsk, TAnswer>(ask, caller, once, CancellationToken.None);

    /// <summary>Everything in memory is gone: rings, messages, caches, what was to be settled. The files stay as they are.</summary>
    public async Task Crash()
    {
        await _services.DisposeAsync();
        _services = Start();
    }

    public async Task<Caller> Join(string name, string? desk = null)
    {
        var joined = (await Ask<SignUp, SignedUp>(new SignUp(name, $"{name.ToLowerInvariant()}-{Path.GetRandomFileName()[..8]}", null), Caller.Stranger)).Must();
        if (desk is not null)
        {
            // No verb chooses another desk yet.
            await Dialect.Do<Done>(
                async unit =>
                {
                    await unit.Db.Accounts.Where(a => a.Id == joined.Id).ExecuteUpdateAsync(s => s.SetProperty(a => a.DeskKind, desk));
                    return default(Done);
                },
                CancellationToken.None);
        }

        return new Caller(joined.Id, name, new Actor("person", $"{name}-1", $"Agent of {name}"));
    }

    public async Task<LinkId> Link(Caller inviter, Caller invitee, TermsAsk? terms = null)
    {
        var invited = (await Ask<InvitePartner, Invited>(new InvitePartner(terms), inviter)).Must();
        return (await Ask<AcceptInvitation, LinkId>(new AcceptInvitation(invited.InviteCode), invitee)).Must();
    }

    public async Task<TicketId> OpenTicket(Caller caller, string subject = "Pump stands still") =>
        (await Ask<OpenTicket, TicketId>(new OpenTicket(subject, null, null, null, null, null), caller)).Must();

    public async Task<HandoffId> Offer(Caller placer, TicketId ticket, LinkId link) =>
        (await Ask<OfferHandoff, HandoffId>(new OfferHandoff(ticket, link, null, null, null, null, null), placer)).Must();

    /// <summary>A handoff that its fulfiller has accepted and started; both desks are up to date.</summary>
    public async Task<HandoffId> Running(Caller placer, Caller fulfiller, LinkId link)
    {
        var handoff = await Offer(placer, await OpenTicket(placer), link);
        (await Ask<AcceptHandoff, HandoffId>(new AcceptHandoff(handoff, null, null), fulfiller)).Must();
        (await Ask<StartHandoff, HandoffId>(new StartHandoff(handoff, null), fulfiller)).Must();
        await Carry();
        return handoff;
    }

    public Task<Outcome<Said>> Say(Caller caller, HandoffId handoff, string body, Once? once = null) =>
        Ask<CommentOnHandoff, Said>(new CommentOnHandoff(handoff, body, null, null, null), caller, once);

    public async Task<Outcome<FileId>> Upload(Caller caller, TicketId ticket, string? audience, HandoffId? to, string name, byte[] bytes, Once? once = null)
    {
        var stored = (await Blobs.Store(new MemoryStream(bytes), 1 << 20, CancellationToken.None)).Must();
        return await Ask<AttachFile, FileId>(new AttachFile(ticket, audience, to, name, "text/plain", stored.Size, stored.Sha256, stored.Id), caller, once);
    }

    /// <summary>A good bus: everything rung is delivered once, in order, until nothing rings any more.</summary>
    public async Task Carry()
    {
        while (Rings() is { Count: > 0 } rung)
        {
            await Relay.Bring([.. rung.Select(e => new HandoffId(e.Handoff))], CancellationToken.None);
        }
    }

    /// <summary>Takes off the ring what was rung.</summary>
    public IReadOnlyList<Envelope> Rings()
    {
        var rung = new List<Envelope>();
        while (Ring.Rung.TryRead(out var envelope))
        {
            rung.Add(envelope);
        }

        return rung;
    }

    /// <summary>Time passes, and the worker's rounds go on, until the sweeper finds nothing.</summary>
    /// <returns>How many sweeps that took.</returns>
    public async Task<int> Heal(int most = 20)
    {
        for (var sweeps = 1; sweeps <= most; sweeps++)
        {
            Clock.Advance(TimeSpan.FromSeconds(3));
            var found = await Relay.Sweep(CancellationToken.None);
            await Relay.Settle(CancellationToken.None);
            if (found == 0)
            {
                return sweeps;
            }
        }

        return most + 1;
    }

    public Timers Timers() => new(Door, Dialect, new Jobs(Door, Dialect), new Forgetting(Door, Dialect, new ExchangeSettings(), Clock), Clock, Get<ILogger<Timers>>());

    /// <summary>The real worker's timers, until none is due; and what they said is carried.</summary>
    public async Task FireTimers()
    {
        using var timers = Timers();
        for (var rounds = 0; await timers.FireDue(CancellationToken.None) > 0; rounds++)
        {
            Assert.That(rounds, Is.LessThan(100), "a timer is due for ever");
        }

        await Carry();
    }

    /// <summary>One round of the real file checker.</summary>
    public async Task CheckFiles()
    {
        using var checker = new FileChecker(
            Door, Get<FileViews>(), Blobs, Get<FileBell>(), Clock, Get<ILogger<FileChecker>>());
        await checker.StartAsync(CancellationToken.None);
        await Eventually.True(async () => (await Get<FileViews>().Pending(1, CancellationToken.None)).Count == 0);
        await checker.StopAsync(CancellationToken.None);
    }

    /// <summary>A connection of the test's own, beside the product's.</summary>
    public DbConnection Tables(bool write = false) => Place.Open(write);

    /// <summary>What the tables hold at one moment.</summary>
    public Rows Read()
    {
        using var moment = Place.Moment();
        return Rows.Read(moment);
    }

    internal Task Before(DbConnection connection) => BeforeCommit?.Invoke(connection) ?? Task.CompletedTask;

    internal async Task After(DbConnection connection)
    {
        if (AtCommit is { } watch)
        {
            await _watching.WaitAsync();
            try
            {
                await using var moment = Place.Moment();
                watch(moment);
            }
            finally
            {
                _watching.Release();
            }
        }

        await (BeforeAnswer?.Invoke(connection) ?? Task.CompletedTask);
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        if (_ownsPlace)
        {
            await Place.DisposeAsync();
        }

        _watching.Dispose();
    }

    private ServiceProvider Start()
    {
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(Clock);
        services.AddLogging(log => log.SetMinimumLevel(LogLevel.Debug).AddFilter("Microsoft.EntityFrameworkCore", LogLevel.Warning).AddFilter("Npgsql", LogLevel.Warning).AddProvider(Log));
        Place.Register(services);
        services.AddSingleton(s => Place.Dialect(s, this));
        services.AddSingleton<IBlobStore>(_ => new FolderBlobs(Path.Combine(Folder, "files"), Clock, NullLogger<FolderBlobs>.Instance));
        services.AddExchangeCore();
        services.AddSingleton<TestDesk>();
        services.AddSingleton<IDesk>(s => s.GetRequiredService<TestDesk>());
        return services.BuildServiceProvider();
    }
}

internal static class Outcomes
{
    /// <summary>The answer of an ask that the test takes for granted.</summary>
    public static T Must<T>(this Outcome<T> outcome) =>
        outcome.Ok ? outcome.Value : throw new InvalidOperationException($"{outcome.Fault.Code}: {outcome.Fault.Detail}");
}
