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

    public static IEnumerable<TestFixtureData> Both => Engines.For(Engine.Sqlite, Engine.Postgres).Cast<TestFixtureData>();

    [OneTimeSetUp]
    public async Task Gather()
    {
        Plans.Listen();
        _crowd = await Crowd.Gather(engine, Effort.Of(50_000, 1_000_000));
    }

    [OneTimeTearDown]
    public ValueTask Leave() => _crowd.DisposeAsync();

    /// <summary>The second page too, since a cursor has often been the end of a good plan.</summary>
    [Test]
    public async Task A_list_is_read_through_an_index([ValueSource(typeof(AllLists), nameof(AllLists.All))] AnyList list, [Values] bool further)
    {
        var ask = TwoHundred;
        if (further)
        {
            ask = await list.Ask(_crowd, TwoHundred) is { } next ? TwoHundred with { After = Cursor.TryParse(next) } : TwoHundred;
        }

        var plans = await Plans.Of(_crowd.World, () => list.Ask(_crowd, ask));
        Assert.That(plans, Is.Not.Empty);
        Assert.Multiple(() =>
        {
            foreach (var (sql, plan) in plans)
            {
                var flaws = engine.IsServer ? ServerPlan.Flaws(plan) : Flaws(sql, plan);
                Assert.That(flaws, Is.Empty, $"{sql}\n    {string.Join("\n    ", plan)}\n");
            }
        });
    }

    /// <summary>Not with the long tests: their tables are larger than those of the page.</summary>
    [Test]
    public async Task The_page_shows_how_each_list_is_read()
    {
        Assume.That(Effort.Long, Is.False);
        var (isNow, should) = await ListsPage.Of(_crowd);
        Assert.That(isNow, engine == Engine.Sqlite ? Is.EqualTo(should) : Is.Not.EqualTo("\n"), "Run this test with EXCHANGE_APPROVE=1, look at what changed, and commit it.");
    }

    private static IEnumerable<string> Flaws(string sql, IReadOnlyList<string> plan) =>
        plan.Where(line => (Reads(line) && !IsPage(plan, line)) || (Ordered().IsMatch(sql) && Sorts(line) && !IsOfFew(plan, line)));

    /// <summary>Of a rare thing a few thousand tickets are taken, at most: these are sorted.</summary>
    private static bool IsOfFew(IReadOnlyList<string> plan, string line) => plan.TakeWhile(l => l != line).Any(l => Reads(l) && IsPage(plan, l));

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

        await using var crowd = await Crowd.Gather(engine, 480);
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
