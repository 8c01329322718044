using System.Collections.Concurrent;
using Exchange.Core.Desk;
using Exchange.Core.Handoffs;
using Exchange.Core.Kernel;
using Exchange.Core.Links;
using Exchange.Core.Store;
using Exchange.Edge.Tests.Properties;
using Exchange.Edge.Tests.TestKit;

namespace Exchange.Edge.Tests.Nodes;

/// <summary>
/// One exchange with three nodes. Ada hands each of her tickets to Bob and to Cid; then all three write on any of them from any node,
/// while every node relays whatever it likes.
/// </summary>
internal sealed class Storm : IAsyncDisposable
{
    private static readonly string[] Expected = [Codes.StateConflict, Codes.VersionConflict, Codes.Over, Codes.TicketHasOpenHandoffs];

    private readonly ConcurrentDictionary<string, int> _done = new(StringComparer.Ordinal);
    private readonly Dictionary<HandoffId, (Caller Placer, Caller Fulfiller, TicketId Own, TicketId Mirror)> _handoffs = [];
    private readonly List<HandoffId> _all = [];

    private Storm(Engine engine)
    {
        var first = World.Open(engine);
        Nodes = [first, first.Node(), first.Node()];
    }

    public IReadOnlyList<World> Nodes { get; }

    public World World => Nodes[0];

    public IReadOnlyList<HandoffId> Handoffs => _all;

    /// <summary>Faults and exceptions that nothing explains.</summary>
    public ConcurrentQueue<string> Unexpected { get; } = new();

    public IReadOnlyDictionary<string, int> Done => _done;

    /// <param name="tickets">Each is handed to two partners.</param>
    public static async Task<Storm> Gather(Engine engine, int tickets)
    {
        var storm = new Storm(engine);
        var world = storm.World;
        var (ada, bob, cid) = (await world.Join("Ada"), await world.Join("Bob"), await world.Join("Cid"));
        var (toBob, toCid) = (await world.Link(ada, bob), await world.Link(ada, cid));
        var own = new List<TicketId>();
        for (var i = 0; i < tickets; i++)
        {
            own.Add(await world.OpenTicket(ada, $"Pump {i}"));
            await storm.HandOver(ada, bob, own[i], toBob);
        }

        // The other way round, so that the order of handoffs is not that of tickets.
        for (var i = tickets - 1; i >= 0; i--)
        {
            await storm.HandOver(ada, cid, own[i], toCid);
        }

        await world.Carry();
        return storm;
    }

    /// <summary>So many acts of so many writers, while the nodes relay; returns when all was said.</summary>
    public async Task Rage(int writers, int each)
    {
        using var said = new CancellationTokenSource();
        var relays = Nodes.Select((node, i) => Task.Run(() => Relay(node, new Random(i), said.Token))).ToList();
        await Task.WhenAll(Enumerable.Range(0, writers).Select(writer => Task.Run(() => Write(new Random(100 + writer), each))));
        await said.CancelAsync();
        await Task.WhenAll(relays);
    }

    /// <summary>What is still in the rings is carried; nothing is swept.</summary>
    public async Task Calm()
    {
        for (var carried = true; carried;)
        {
            carried = false;
            foreach (var node in Nodes)
            {
                carried |= node.Rings() is { Count: > 0 } rung && await Bring(node, rung.Select(e => new HandoffId(e.Handoff)));
            }
        }
    }

    public Task<Outcome<HandoffId>> Hold(HandoffId handoff, bool release) => Command(World, release ? "unhold" : "hold", handoff);

    /// <summary>How often the server had to sacrifice somebody, where it counts that; the nodes are ended for it, since a session tells what it met when it ends.</summary>
    public async Task<long> Deadlocks()
    {
        foreach (var node in Nodes)
        {
            await node.Crash();
        }

        if (World.Place is not PostgresPlace place)
        {
            return 0;
        }

        await Eventually.True(async () => await place.Sessions() == 0);
        return await place.Deadlocks();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in Nodes.Reverse())
        {
            await node.DisposeAsync();
        }
    }

    private static async Task<bool> Bring(World node, IEnumerable<HandoffId> handoffs)
    {
        await node.Relay.Bring([.. handoffs], CancellationToken.None);
        return true;
    }

    private async Task HandOver(Caller placer, Caller fulfiller, TicketId ticket, LinkId link)
    {
        var handoff = await World.Offer(placer, ticket, link);
        (await World.Ask<AcceptHandoff, HandoffId>(new AcceptHandoff(handoff, null, null), fulfiller)).Must();
        (await World.Ask<StartHandoff, HandoffId>(new StartHandoff(handoff, null), fulfiller)).Must();
        var mirror = (await World.Get<HandoffViews>().One(fulfiller, handoff, CancellationToken.None))!.TicketId!.Value;
        _handoffs[handoff] = (placer, fulfiller, ticket, mirror);
        _all.Add(handoff);
    }

    private async Task Relay(World node, Random chance, CancellationToken said)
    {
        while (!said.IsCancellationRequested)
        {
            var rung = node.Rings().Select(e => new HandoffId(e.Handoff)).ToList();
            if (rung.Count > 0)
            {
                // Some message comes twice, and elsewhere too.
                rung.AddRange(Enumerable.Range(0, chance.Next(4)).Select(_ => _all[chance.Next(_all.Count)]));
                await Heard("relay", async () =>
                {
                    await Bring(node, rung);
                    await node.Relay.Settle(CancellationToken.None);
                    return null;
                });
            }

            await Task.Yield();
        }
    }

    private async Task Write(Random chance, int each)
    {
        for (var i = 0; i < each; i++)
        {
            var node = Nodes[chance.Next(Nodes.Count)];
            var handoff = _all[chance.Next(_all.Count)];
            await Act(node, handoff, chance);
        }
    }

    private Task Act(World node, HandoffId handoff, Random chance)
    {
        var (placer, fulfiller, own, mirror) = _handoffs[handoff];
        var placing = chance.Next(2) == 0;
        var (caller, ticket) = placing ? (placer, own) : (fulfiller, mirror);
        switch (chance.Next(100))
        {
            case < 40:
                return Heard("comment", async () => (await node.Say(caller, handoff, $"said {chance.Next()}")).Fault);
            case < 50:
                return Heard("note", async () => (await node.Ask<CommentOnTicket, Said>(new CommentOnTicket(ticket, "a note", "internal", null, null, null, null), caller)).Fault);
            case < 58:
                return Heard("status", async () => (await node.Ask<ChangeTicket, TicketId>(new ChangeTicket(own, "open", null, "high", null, null, null), placer)).Fault);
            case < 66:
                return Heard("retract", async () =>
                    (await node.Say(caller, handoff, "too much")) is { Ok: true } said
                        ? (await node.Ask<RetractComment, Said>(new RetractComment(said.Value.Id), caller)).Fault
                        : null);
            default:
                return Heard("command", async () =>
                {
                    var state = (await node.Get<HandoffViews>().One(placer, handoff, CancellationToken.None))!.State;
                    var possible = Semantics.Work(state);
                    return possible.Count == 0 ? null : (await Command(node, possible[chance.Next(possible.Count)], handoff)).Fault;
                });
        }
    }

    private Task<Outcome<HandoffId>> Command(World node, string command, HandoffId handoff)
    {
        var (placer, fulfiller, _, _) = _handoffs[handoff];
        return command switch
        {
            "start" => node.Ask<StartHandoff, HandoffId>(new StartHandoff(handoff, null), fulfiller),
            "ask" => node.Ask<AskHandoff, HandoffId>(new AskHandoff(handoff, "which one?", null), fulfiller),
            "answer" => node.Ask<AnswerHandoff, HandoffId>(new AnswerHandoff(handoff, "the red one", null), placer),
            "resume" => node.Ask<ResumeHandoff, HandoffId>(new ResumeHandoff(handoff, "by telephone", null), fulfiller),
            "hold" => node.Ask<HoldHandoff, HandoffId>(new HoldHandoff(handoff, "parts", null, null), fulfiller),
            "unhold" => node.Ask<UnholdHandoff, HandoffId>(new UnholdHandoff(handoff, null), fulfiller),
            "resolve" => node.Ask<ResolveHandoff, HandoffId>(new ResolveHandoff(handoff, "replaced", null, 1, null), fulfiller),
            "rework" => node.Ask<ReworkHandoff, HandoffId>(new ReworkHandoff(handoff, "not_fixed", null, null), placer),
            _ => throw new ArgumentException(command, nameof(command)),
        };
    }

    private async Task Heard(string what, Func<Task<Fault?>> act)
    {
        try
        {
            var fault = await act();
            _done.AddOrUpdate($"{what}: {fault?.Code ?? "done"}", 1, (_, n) => n + 1);
            if (fault is not null && !Expected.Contains(fault.Code))
            {
                Unexpected.Enqueue($"{what}: {fault.Code}: {fault.Detail}");
            }
        }
        catch (Exception e)
        {
            Unexpected.Enqueue($"{what}: {e}");
        }
    }
}
