using Exchange.Contracts.V1;
using Exchange.Core.Handoffs;
using Exchange.Core.Kernel;
using Exchange.Core.Links;
using Exchange.Core.Relay;

namespace Exchange.Core.Tests.Handoffs;

/// <summary>Semantics 8: the time the ball was in its court (active, waiting, transport), comments, files, rework caused, labour.</summary>
public sealed class ContributionTests
{
    private const Side Placer = Side.Placer;
    private const Side Fulfiller = Side.Fulfiller;

    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
    private static readonly OfferedData Offer = new("offered", "17", 1, "Pump", null, "normal", null, null, null, 0, null, null, null);

    [Test]
    public void Each_state_goes_to_the_one_whose_turn_it_is()
    {
        var log = new ALog().At(0, Placer, Offer).At(10, Fulfiller, new AcceptedData("accepted", "3", null)).At(30, Fulfiller, new StartedData("in_progress"))
            .At(100, Fulfiller, new HeldData("on_hold", "parts", null)).At(250, Fulfiller, new UnheldData("in_progress"))
            .At(300, Fulfiller, new ResolvedData("resolved", "Done", null, 40)).Arrived(Placer, 300).At(1300, Side.Exchange, new ConfirmedData("closed"));
        Assert.That(log.Sum(9999), Is.EqualTo(new Contribution(100 + 50, 150 + 1000, 0, 0, 0, 0, 40)));
        Assert.That(log.Sum(1350).ActiveSeconds, Is.EqualTo(150), "what is over goes on no more");
    }

    [Test]
    public void What_is_open_goes_on_until_now()
    {
        var log = new ALog().At(0, Placer, Offer);
        Assert.That((log.Sum(7).ActiveSeconds, log.Sum(70).ActiveSeconds), Is.EqualTo((7, 70)));
        log.At(70, Fulfiller, new CounteredData("offered", new CounterData(null, null, "Only the motor", null))).Arrived(Placer, 70);
        Assert.That((log.Sum(100).ActiveSeconds, log.Sum(100).WaitingSeconds), Is.EqualTo((70, 30)), "the placer decides on a counter-offer");
        log.At(100, Placer, new CounterRejectedData("offered"));
        Assert.That((log.Sum(101).ActiveSeconds, log.Sum(101).WaitingSeconds), Is.EqualTo((71, 30)));
    }

    [Test]
    public void Until_the_other_desk_has_it_the_turn_is_on_its_way()
    {
        var log = Started().At(100, Fulfiller, new AskedData("waiting_placer", "Which?")).Arrived(Placer, 160)
            .At(200, Placer, new AnsweredData("in_progress", "The red one", [])).Arrived(Fulfiller, 230);
        Assert.That(log.Sum(300), Is.EqualTo(new Contribution(100 + 70, 40, 60 + 30, 0, 0, 0, 0)));
    }

    [Test]
    public void What_has_not_come_or_is_parked_is_still_on_its_way()
    {
        var log = Started().At(100, Fulfiller, new AskedData("waiting_placer", "Which?"));
        Assert.That((log.Sum(150).WaitingSeconds, log.Sum(150).TransportSeconds), Is.EqualTo((0, 50)));
        log.Arrived(Placer, 120, ReceiptState.Parked);
        Assert.That((log.Sum(150).WaitingSeconds, log.Sum(150).TransportSeconds), Is.EqualTo((0, 50)));
        log.Arrived(Placer, 140, ReceiptState.Refused);
        Assert.That((log.Sum(150).WaitingSeconds, log.Sum(150).TransportSeconds), Is.EqualTo((10, 40)), "skipped: the state came with the note");
    }

    /// <summary>A recall asks who is at work already: the turn is no one else's.</summary>
    [Test]
    public void A_turn_that_does_not_pass_is_not_on_its_way()
    {
        var log = Started().At(100, Placer, new RecallRequestedData("recall_requested", "changed", null)).At(150, Placer, new RecallWithdrawnData("in_progress"));
        Assert.That(log.Sum(170), Is.EqualTo(new Contribution(170, 0, 0, 0, 0, 0, 0)));
    }

    [Test]
    public void While_the_link_was_suspended_nobody_is_charged()
    {
        var log = Started().At(100, Fulfiller, new AskedData("waiting_placer", "Which?")).Arrived(Placer, 180).Suspended(50, 60).Suspended(130, 160).Suspended(150, 170).Suspended(200, null);
        Assert.That(log.Sum(500), Is.EqualTo(new Contribution(100 - 10, 20, 80 - 40, 0, 0, 0, 0)));
    }

    [Test]
    public void Rework_is_counted_and_the_minutes_of_all_resolves_add_up()
    {
        var log = Started().At(10, Fulfiller, new ResolvedData("resolved", "Done", null, 30)).Arrived(Placer, 10)
            .At(20, Placer, new ReworkedData("in_progress", "not_fixed", null)).Arrived(Fulfiller, 20).At(30, Fulfiller, new ResolvedData("resolved", "Now", null, null)).Arrived(Placer, 30)
            .At(40, Placer, new ReworkedData("in_progress", "damage", null)).Arrived(Fulfiller, 40).At(50, Fulfiller, new ResolvedData("resolved", "Again", null, 12)).Arrived(Placer, 50);
        Assert.That(log.Sum(60), Is.EqualTo(new Contribution(10 + 10 + 10, 10 + 10 + 10, 0, 0, 0, 2, 42)));
    }

    [Test]
    public void The_fulfillers_comments_and_files_count_and_the_placers_do_not()
    {
        var (one, two, three) = (File(1), File(2), File(3));
        var log = Started().At(1, Placer, Said("Hello", File(9))).At(2, Placer, new FileAddedData(File(8)))
            .At(3, Fulfiller, Said("On site")).At(4, Fulfiller, Said("Look", one, two)).At(5, Fulfiller, new FileAddedData(two)).At(6, Fulfiller, new FileAddedData(three))
            .At(7, Fulfiller, new AskedData("waiting_placer", "Which?")).At(7, Placer, new AnsweredData("in_progress", "That", [File(7)]));
        Assert.That((log.Sum(7).Comments, log.Sum(7).Files), Is.EqualTo((2, 3)), "a question is no comment, and the same file counts once");
        log.At(8, Fulfiller, new RetractedData(7));
        Assert.That((log.Sum(8).Comments, log.Sum(8).Files), Is.EqualTo((1, 2)), "what was taken back is not counted, with what came along");
        log.At(9, Placer, new RetractedData(6));
        Assert.That(log.Sum(9).Comments, Is.EqualTo(1));
    }

    [Test]
    public void What_is_kept_counts_for_nobody_before_it_has_come()
    {
        var log = Started().At(1, Fulfiller, Said("Before")).Arrived(Placer, 2).Suspended(5, null)
            .At(6, Fulfiller, Said("Kept", File(1))).At(7, Fulfiller, new FileAddedData(File(2))).At(8, Fulfiller, new RetractedData(4));
        Assert.That((log.Sum(9).Comments, log.Sum(9).Files), Is.EqualTo((1, 0)));
        log.Resumed(9);
        Assert.That((log.Sum(9).Comments, log.Sum(9).Files), Is.EqualTo((1, 2)), "the retraction, and what it was kept with");
    }

    /// <summary>Said a second time, second by second.</summary>
    [Test]
    public void Every_second_goes_to_one_of_the_three([Range(1, 100)] int seed)
    {
        var chance = new Random(seed);
        var log = new ALog().At(0, Placer, Offer);
        var (time, end) = (0, 0);
        for (var moves = chance.Next(1, 15); moves > 0; moves--)
        {
            time += chance.Next(0, 40);
            var state = chance.Next(20) == 0 ? "recalled" : Words[chance.Next(Words.Length)];
            log.At(time, (Side)chance.Next(1, 4), chance.Next(6) == 0 ? new CounteredData("offered", new CounterData(null, null, "x", null)) : new RecallRequestedData(state, "x", null));
            if (chance.Next(3) > 0)
            {
                log.Arrived((Side)chance.Next(1, 3), time + chance.Next(0, 60));
            }
        }

        for (var pauses = chance.Next(4); pauses > 0; pauses--)
        {
            var since = chance.Next(0, time + 10);
            log.Suspended(since, since + chance.Next(0, 50));
        }

        end = time + chance.Next(0, 100);
        var seconds = Enumerable.Range(0, end).GroupBy(log.BelongsTo, StringComparer.Ordinal).ToDictionary(g => g.Key, g => (long)g.Count(), StringComparer.Ordinal);
        var sum = log.Sum(end);
        Assert.That((sum.ActiveSeconds, sum.WaitingSeconds, sum.TransportSeconds),
            Is.EqualTo((seconds.GetValueOrDefault("active"), seconds.GetValueOrDefault("waiting"), seconds.GetValueOrDefault("transport"))));
    }

    private static readonly string[] Words = ["offered", "accepted", "in_progress", "waiting_placer", "on_hold", "recall_requested", "resolved"];

    private static ALog Started() => new ALog().At(0, Placer, Offer).At(0, Fulfiller, new AcceptedData("accepted", "3", null)).At(0, Fulfiller, new StartedData("in_progress"));

    private static CommentedData Said(string body, params FileData[] files) => new(body, files);

    private static FileData File(int n) => new(new Guid(n, 0, 0, new byte[8]), $"{n}.txt", n, "text/plain", new string('0', 64));

    /// <summary>A log with what became of it; times are seconds after noon.</summary>
    private sealed class ALog
    {
        private readonly List<Entry> _entries = [];
        private readonly List<Receipt> _receipts = [];
        private readonly List<Suspension> _suspensions = [];

        public ALog At(int second, Side side, IEntryData data)
        {
            _entries.Add(Entry.Next(Chain.Handoff, _entries.Count + 1, _entries.Count == 0 ? new byte[32] : _entries[^1].Hash, Chain.OpId(_entries.Count), side, Chain.Anna, Noon.AddSeconds(second), data));
            return this;
        }

        /// <summary>The last entry came to the desk of this side; a later receipt takes the place of an earlier.</summary>
        public ALog Arrived(Side at, int second, ReceiptState state = ReceiptState.Applied)
        {
            _receipts.RemoveAll(r => r.Seq == _entries.Count && r.Side == at);
            _receipts.Add(new Receipt { Handoff = Chain.Handoff, Seq = _entries.Count, Side = at, State = state, At = Noon.AddSeconds(second), Head = _entries[^1].Hash });
            return this;
        }

        public ALog Suspended(int since, int? until)
        {
            _suspensions.Add(new Suspension { Id = Guid.Empty, Link = default, By = default, Actor = Chain.Anna, Since = Noon.AddSeconds(since), Until = until is { } end ? Noon.AddSeconds(end) : null });
            return this;
        }

        public void Resumed(int second) => _suspensions[^1].Until = Noon.AddSeconds(second);

        public Contribution Sum(int now) => Contribution.Of(_entries, _receipts, _suspensions, Noon.AddSeconds(now));

        public string BelongsTo(int second)
        {
            var time = Noon.AddSeconds(second);
            if (_suspensions.Exists(s => s.Since <= time && time < (s.Until ?? DateTimeOffset.MaxValue)))
            {
                return "nobody";
            }

            var moves = _entries.Where(e => e.Body.At <= time).ToList();
            var (last, holder, before) = (moves[^1], Holder(moves[^1]), moves.Count == 1 ? null : Holder(moves[^2]));
            if (holder is null)
            {
                return "nobody";
            }

            var offer = holder == Fulfiller && StateOf(last) == "offered";
            var came = _receipts.Find(r => r.Seq == last.Seq && r.Side == holder)?.At ?? DateTimeOffset.MaxValue;
            return holder != before && last.Side != holder && !offer && time < came ? "transport"
                : holder == Placer || StateOf(last) == "on_hold" ? "waiting"
                : "active";
        }

        private static string StateOf(Entry entry) => ((IStateEntry)entry.Body.Data!).State;

        private static Side? Holder(Entry entry) => StateOf(entry) switch
        {
            "recalled" => null,
            "waiting_placer" or "resolved" => Placer,
            _ => entry.Body.Data is CounteredData ? Placer : Fulfiller,
        };
    }
}
