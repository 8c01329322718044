using System.Text.RegularExpressions;
using Exchange.Core.Desk;
using Exchange.Core.Handoffs;
using Exchange.Core.Kernel;
using Exchange.Core.Relay;
using Exchange.Core.Store;
using Exchange.Edge.Tests.TestKit;
using NUnit.Framework;

namespace Exchange.Edge.Tests.Lists;

/// <summary>A million of them with the long tests, else fifty thousand: each list is read in order through an index, and nothing is read whole.</summary>
[TestFixtureSource(nameof(Both))]
[NonParallelizable]
public sealed partial class When_there_are_a_million_handoffs(Engine engine)
{
    private static readonly PageAsk TwoHundred = new(200, null);

    private Crowd _crowd = null!;
    private Plans _plans = null!;

    public static IEnumerable<TestFixtureData> Both => Engines.For(Engine.Sqlite, Engine.Postgres).Cast<TestFixtureData>();

    [OneTimeSetUp]
    public async Task Gather()
    {
        _crowd = await Crowd.Gather(engine, Effort.Of(50_000, 1_000_000));
        _plans = new Plans();
    }

    [OneTimeTearDown]
    public async Task Leave()
    {
        _plans.Dispose();
        await _crowd.DisposeAsync();
    }

    [Test]
    public async Task Handoffs_are_listed_through_an_index(
        [Values(null, Side.Placer, Side.Fulfiller)] Side? side, [Values(null, HandoffState.Resolved, HandoffState.Closed)] HandoffState? state,
        [Values(null, WaitsFor.Me, WaitsFor.Partner)] WaitsFor? waitsFor, [Values] bool overTime, [Values] bool further)
    {
        var views = _crowd.World.Get<HandoffViews>();
        var filter = new HandoffFilter(side, state, waitsFor, overTime);
        await Look(further, async page => (await views.List(_crowd.Bob, filter, page, CancellationToken.None)).Next,
            mayBeNothing: state is not null && waitsFor is not null);
    }

    [Test]
    public async Task Tickets_are_listed_through_an_index(
        [Values(null, TicketStatus.Check)] TicketStatus? status, [Values(null, WaitsFor.Me, WaitsFor.Partner)] WaitsFor? waitsFor, [Values] bool overTime, [Values] bool further)
    {
        var views = _crowd.World.Get<TicketViews>();
        var filter = new TicketFilter(status, null, waitsFor, overTime);
        await Look(further, async page => (await views.List(_crowd.Ada, filter, page, CancellationToken.None)).Next);
    }

    [Test]
    public async Task What_is_parked_is_listed_through_an_index([Values(null, "no mapping")] string? cause, [Values] bool further)
    {
        var views = _crowd.World.Get<ParkedViews>();
        await Look(further, async page => (await views.List(_crowd.Bob, cause, page, CancellationToken.None)).Next);
    }

    /// <summary>The second page too, since a cursor has often been the end of a good plan.</summary>
    private async Task Look(bool further, Func<PageAsk, Task<string?>> list, bool mayBeNothing = false)
    {
        var ask = TwoHundred;
        if (further)
        {
            ask = await list(TwoHundred) is { } next ? TwoHundred with { After = Cursor.TryParse(next) } : TwoHundred;
        }

        var plans = await Plans.Of(_crowd.World, () => list(ask));
        Assert.That(plans.Count > 0 || mayBeNothing, Is.True);
        foreach (var (sql, plan) in plans)
        {
            TestContext.Out.WriteLine($"{sql}\n    {string.Join("\n    ", plan)}\n");
            if (engine.IsServer)
            {
                // Its planner goes by what it counted, and sorts or hashes a few rows where that is cheaper: the plans are shown, not judged.
                continue;
            }

            Assert.That(plan.Where(line => Reads(line) && !IsPage(plan, line)), Is.Empty, sql);
            if (Ordered().IsMatch(sql))
            {
                Assert.That(plan.Where(Sorts), Is.Empty, sql);
            }
        }
    }

    /// <summary>A table read from end to end; the few companies and links of this crowd are no table to speak of.</summary>
    private static bool Reads(string line) => Scan().IsMatch(line);

    /// <summary>What is read is the page that was found before.</summary>
    private static bool IsPage(IReadOnlyList<string> plan, string line) =>
        plan.Any(l => l == $"CO-ROUTINE {line.Split(' ')[1]}" || l == $"MATERIALIZE {line.Split(' ')[1]}");

    /// <summary>More than the rows of the same time.</summary>
    private static bool Sorts(string line) => line.Contains("TEMP B-TREE FOR ORDER BY", StringComparison.Ordinal);

    [GeneratedRegex(@"^SCAN (?!\w+ VIRTUAL|CONSTANT|\(|[al]\d?( |$)|i\d?( |$))", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Scan();

    [GeneratedRegex(@"(LIMIT|FETCH) ", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Ordered();
}

/// <summary>Whatever a list is narrowed to, it has those of the whole list that show what is asked for, each once.</summary>
[TestFixtureSource(typeof(Engines))]
public sealed class When_a_list_is_narrowed(Engine engine)
{
    [Test]
    public async Task It_has_what_shows_so_and_each_once()
    {
        if (engine == Engine.SqlServer)
        {
            Assert.Ignore("The crowd is copied in words that this engine does not know.");
        }

        await using var crowd = await Crowd.Gather(engine, 160);
        var views = crowd.World.Get<HandoffViews>();
        var tickets = crowd.World.Get<TicketViews>();
        foreach (var caller in (Caller[])[crowd.Ada, crowd.Bob, crowd.Cid])
        {
            var all = await Whole(after => views.List(caller, new HandoffFilter(), new PageAsk(7, after), CancellationToken.None));
            var book = await Whole(after => tickets.List(caller, new TicketFilter(), new PageAsk(7, after), CancellationToken.None));
            Assert.That(all.Select(h => h.Id.Value), Is.Unique.And.Ordered.Descending);
            foreach (var (whom, late, side) in from whom in (WaitsFor?[])[null, WaitsFor.Me, WaitsFor.Partner] from late in (bool[])[false, true] from side in (Side?[])[null, Side.Placer, Side.Fulfiller] select (whom, late, side))
            {
                var word = whom?.Word();
                var found = await Whole(after => views.List(caller, new HandoffFilter(side, null, whom, late), new PageAsk(7, after), CancellationToken.None));
                var wanted = all.Where(h => (word is null || h.WaitingFor == word) && (!late || h.OverTime) && (side is null || h.Direction == (side == Side.Placer ? "out" : "in")));
                wanted = late ? wanted.OrderByDescending(h => h.DueAt).ThenByDescending(h => h.Id.Value) : wanted;
                Assert.That(found.Select(h => h.Id), Is.EqualTo(wanted.Select(h => h.Id)), $"{caller.AccountName} {side} {whom} {late}");

                var few = await Whole(after => tickets.List(caller, new TicketFilter(null, null, whom, late), new PageAsk(7, after), CancellationToken.None));
                Assert.That(few.Select(t => t.Number), Is.EqualTo(book.Where(t => (word is null || t.WaitingFor == word) && (!late || t.OverTime)).Select(t => t.Number)), $"tickets {whom} {late}");
            }
        }

        var bobs = await Whole(after => views.List(crowd.Bob, new HandoffFilter(Side.Fulfiller, HandoffState.InProgress), new PageAsk(50, after), CancellationToken.None));
        Assert.That(bobs.Select(h => h.WaitingFor).Distinct(StringComparer.Ordinal), Is.EquivalentTo((string[])["me", "partner"]), "some are handed on");
        Assert.That(bobs[0].Ball, Has.Property("Side").EqualTo("fulfiller").And.Property("Why").EqualTo("work"));
    }

    private static async Task<List<T>> Whole<T>(Func<Cursor?, Task<Page<T>>> list)
    {
        var (rows, after) = (new List<T>(), (Cursor?)null);
        do
        {
            var page = await list(after);
            rows.AddRange(page.Items);
            after = page.Next is null ? null : Cursor.TryParse(page.Next);
        }
        while (after is not null);
        return rows;
    }
}
