using Exchange.Core.Desk;
using Exchange.Core.Handoffs;
using Exchange.Core.Kernel;
using Exchange.Core.Relay;
using Exchange.Core.Store;
using Exchange.Edge.Tests.Properties;
using Exchange.Edge.Tests.TestKit;
using NUnit.Framework;

namespace Exchange.Edge.Tests.Relay;

/// <summary>Semantics 11: what is parked can be tried again after a fix, alone or all of one cause, or skipped with a note to the partner.</summary>
[TestFixtureSource(typeof(Engines))]
public sealed class When_parked_entries_are_healed(Engine engine)
{
    private const string Colour = "The field 'colour' has no mapping.";
    private const string Size = "The field 'size' has no mapping.";

    private static readonly PageAsk FirstPage = new(50, null);

    private World _world = null!;
    private Caller _ada = null!;
    private Caller _bob = null!;
    private Caller _eve = null!;
    private HandoffId[] _handoffs = [];

    [SetUp]
    public async Task Begin()
    {
        _world = World.Open(engine);
        _ada = await _world.Join("Ada");
        _bob = await _world.Join("Bob", TestDesk.Name);
        _eve = await _world.Join("Eve");
        var link = await _world.Link(_ada, _bob);
        _handoffs = [await _world.Running(_ada, _bob, link), await _world.Running(_ada, _bob, link), await _world.Running(_ada, _bob, link)];
        _world.Desk.Objection = (ticket, _, entries) => Says(ticket, entries, "red") ? new Fault(Codes.Validation, Colour) : Says(ticket, entries, "big") ? new Fault(Codes.Validation, Size) : null;
    }

    [TearDown]
    public ValueTask End() => _world.DisposeAsync();

    [Test]
    public async Task What_is_stuck_is_listed_with_its_cause_its_entry_and_what_waits_behind_it()
    {
        await Say(0, "fine", "red", "after", "later");
        await Say(1, "big");
        var (listed, causes) = (await Parked(_bob), await _world.Get<ParkedViews>().Causes(_bob, CancellationToken.None));
        var first = listed.Single(p => p.Id == _handoffs[0]);
        Assert.Multiple(() =>
        {
            Assert.That(listed.Select(p => p.Id), Is.EqualTo((HandoffId[])[_handoffs[1], _handoffs[0]]), "parked last first");
            Assert.That((first.Cause, first.Partner.Name, first.Waiting, first.Attempts), Is.EqualTo((Colour, "Ada", 2, 1)));
            Assert.That((first.Entry!.Seq, first.Entry.Data!.Value.GetProperty("body").GetString()), Is.EqualTo((5L, "red")));
            Assert.That(first.TicketId.Value, Is.EqualTo(_world.Read().Bonds.Single(b => b.Handoff == _handoffs[0].Value && b.Side == 2).Ticket));
            Assert.That(causes.Select(c => (c.Cause, c.Count)), Is.EquivalentTo(((string, int)[])[(Colour, 1), (Size, 1)]));
        });
        Assert.That((await _world.Get<ParkedViews>().List(_bob, Size, FirstPage, CancellationToken.None)).Items.Select(p => p.Id), Is.EqualTo((HandoffId[])[_handoffs[1]]));
        Assert.That(await Parked(_ada), Is.Empty, "what is stuck at Bob's desk is not Ada's to mend");
        Assert.That(await Parked(_eve), Is.Empty);
    }

    [Test]
    public async Task Pages_of_the_list_give_each_once()
    {
        foreach (var i in (int[])[0, 1, 2])
        {
            await Say(i, "red");
        }

        var (found, after) = (new List<HandoffId>(), (Cursor?)null);
        do
        {
            var page = await _world.Get<ParkedViews>().List(_bob, null, new PageAsk(1, after), CancellationToken.None);
            found.AddRange(page.Items.Select(p => p.Id));
            after = page.Next is null ? null : Cursor.TryParse(page.Next);
        }
        while (after is not null);

        Assert.That(found, Is.EqualTo(_handoffs.Reverse()));
    }

    [Test]
    public async Task Once_mended_one_is_tried_again_and_all_that_waited_follows()
    {
        await Say(0, "red", "after");
        await Say(1, "red");
        _world.Desk.Objection = null;
        (await Retry(_bob, _handoffs[0])).Must();
        await _world.Carry();
        var rows = _world.Read();
        Assert.Multiple(() =>
        {
            Assert.That(rows.Items[(_handoffs[0].Value, 2)].Select(i => i.Body), Is.EqualTo((string[])["red", "after"]));
            Assert.That(rows.Receipts.Where(r => r.Handoff == _handoffs[0].Value && r.Side == 2 && r.Seq > 3).Select(r => r.State), Is.All.EqualTo("applied"));
            Assert.That(Bond(rows, 0), Has.Property("Parked").False.And.Property("Cause").Null.And.Property("Attempts").EqualTo(0));
            Assert.That(Bond(rows, 1).Parked, Is.True, "the other waits until somebody asks");
        });
        Whole();
    }

    /// <summary>Publishing is never believed.</summary>
    [Test]
    public async Task A_retry_whose_ring_is_lost_is_found_by_the_sweeper()
    {
        await Say(0, "red");
        _world.Desk.Objection = null;
        (await Retry(_bob, _handoffs[0])).Must();
        _world.Rings();
        await _world.Heal();
        Assert.That(_world.Read().Items[(_handoffs[0].Value, 2)].Select(i => i.Body), Is.EqualTo((string[])["red"]));
        Whole();
    }

    [Test]
    public async Task What_is_not_mended_is_parked_again()
    {
        await Say(0, "red");
        (await Retry(_bob, _handoffs[0])).Must();
        await _world.Carry();
        var rows = _world.Read();
        Assert.That((Bond(rows, 0).Parked, Bond(rows, 0).Cause), Is.EqualTo((true, Colour)));
        Assert.That(rows.Receipts.Single(r => r.Seq == 4 && r.Side == 2 && r.Handoff == _handoffs[0].Value).State, Is.EqualTo("parked"));
    }

    [Test]
    public async Task All_of_one_cause_are_tried_again_and_those_of_another_wait()
    {
        await Say(0, "red");
        await Say(1, "red");
        await Say(2, "big");
        _world.Desk.Objection = null;
        var retried = (await _world.Ask<RetryParkedCause, Retried>(new RetryParkedCause(Colour, _world.Clock.GetUtcNow()), _bob)).Must();
        Assert.That(retried.Count, Is.EqualTo(2));
        await _world.Carry();
        Assert.That((await Parked(_bob)).Select(p => p.Id), Is.EqualTo((HandoffId[])[_handoffs[2]]));
        Whole();
    }

    [Test]
    public async Task What_was_skipped_is_told_to_the_partner_and_the_rest_goes_on()
    {
        await Say(0, "red", "after");
        (await Skip(_bob, _handoffs[0], "we do not keep colours")).Must();
        await _world.Carry();
        const string told = "Our desk could not take entry 4 of this handoff, and goes on without it: we do not keep colours";
        var rows = _world.Read();
        var receipt = rows.Receipts.Single(r => r.Handoff == _handoffs[0].Value && r.Seq == 4 && r.Side == 2);
        Assert.Multiple(() =>
        {
            Assert.That((receipt.State, receipt.Reason), Is.EqualTo(("refused", Colour)));
            Assert.That(rows.Items[(_handoffs[0].Value, 2)].Select(i => i.Body), Is.EqualTo((string[])["after", told]));
            Assert.That(rows.Items[(_handoffs[0].Value, 1)].Select(i => i.Body), Is.EqualTo((string[])["red", "after", told]));
            Assert.That(Bond(rows, 0), Has.Property("Parked").False.And.Property("Applied").EqualTo(6));
            Assert.That(rows.Handoffs.Single(h => h.Id == _handoffs[0].Value).State, Is.EqualTo("in_progress"));
        });
        var entries = (await _world.Get<HandoffViews>().Entries(_ada, _handoffs[0], FirstPage, false, CancellationToken.None))!.Items;
        Assert.Multiple(() =>
        {
            Assert.That(entries.Select(e => e.Receipt?.State), Is.EqualTo((string?[])[null, null, null, "refused", "applied", null]), "what became of Ada's own, and of nobody else's");
            Assert.That(entries[3].Receipt!.Reason, Is.EqualTo(Colour));
            Assert.That(entries[4].Receipt!.Number, Is.EqualTo("1"), "applied as Bob's number 1");
        });
        await _world.Relay.Settle(CancellationToken.None);
        Assert.That(_world.Read().Handoffs.Select(h => h.Unsettled), Is.All.False);
        Whole();
    }

    [Test]
    public async Task The_one_entry_alone_is_passed_over()
    {
        await Say(0, "red", "red again");
        (await Skip(_bob, _handoffs[0], null)).Must();
        await _world.Carry();
        var parked = (await Parked(_bob)).Single();
        Assert.That((parked.Entry!.Seq, parked.Cause), Is.EqualTo((5L, Colour)), "the next one that cannot be taken stands in its place");
        Whole();
    }

    [Test]
    public async Task A_state_that_was_passed_over_is_known_all_the_same()
    {
        (await _world.Ask<AskHandoff, HandoffId>(new AskHandoff(_handoffs[0], "which?", null), _bob)).Must();
        await _world.Carry();
        _world.Desk.Objection = (ticket, _, entries) => entries.Count == 0 || Says(ticket, entries, "the red one") ? new Fault(Codes.Validation, Colour) : null;
        (await _world.Ask<AnswerHandoff, HandoffId>(new AnswerHandoff(_handoffs[0], "the red one", null), _ada)).Must();
        await _world.Carry();
        _world.Desk.Objection = (ticket, _, entries) => Says(ticket, entries, "the red one") ? new Fault(Codes.Validation, Colour) : null;
        (await Skip(_bob, _handoffs[0], null)).Must();
        await _world.Carry();
        Assert.That(_world.Read().Ties.Single(t => t.Handoff == _handoffs[0].Value && t.Side == 2).State, Is.EqualTo("in_progress"));
        Whole();
    }

    [Test]
    public async Task Others_and_the_partner_can_neither_retry_nor_skip()
    {
        await Say(0, "red");
        var before = Digest();
        foreach (var (caller, handoff) in ((Caller, HandoffId)[])[(_ada, _handoffs[0]), (_eve, _handoffs[0]), (_bob, _handoffs[1])])
        {
            Assert.That((await Retry(caller, handoff)).Fault?.Code, Is.EqualTo(Codes.NotFound));
            Assert.That((await Skip(caller, handoff, null)).Fault?.Code, Is.EqualTo(Codes.NotFound));
            Assert.That((await _world.Ask<RetryParkedCause, Retried>(new RetryParkedCause(Colour, _world.Clock.GetUtcNow()), caller == _bob ? _eve : caller)).Must().Count, Is.Zero);
        }

        Assert.That(Digest(), Is.EqualTo(before));
        Assert.That(_world.Rings(), Is.Empty);
    }

    [Test]
    public async Task Health_counts_what_waits_on_each_side_and_what_is_stuck()
    {
        await Say(0, "red", "after");
        _world.Clock.Advance(TimeSpan.FromSeconds(100));
        (await _world.Say(_bob, _handoffs[1], "not carried yet")).Must();
        _world.Clock.Advance(TimeSpan.FromSeconds(7));
        var (bob, ada, eve) = (await Health(_bob), await Health(_ada), await Health(_eve));
        Assert.Multiple(() =>
        {
            Assert.That(bob.Desk, Is.EqualTo(new DeskHealth(TestDesk.Name, "parked", 1, 1, 107)));
            Assert.That(ada.Desk, Is.EqualTo(new DeskHealth("built-in", "healthy", 0, 1, 7)), "Bob's stuck entry is not Ada's lag");
            Assert.That(eve.Desk, Is.EqualTo(new DeskHealth("built-in", "healthy", 0, 0, 0)));
            Assert.That(eve.Links, Is.Empty);
            var (one, other) = (bob.Links.Single(), ada.Links.Single());
            Assert.That((one.Partner.Name, one.State, one.OpenHandoffs, one.WaitingToMe, one.WaitingToThem, one.Parked), Is.EqualTo(("Ada", "active", 3, 2, 1, 1)));
            Assert.That((other.Partner.Name, other.State, other.OpenHandoffs, other.WaitingToMe, other.WaitingToThem, other.Parked), Is.EqualTo(("Bob", "active", 3, 1, 2, 0)));
            Assert.That(one.Oldest, Is.EqualTo(_world.Clock.GetUtcNow() - TimeSpan.FromSeconds(107) - TimeSpan.FromMilliseconds(1)));
        });
    }

    [Test]
    public async Task While_something_is_brought_to_the_ticket_a_skip_is_asked_to_come_back()
    {
        if (!engine.IsServer)
        {
            Assert.Pass("One writer: nothing else is under way.");
        }

        await Say(0, "red");
        (await _world.Say(_bob, _handoffs[0], "held here")).Must();
        (await _world.Ask<AskHandoff, HandoffId>(new AskHandoff(_handoffs[0], "?", null), _bob)).Must();
        (await _world.Ask<AnswerHandoff, HandoffId>(new AnswerHandoff(_handoffs[0], "!", null), _ada)).Must();
        await using var other = _world.Node();
        Outcome<HandoffId>? met = null;
        _world.BeforeCommit = async _ => met ??= await other.Ask<SkipParked, HandoffId>(new SkipParked(_handoffs[0], null), _bob);
        await _world.Relay.Bring([_handoffs[0]], CancellationToken.None);
        Assert.That(met?.Fault?.Code, Is.EqualTo(Codes.InFlight));
    }

    [Test]
    public async Task What_its_writer_took_back_is_not_read_where_it_is_stuck()
    {
        var said = (await _world.Say(_ada, _handoffs[0], "red")).Must();
        await _world.Carry();
        Assert.That((await Parked(_bob)).Single().Entry!.Data, Is.Not.Null);
        (await _world.Ask<RetractComment, Said>(new RetractComment(said.Id), _ada)).Must();
        var entry = (await Parked(_bob)).Single().Entry!;
        Assert.That((entry.Seq, entry.Data is null, entry.Withheld), Is.EqualTo((4L, true, (bool?)true)));
    }

    [Test]
    public async Task A_cause_of_any_length_is_kept()
    {
        _world.Desk.Objection = TestDesk.RefusesText("red", () => new Fault(Codes.Validation, new string('x', 2000)));
        await Say(0, "red");
        Assert.That((await Parked(_bob)).Single().Cause, Has.Length.EqualTo(HoldBondDeed.LongestCause));
    }

    private static bool Says(DeskTicket ticket, IReadOnlyList<Entry> entries, string word) =>
        entries.Any(e => e.Side != ticket.Side && Item.Of(e)?.Body.StartsWith(word, StringComparison.Ordinal) == true);

    private static BondRow Bond(Rows rows, Guid handoff) => rows.Bonds.Single(b => b.Handoff == handoff && b.Side == 2);

    private BondRow Bond(Rows rows, int index) => Bond(rows, _handoffs[index].Value);

    private async Task Say(int handoff, params string[] words)
    {
        foreach (var word in words)
        {
            (await _world.Say(_ada, _handoffs[handoff], word)).Must();
        }

        await _world.Carry();
        _world.Clock.Advance(TimeSpan.FromMilliseconds(1));
    }

    private Task<Outcome<HandoffId>> Retry(Caller caller, HandoffId handoff) => _world.Ask<RetryParked, HandoffId>(new RetryParked(handoff), caller);

    private Task<Outcome<HandoffId>> Skip(Caller caller, HandoffId handoff, string? note) => _world.Ask<SkipParked, HandoffId>(new SkipParked(handoff, note), caller);

    private async Task<IReadOnlyList<ParkedView>> Parked(Caller caller) => (await _world.Get<ParkedViews>().List(caller, null, FirstPage, CancellationToken.None)).Items;

    private Task<HealthView> Health(Caller caller) => _world.Get<HealthViews>().Of(caller, CancellationToken.None);

    private string Digest()
    {
        using var connection = _world.Tables();
        return Rows.Digest(connection);
    }

    private void Whole()
    {
        var watch = new Invariants();
        watch.Check(_world.Read());
        Assert.That(watch.Broken, Is.Empty);
    }
}
