using Exchange.Contracts.V1;
using Exchange.Core.Desk;
using Exchange.Core.Events;
using Exchange.Core.Handoffs;
using Exchange.Core.Kernel;
using Exchange.Core.Links;
using Exchange.Core.Quality;
using Exchange.Core.Store;
using Exchange.Edge.Tests.Properties;
using Exchange.Edge.Tests.TestKit;
using Microsoft.EntityFrameworkCore;
using NUnit.Framework;

namespace Exchange.Edge.Tests.Quality;

/// <summary>Semantics 10, on every engine.</summary>
[TestFixtureSource(typeof(Engines))]
public sealed class When_a_handoff_is_rated(Engine engine)
{
    private World _world = null!;
    private Caller _ada = null!;
    private Caller _bob = null!;
    private LinkId _link;
    private HandoffId _handoff;

    [SetUp]
    public async Task Begin()
    {
        _world = World.Open(engine);
        (_ada, _bob) = (await _world.Join("Ada"), await _world.Join("Bob"));
        _link = await _world.Link(_ada, _bob);
        _handoff = await Closed();
    }

    [TearDown]
    public ValueTask End() => _world.DisposeAsync();

    [Test]
    public async Task Both_see_the_shared_part_and_the_placer_alone_its_note()
    {
        (await Rate(4, "Quick", "Do not send Tom again")).Must();
        await _world.Carry();
        var (ada, bob) = ((await View(_ada)).Must(), (await View(_bob)).Must());
        Assert.That((ada.Score, ada.Quality, ada.Comment, ada.PrivateNote, ada.ChangedAt), Is.EqualTo((4, (int?)5, "Quick", "Do not send Tom again", (DateTimeOffset?)null)));
        Assert.That(bob, Is.EqualTo(ada with { PrivateNote = null }));
        foreach (var caller in (Caller[])[_ada, _bob])
        {
            var said = (await _world.Get<ConversationViews>().OfHandoff(caller, _handoff, new PageAsk(50, null), CancellationToken.None))!.Items[^1];
            Assert.That((said.Kind, said.Body), Is.EqualTo(("system", "Rated 4 of 5: Quick")));
        }
    }

    [Test]
    public async Task It_is_rated_once_also_by_two_at_a_time()
    {
        var outcomes = await Task.WhenAll(Enumerable.Range(1, 5).Select(score => Task.Run(() => Rate(score))));
        Assert.That(outcomes.Count(o => o.Ok), Is.EqualTo(1));
        Assert.That(outcomes.Where(o => !o.Ok).Select(o => o.Fault!.Code), Is.All.EqualTo(Codes.AlreadyRated));
        Assert.That(_world.Read().Entries[_handoff.Value].Count(e => e.Type == "rated"), Is.EqualTo(1));
    }

    [Test]
    public async Task The_key_of_the_table_keeps_a_second_rating_out()
    {
        (await Rate(4)).Must();
        await using var connection = _world.Tables(write: true);
        var columns = "handoff, score, quality, speed, communication, rated_at, first_seq, seq, reply_seq";
        Assert.That(async () => await Engine.Run(connection, $"INSERT INTO rating ({columns}) SELECT {columns} FROM rating"), Throws.InstanceOf<System.Data.Common.DbException>());
    }

    [Test]
    public async Task Only_the_placer_rates_and_only_the_fulfiller_replies()
    {
        var wrong = await _world.Ask<RateHandoff, HandoffId>(new RateHandoff(_handoff, 5, null, null, null, null, null, null), _bob);
        Assert.That((wrong.Fault?.Code, wrong.Fault?.Truth?.State), Is.EqualTo((Codes.Forbidden, "closed")));
        Assert.That((await Reply(_bob)).Fault?.Code, Is.EqualTo(Codes.NotFound), "there is nothing to reply to yet");
        (await Rate(5)).Must();
        Assert.That((await Reply(_ada)).Fault?.Code, Is.EqualTo(Codes.Forbidden));
        Assert.That((await Change(_bob, score: 1)).Fault?.Code, Is.EqualTo(Codes.Forbidden));
        (await Reply(_bob)).Must();
        Assert.That((await Reply(_bob)).Fault?.Code, Is.EqualTo(Codes.AlreadyAnswered));
        await _world.Carry();
        Assert.That((await View(_ada)).Must().Reply?.Text, Is.EqualTo("Thank you"));
    }

    [Test]
    public async Task It_can_be_rated_for_fourteen_days_and_changed_for_seventy_two_hours()
    {
        _world.Clock.Advance(TimeSpan.FromDays(14) - TimeSpan.FromSeconds(30));
        (await Rate(2, "Slow", "note")).Must();
        _world.Clock.Advance(TimeSpan.FromHours(71));
        (await Change(_ada, score: 3)).Must();
        var changed = (await View(_ada)).Must();
        Assert.That((changed.Score, changed.Quality, changed.Comment, changed.PrivateNote), Is.EqualTo((3, (int?)5, "Slow", "note")), "what is left out stays");
        Assert.That(changed.ChangedAt, Is.EqualTo(_world.Clock.GetUtcNow()));
        _world.Clock.Advance(TimeSpan.FromHours(2));
        var late = await Change(_ada, score: 4);
        Assert.That((late.Fault?.Code, late.Fault?.Truth?.Version), Is.EqualTo((Codes.StateConflict, (long?)5)));

        _handoff = await Closed();
        _world.Clock.Advance(TimeSpan.FromDays(14) + TimeSpan.FromSeconds(30));
        var tooLate = await Rate(5);
        Assert.That((tooLate.Fault?.Code, tooLate.Fault?.Detail), Is.EqualTo((Codes.StateConflict, tooLate.Fault?.Detail)));
        Assert.That(tooLate.Fault!.Detail, Does.Contain("14 days"));
    }

    [Test]
    public async Task A_change_of_the_note_alone_is_no_news_to_the_partner()
    {
        (await Rate(4, "Fine", "one")).Must();
        var before = _world.Read().Handoffs.Single().LastSeq;
        (await Change(_ada, score: 4, note: "two")).Must();
        Assert.That(_world.Read().Handoffs.Single().LastSeq, Is.EqualTo(before));
        Assert.That((await View(_ada)).Must().PrivateNote, Is.EqualTo("two"));
        (await Change(_ada, comment: "", note: "")).Must();
        var view = (await View(_ada)).Must();
        Assert.That((view.Comment, view.PrivateNote), Is.EqualTo(((string?)null, (string?)null)));
    }

    [Test]
    public async Task There_is_nothing_to_rate_before_the_end_or_where_no_work_was_done()
    {
        _handoff = await _world.Running(_ada, _bob, _link);
        Assert.That((await Rate(5)).Fault?.Code, Is.EqualTo(Codes.StateConflict));
        (await _world.Ask<ReturnHandoff, HandoffId>(new ReturnHandoff(_handoff, "safety", null, null), _bob)).Must();
        (await Rate(1)).Must();

        _handoff = await _world.Offer(_ada, await _world.OpenTicket(_ada), _link);
        (await _world.Ask<RecallHandoff, HandoffId>(new RecallHandoff(_handoff, "because", null, null), _ada)).Must();
        Assert.That((await Rate(5)).Fault?.Code, Is.EqualTo(Codes.StateConflict));
    }

    [Test]
    public async Task On_a_suspended_link_it_is_kept_until_the_partners_desk_has_it()
    {
        await Set(LinkState.Suspended);
        (await Rate(4, "Quick")).Must();
        Assert.That((await View(_ada)).Ok, Is.True, "its writer sees it at once");
        Assert.That((await View(_bob)).Fault?.Code, Is.EqualTo(Codes.NotFound));
        Assert.That((await Reply(_bob)).Fault?.Code, Is.EqualTo(Codes.NotFound));
        Assert.That((await Card(_bob, _ada, own: true)).Figures.Ratings.Count, Is.Zero);
        Assert.That((await Card(_ada, _bob, own: false)).Figures.Ratings.Count, Is.EqualTo(1));
        await Set(LinkState.Active);
        await _world.Carry();
        Assert.That((await View(_bob)).Must().Comment, Is.EqualTo("Quick"));
        Assert.That((await Card(_bob, _ada, own: true)).Figures.Ratings.Count, Is.EqualTo(1));
    }

    [TestCase(LinkState.Draining)]
    [TestCase(LinkState.Terminated)]
    public async Task It_is_rated_after_the_link_ended_too(LinkState state)
    {
        await Set(state);
        (await Rate(4)).Must();
        await _world.Carry();
        Assert.That((await View(_bob)).Ok, Is.True);
    }

    [Test]
    public async Task The_same_request_again_is_answered_again()
    {
        var once = new Once(_ada.Account.ToString(), "rate-1");
        var ask = new RateHandoff(_handoff, 5, null, null, null, null, null, null);
        var first = (await _world.Ask<RateHandoff, HandoffId>(ask, _ada, once)).Must();
        var again = (await _world.Ask<RateHandoff, HandoffId>(ask, _ada, once)).Must();
        Assert.That(again, Is.EqualTo(first));
    }

    /// <summary>I10, of the private note: it stands in its own table and in the placer's own view, and nowhere else.</summary>
    [Test]
    public async Task The_private_note_is_found_nowhere_else()
    {
        var canaries = new Canaries();
        string[] words = [canaries.New(), canaries.New(), canaries.New(), canaries.New()];
        canaries.Spread(words[0], "note");
        canaries.Spread(words[1], "note");
        canaries.Spread(words[2], "entry");
        canaries.Spread(words[3], "internal");
        var ticket = (await _world.Get<HandoffViews>().One(_ada, _handoff, CancellationToken.None))!.TicketId!.Value;
        (await _world.Ask<CommentOnTicket, Said>(new CommentOnTicket(ticket, words[3], "internal", null, null, null, null), _ada)).Must();
        (await Rate(4, words[2], words[0])).Must();
        var rung = _world.Rings();
        await _world.Relay.Bring([_handoff], CancellationToken.None);
        (await Change(_ada, score: 2, note: words[1])).Must();
        rung = [.. rung, .. _world.Rings()];
        await _world.Relay.Bring([_handoff], CancellationToken.None);
        await _world.Relay.Settle(CancellationToken.None);
        await _world.Get<Sequencer>().NumberPending(CancellationToken.None);

        var strays = canaries.StraysIn(_world, (table, _) => table switch
        {
            "rating_note" => "note",
            "note" => "internal",
            "entry" or "partner_item" => "entry",
            _ => null,
        }).ToList();
        strays.AddRange(_world.Log.Lines.SelectMany(line => canaries.Strays(line, (string?)null)));
        strays.AddRange(canaries.Strays(System.Text.Json.JsonSerializer.Serialize(rung), (string?)null));
        foreach (var caller in (Caller[])[_ada, _bob])
        {
            var events = await _world.Get<EventViews>().After(caller, 0, 200, CancellationToken.None);
            Assert.That(events, Has.Some.Matches<EventView>(e => e.Type == "exchange.handoff.rating_changed"));
            strays.AddRange(canaries.Strays(System.Text.Json.JsonSerializer.Serialize(events), "entry"));
        }

        strays.AddRange(canaries.Strays(System.Text.Json.JsonSerializer.Serialize((await View(_bob)).Must()), "entry"));
        Assert.That(strays, Is.Empty);
        Assert.That((await View(_ada)).Must().PrivateNote, Is.EqualTo(words[1]));
    }

    private Task<Outcome<HandoffId>> Rate(int score, string? comment = null, string? note = null) =>
        _world.Ask<RateHandoff, HandoffId>(new RateHandoff(_handoff, score, 5, null, null, comment, note, null), _ada);

    private Task<Outcome<HandoffId>> Change(Caller by, int? score = null, string? comment = null, string? note = null) =>
        _world.Ask<ChangeRating, HandoffId>(new ChangeRating(_handoff, score, null, null, null, comment, note, null), by);

    private Task<Outcome<HandoffId>> Reply(Caller by) => _world.Ask<ReplyToRating, HandoffId>(new ReplyToRating(_handoff, "Thank you", null), by);

    private Task<Outcome<RatingView>> View(Caller caller) => _world.Get<RatingViews>().One(caller, _handoff, CancellationToken.None);

    private async Task<ScorecardView> Card(Caller caller, Caller partner, bool own) =>
        (await _world.Get<ScorecardViews>().One(caller, partner.Account, own, null, _world.Clock.GetUtcNow().AddSeconds(1), CancellationToken.None))!;

    private async Task<HandoffId> Closed()
    {
        var handoff = await _world.Running(_ada, _bob, _link);
        (await _world.Ask<ResolveHandoff, HandoffId>(new ResolveHandoff(handoff, "done", null, 30, null), _bob)).Must();
        (await _world.Ask<ConfirmHandoff, HandoffId>(new ConfirmHandoff(handoff, null), _ada)).Must();
        await _world.Carry();
        return handoff;
    }

    private async Task Set(LinkState state) => await _world.Dialect.Do<Done>(
        async unit =>
        {
            await unit.Db.Links.Where(l => l.Id == _link).ExecuteUpdateAsync(s => s.SetProperty(l => l.State, state));
            return default(Done);
        },
        CancellationToken.None);
}
