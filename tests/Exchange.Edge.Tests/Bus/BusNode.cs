using Exchange.Core;
using Exchange.Core.Accounts;
using Exchange.Core.Desk;
using Exchange.Core.Handoffs;
using Exchange.Core.Kernel;
using Exchange.Core.Links;
using Exchange.Core.Live;
using Exchange.Core.Store;
using Exchange.Data;
using Exchange.Worker;
using Exchange.Worker.Bus;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Exchange.Edge.Tests.Bus;

/// <summary>A real host in this process, composed like the product's, without HTTP.</summary>
internal sealed class BusNode : IAsyncDisposable
{
    private readonly Microsoft.Extensions.Hosting.IHost _host;
    private bool _stopped;

    private BusNode(Microsoft.Extensions.Hosting.IHost host, Lines log, TimeProvider clock) => (_host, Log, Clock) = (host, log, clock);

    public Lines Log { get; }

    public TimeProvider Clock { get; }

    public Node Bus => Get<Node>();

    public BusHealth Health => Get<BusHealth>();

    public Pulse Pulse => Get<Pulse>();

    public static async Task<BusNode> Start(IReadOnlyDictionary<string, string?> values, bool api, TimeProvider clock)
    {
        var log = new Lines();
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(values);
        builder.Logging.SetMinimumLevel(LogLevel.Debug).AddFilter("Microsoft.EntityFrameworkCore", LogLevel.Warning).AddProvider(log);
        var settings = Settings.Read(builder.Configuration);
        builder.Services.AddSingleton(clock);
        builder.Services.AddSingleton(settings).AddSingleton(settings.Exchange);
        builder.Services.AddExchangeCore();
        builder.Services.AddExchangeData(settings.Database, settings.ConnectionStrings, settings.Exchange);
        builder.Services.AddExchangeWorker(settings, api);
        var host = builder.Build();
        await host.Services.PrepareDatabase(migrate: true, CancellationToken.None);
        await host.StartAsync();
        return new BusNode(host, log, clock);
    }

    public T Get<T>()
        where T : notnull => _host.Services.GetRequiredService<T>();

    /// <summary>Until the bus carries.</summary>
    public Task Connected(int seconds = 120) => Soon.True("the bus of a node is healthy", () => Health.Trouble() is null, seconds);

    public Task<Outcome<TAnswer>> Ask<TAsk, TAnswer>(TAsk ask, Caller caller)
        where TAsk : IAsk<TAnswer>
        where TAnswer : IAnswer<TAnswer> => Get<Door>().Do<TAsk, TAnswer>(ask, caller, null, CancellationToken.None);

    public async Task<Story> Begin(string subject = "Pump stands still")
    {
        var (placer, fulfiller) = (await Join("Placer"), await Join("Fulfiller"));
        var invited = Must(await Ask<InvitePartner, Invited>(new InvitePartner(null), placer));
        var link = Must(await Ask<AcceptInvitation, LinkId>(new AcceptInvitation(invited.InviteCode), fulfiller));
        var ticket = Must(await Ask<OpenTicket, TicketId>(new OpenTicket(subject, null, null, null, null, null), placer));
        var handoff = Must(await Ask<OfferHandoff, HandoffId>(new OfferHandoff(ticket, link, null, null, null, null, null), placer));
        Must(await Ask<AcceptHandoff, HandoffId>(new AcceptHandoff(handoff, null, null), fulfiller));
        return new Story(placer, fulfiller, ticket, handoff);
    }

    public async Task<Guid> Say(Caller caller, HandoffId handoff, string body) =>
        Must(await Ask<CommentOnHandoff, Said>(new CommentOnHandoff(handoff, body, null, null, null), caller)).Id;

    /// <summary>What one side's desk has of a handoff, in the order in which it came there.</summary>
    public async Task<IReadOnlyList<(long Seq, string Body)>> Desk(HandoffId handoff, Side side)
    {
        await using var db = Get<IDialect>().Read();
        return [.. (await db.Items.Where(i => i.Handoff == handoff && i.Desk == side && i.Kind == "comment").OrderBy(i => i.Number).Select(i => new { i.Seq, i.Body }).ToListAsync())
            .Select(i => (i.Seq, i.Body))];
    }

    public async Task<bool> Has(HandoffId handoff, Side side, string body) => (await Desk(handoff, side)).Any(item => item.Body == body);

    /// <summary>Until both desks have all of the log.</summary>
    public Task Settled(HandoffId handoff, int seconds = 60) => Soon.True("both desks have all entries", async () =>
    {
        await using var db = Get<IDialect>().Read();
        return !await db.Handoffs.AnyAsync(h => h.Id == handoff && db.Bonds.Any(b => b.Handoff == h.Id && b.AppliedSeq < h.LastSeq));
    }, seconds);

    /// <summary>Begins to listen, before this returns.</summary>
    public Ear Listen(Caller caller) => new(Get<Changes>(), caller.Account);

    public static T Must<T>(Outcome<T> outcome) =>
        outcome.Ok ? outcome.Value : throw new InvalidOperationException($"{outcome.Fault.Code}: {outcome.Fault.Detail}");

    /// <summary>As a signal would.</summary>
    public async Task Stop()
    {
        _stopped = true;
        await _host.StopAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_stopped)
        {
            await Stop();
        }

        await ((IAsyncDisposable)_host).DisposeAsync();
    }

    private async Task<Caller> Join(string name)
    {
        var joined = Must(await Ask<SignUp, SignedUp>(new SignUp(name, $"{name.ToLowerInvariant()}-{Path.GetRandomFileName()[..8]}", null), Caller.Stranger));
        return new Caller(joined.Id, name, new Contracts.V1.Actor("person", $"{name}-1", $"Agent of {name}"));
    }
}

/// <summary>Two companies and a handoff between them, accepted.</summary>
internal sealed record Story(Caller Placer, Caller Fulfiller, TicketId Ticket, HandoffId Handoff);
