using Exchange.Core.Handoffs;
using Exchange.Core.Kernel;
using Exchange.Core.Links;
using Exchange.Edge.Tests.Properties;
using Exchange.Edge.Tests.TestKit;
using NUnit.Framework;

namespace Exchange.Edge.Tests.Handoffs;

/// <summary>Semantics 3: 404, 400, 403 side, 409 link-not-active, 412, 409 handoff-state-conflict, in this order.</summary>
[TestFixtureSource(typeof(Engines))]
public sealed class When_a_command_is_wrong_in_several_ways(Engine engine)
{
    private static readonly DateTimeOffset LongAgo = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private World _world = null!;
    private Caller _ada = null!;
    private Caller _bob = null!;
    private Caller _eve = null!;
    private LinkId _link;

    /// <summary>Each command with a body that is wrong, where it has one.</summary>
    private Dictionary<string, Ways> Commands => new(StringComparer.Ordinal)
    {
        ["accept"] = Both((id, v) => new AcceptHandoff(id, null, v), (id, v) => new AcceptHandoff(id, LongAgo, v)),
        ["decline"] = Both((id, v) => new DeclineHandoff(id, "price", null, v), (id, v) => new DeclineHandoff(id, "mood", null, v)),
        ["counter"] = Both((id, v) => new CounterHandoff(id, null, null, "Less", null, v), (id, v) => new CounterHandoff(id, LongAgo, null, null, null, v)),
        ["accept-counter"] = Good((id, v) => new AcceptCounter(id, v)),
        ["reject-counter"] = Good((id, v) => new RejectCounter(id, v)),
        ["recall"] = Both((id, v) => new RecallHandoff(id, "changed", null, v), (id, v) => new RecallHandoff(id, "", null, v)),
        ["start"] = Good((id, v) => new StartHandoff(id, v)),
        ["ask"] = Both((id, v) => new AskHandoff(id, "Which?", v), (id, v) => new AskHandoff(id, " ", v)),
        ["answer"] = Both((id, v) => new AnswerHandoff(id, "That", v), (id, v) => new AnswerHandoff(id, null, v)),
        ["resume"] = Both((id, v) => new ResumeHandoff(id, "By telephone", v), (id, v) => new ResumeHandoff(id, null, v)),
        ["hold"] = Both((id, v) => new HoldHandoff(id, "parts", null, v), (id, v) => new HoldHandoff(id, "rain", null, v)),
        ["unhold"] = Good((id, v) => new UnholdHandoff(id, v)),
        ["agree-recall"] = Good((id, v) => new AgreeRecall(id, v)),
        ["refuse-recall"] = Both((id, v) => new RefuseRecall(id, "Nearly done", v), (id, v) => new RefuseRecall(id, null, v)),
        ["withdraw-recall"] = Good((id, v) => new WithdrawRecall(id, v)),
        ["return"] = Both((id, v) => new ReturnHandoff(id, "not_ours", null, v), (id, v) => new ReturnHandoff(id, null, null, v)),
        ["resolve"] = Both((id, v) => new ResolveHandoff(id, "Done", null, 5, v), (id, v) => new ResolveHandoff(id, "Done", null, -5, v)),
        ["confirm"] = Good((id, v) => new ConfirmHandoff(id, v)),
        ["rework"] = Both((id, v) => new ReworkHandoff(id, "damage", null, v), (id, v) => new ReworkHandoff(id, "ugly", null, v)),
        ["reopen"] = Both((id, v) => new ReopenHandoff(id, "Again", v), (id, v) => new ReopenHandoff(id, null, v)),
        ["reroute"] = Both(
            (id, v) => new RerouteHandoff(id, _link, null, null, v), (id, v) => new RerouteHandoff(id, _link, null, new ShareAsk(null, null, [Guid.Empty, Guid.Empty], null), v)),
    };

    [SetUp]
    public async Task Begin()
    {
        _world = World.Open(engine);
        (_ada, _bob, _eve) = (await _world.Join("Ada"), await _world.Join("Bob"), await _world.Join("Eve"));
        _link = await _world.Link(_ada, _bob);
    }

    [TearDown]
    public ValueTask End() => _world.DisposeAsync();

    [Test]
    public async Task The_first_thing_that_is_wrong_is_told_whatever_else_is()
    {
        Assert.That(Commands.Keys, Is.EquivalentTo(Semantics.OfPeople.Concat(["reopen", "reroute"])), "all commands are here");
        var offered = await _world.Offer(_ada, await _world.OpenTicket(_ada), _link);
        var resolved = await _world.Running(_ada, _bob, _link);
        await _world.Do(new ResolveHandoff(resolved, "Done", null, null, null), _bob);
        (await _world.Ask<SuspendLink, LinkId>(new SuspendLink(_link, null, null), _ada)).Must();
        var before = Digest();
        foreach (var (name, ways) in Commands)
        {
            var (on, right, wrong, seen) = Place(name, offered, resolved);
            await Expect(name, "of a stranger, wrong in itself, of an old version", Codes.NotFound, ways.Bad ?? ways.Good, on, _eve, seen - 1);
            if (ways.Bad is { } bad)
            {
                await Expect(name, "of the wrong side, wrong in itself, over a suspended link", Codes.Validation, bad, on, wrong, seen - 1);
            }

            await Expect(name, "of the wrong side, over a suspended link, of an old version", Codes.Forbidden, ways.Good, on, wrong, seen - 1);
            await Expect(name, "over a suspended link, of an old version", name == "reroute" ? Codes.VersionConflict : Codes.LinkNotActive, ways.Good, on, right, seen - 1);
        }

        Assert.That(Digest(), Is.EqualTo(before));
        (await _world.Ask<ResumeLink, LinkId>(new ResumeLink(_link, null), _ada)).Must();
        before = Digest();
        foreach (var (name, ways) in Commands)
        {
            var (on, right, _, seen) = Place(name, offered, resolved);
            await Expect(name, "of an old version, in the wrong state", Codes.VersionConflict, ways.Good, on, right, seen - 1);
            await Expect(name, "in the wrong state", Codes.StateConflict, ways.Good, on, right, seen);
        }

        Assert.That(Digest(), Is.EqualTo(before));
    }

    [Test]
    public async Task An_offer_whose_clock_has_run_out_says_so_before_direction_and_link()
    {
        var oneWay = await _world.Link(_ada, _eve, Scenes.Terms() with { Directions = "inviter-to-invitee" });
        var (hers, his) = (await _world.OpenTicket(_eve), await _world.OpenTicket(_bob));
        (await _world.Ask<SuspendLink, LinkId>(new SuspendLink(oneWay, null, null), _ada)).Must();
        Assert.That(await Refused(his, LongAgo, null, null), Is.EqualTo(Codes.NotFound), "a ticket of another");
        Assert.That(await Refused(hers, LongAgo, null, null), Is.EqualTo(Codes.Validation));
        Assert.That(await Refused(hers, null, LongAgo, null), Is.EqualTo(Codes.Validation));
        Assert.That(await Refused(hers, null, null, LongAgo), Is.EqualTo(Codes.Validation));
        Assert.That(await Refused(hers, null, null, null), Is.EqualTo(Codes.Forbidden));

        Task<string?> Refused(TicketId ticket, DateTimeOffset? acceptBy, DateTimeOffset? respondBy, DateTimeOffset? resolveBy) =>
            _world.Refused(new OfferHandoff(ticket, oneWay, null, null, acceptBy, respondBy, resolveBy), _eve);
    }

    /// <summary>Where this command is not possible, and for whom it would be.</summary>
    private (HandoffId On, Caller Right, Caller Wrong, long Seen) Place(string command, HandoffId offered, HandoffId resolved)
    {
        var placers = command is "reopen" or "reroute" || Semantics.Commands.First(row => row.Command == command).By.Contains(1);
        var (right, wrong) = placers ? (_ada, _bob) : (_bob, _ada);
        return command is "confirm" or "rework" ? (offered, right, wrong, 1) : (resolved, right, wrong, 4);
    }

    private static async Task Expect(string command, string how, string code, Func<HandoffId, long?, Caller, Task<string?>> way, HandoffId on, Caller caller, long seen) =>
        Assert.That(await way(on, seen, caller), Is.EqualTo(code), $"{command} {how}");

    private Ways Good<TAsk>(Func<HandoffId, long?, TAsk> good)
        where TAsk : IAsk<HandoffId> => new((id, seen, caller) => _world.Refused(good(id, seen), caller), null);

    private Ways Both<TAsk>(Func<HandoffId, long?, TAsk> good, Func<HandoffId, long?, TAsk> bad)
        where TAsk : IAsk<HandoffId> => Good(good) with { Bad = (id, seen, caller) => _world.Refused(bad(id, seen), caller) };

    private string Digest()
    {
        using var connection = _world.Tables();
        return Rows.Digest(connection);
    }

    private sealed record Ways(Func<HandoffId, long?, Caller, Task<string?>> Good, Func<HandoffId, long?, Caller, Task<string?>>? Bad);
}
