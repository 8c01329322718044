using Exchange.Core.Accounts;
using Exchange.Core.Desk;
using Exchange.Core.Kernel;
using Exchange.Core.Notices;
using Exchange.Core.Store;
using Exchange.Web.Shell;
using Microsoft.AspNetCore.Mvc;

namespace Exchange.Web.Pages.Desk;

/// <summary>A tab above the list.</summary>
/// <param name="Query">What it shows, as <see cref="TicketQuery.ToString"/> has it.</param>
/// <param name="Count">Null where it was not counted.</param>
/// <param name="Saved">The view's id, where it is one's own.</param>
public sealed record TicketTab(string Name, string Query, string? Count, bool Loud, Guid? Saved);

/// <summary>How many rows of the page would be others now.</summary>
/// <param name="Look">Where this is asked again.</param>
/// <param name="Here">The page, anew.</param>
public sealed record MovedModel(int Count, string Look, string Here);

[Sees(Roles.Any)]
public sealed partial class TicketsModel(
    TicketRows rows, TicketViews tickets, SavedViews saved, MemberViews members, FieldViews fields, NoticeViews notices) : DeskPage
{
    /// <summary>How many rows a page has.</summary>
    public const int Rows = 50;

    /// <summary>A tab counts to this, and no further.</summary>
    private const int Counted = 50;

    /// <summary>Of one's own views so many are counted: each is a look into the book.</summary>
    private const int CountedViews = 5;

    public TicketQuery Query { get; private set; } = TicketQuery.Nothing;

    public IReadOnlyList<TicketRow> Found { get; private set; } = [];

    /// <summary>Those of the rows that the reader was told something of since he read them.</summary>
    public IReadOnlySet<TicketId> Unread { get; private set; } = new HashSet<TicketId>();

    public string? Next { get; private set; }

    public string? After { get; private set; }

    public IReadOnlyList<TicketTab> Tabs { get; private set; } = [];

    public IReadOnlyList<string> Members { get; private set; } = [];

    /// <summary>The company's own fields, retired ones last.</summary>
    public IReadOnlyList<FieldView> Fields { get; private set; } = [];

    /// <summary>Those that the list can show; of fields that were retired the chosen ones.</summary>
    public IReadOnlyList<TicketColumn> AllColumns { get; private set; } = [];

    public IReadOnlyList<TicketColumn> Columns { get; private set; } = [];

    /// <summary>Their names.</summary>
    public IReadOnlyList<string> Shown => [.. Columns.Select(c => c.Name)];

    public MovedModel Moved { get; private set; } = null!;

    public bool MayChange => May<ChangeTicket>();

    /// <summary>The tab whose list this is; null for another list.</summary>
    public TicketTab? Tab => Tabs.FirstOrDefault(tab => tab.Query == Query.ToString());

    /// <summary>The address of this list with something more.</summary>
    public string Here(string? more = null)
    {
        var said = string.Join('&', new[] { Query.ToString(), After is null ? "" : $"after={After}", more ?? "" }.Where(s => s.Length > 0));
        return At.Path("tickets") + (said.Length == 0 ? "" : $"?{said}");
    }

    public async Task<IActionResult> OnGetAsync()
    {
        await Load();
        return Page();
    }

    /// <summary>One row, after its ticket has changed.</summary>
    public async Task<IActionResult> OnGetRowAsync(long number) =>
        await rows.One(Me, number, Gone) is { } row
            ? Partial("_TicketRow", new TicketRowModel(row, At, MayChange, TicketQuery.Of(Request.Query, out _).Columns ?? TicketColumns.Usual, (await notices.UnreadOf(Me, [row.Ticket.Id], Gone)).Count > 0))
            : NotFound();

    /// <summary>How many of the shown rows would stand elsewhere, be gone or be new by now.</summary>
    /// <param name="shown">The numbers in their order, parted by dots.</param>
    public async Task<IActionResult> OnGetMovedAsync(string? shown)
    {
        await Read();
        var before = (shown ?? "").Split('.', StringSplitOptions.RemoveEmptyEntries).Take(Rows).ToList();
        var now = (await tickets.List(Me, Query.Filter(At.In.MemberName, Fields), Wanted(), Gone)).Items.Select(t => t.Number).ToList();
        return Partial("_TicketsMoved", MovedNow(before, Others(before, now)));
    }

    /// <summary>How many came, went, or stand in another order.</summary>
    internal static int Others(IReadOnlyList<string> before, IReadOnlyList<string> now)
    {
        var stayed = now.Where(before.Contains).ToList();
        var came = now.Count - stayed.Count;
        var went = before.Count - stayed.Count;
        return Math.Max(came, went) + before.Where(now.Contains).Zip(stayed).Count(pair => pair.First != pair.Second);
    }

    private async Task Load()
    {
        await Read();
        var page = await rows.List(Me, Query.Filter(At.In.MemberName, Fields), Wanted(), words: false, Gone);
        (Found, Next) = (page.Items, page.Next);
        Unread = await notices.UnreadOf(Me, [.. Found.Select(r => r.Ticket.Id)], Gone);
        Members = [.. (await members.Members(Me, Gone)).Select(m => m.Name).Distinct(StringComparer.Ordinal)];
        Tabs = await AllTabs();
        Moved = MovedNow(Found.Select(r => r.Ticket.Number), 0);
    }

    private async Task Read()
    {
        Query = TicketQuery.Of(Request.Query, out var wrong);
        Fields = await fields.All(Me, Gone);
        FieldFilter.Of(Fields, Query.Fields, out var nonsense);
        var left = Query.Fields.Where(f => !nonsense.ContainsKey(f.Key)).ToDictionary(StringComparer.Ordinal);
        foreach (var word in wrong.Concat(Query.Fields.Where(f => nonsense.ContainsKey(f.Key)).Select(f => $"{f.Key}={f.Value}")))
        {
            Say(T["The list does not know “{0}”: it was left out.", word]);
            Response.StatusCode = 400;
        }

        if (nonsense.ContainsKey("field"))
        {
            Say(T.Count("A list is narrowed by at most {0} fields: the others were left out.", FieldFilter.Most));
            Response.StatusCode = 400;
        }

        Query = Query with { Fields = new SortedDictionary<string, string>(left, StringComparer.Ordinal) };
        ReadColumns();
        After = (string?)Request.Query["after"] is { } after && Cursor.TryParse(after) is not null ? after : null;
    }

    /// <summary>A column whose field this company does not have is left out.</summary>
    private void ReadColumns()
    {
        var chosen = Query.Columns ?? TicketColumns.Usual;
        AllColumns = TicketColumns.All(T, Fields.Where(f => !f.Retired || chosen.Contains(FieldForm.Name(f), StringComparer.Ordinal)));
        Columns = [.. AllColumns.Where(c => chosen.Contains(c.Name, StringComparer.Ordinal))];
        foreach (var name in chosen.Except(Shown, StringComparer.Ordinal))
        {
            Say(T["The list does not know “{0}”: it was left out.", $"col={name}"]);
            Response.StatusCode = 400;
        }

        Query = Query with { Columns = Query.Columns is null ? null : TicketColumns.Chosen(Shown, out _) };
    }

    /// <summary>The class of a column's cells.</summary>
    public static string Look(string column) => column switch
    {
        "customer" => "c-cu",
        "status" => "c-st",
        "ball" => "c-ba",
        "time" => "c-ck",
        "opened" => "c-op",
        "changed" => "c-up",
        _ => "c-x",
    };

    private PageAsk Wanted() => new(Rows, After is null ? null : Cursor.TryParse(After));

    private MovedModel MovedNow(IEnumerable<string> shown, int count) => new(count, Here($"handler=Moved&shown={string.Join('.', shown)}"), Here());

    private async Task<IReadOnlyList<TicketTab>> AllTabs()
    {
        // The columns stay as they are from one of these to the next; a view of one's own has its own.
        var nothing = TicketQuery.Nothing with { Columns = Query.Columns };
        var tabs = new List<TicketTab>
        {
            await CountTab(T["All open"], nothing, null),
            await CountTab(T["Waits for me"], nothing with { Ball = "us", Assignee = TicketQuery.Me }, null),
            await CountTab(T["Over time"], nothing with { Over = true }, null),
            await CountTab(T["With partners"], nothing with { Ball = "partner" }, null),
            await CountTab(T["Not assigned"], nothing with { Assignee = TicketQuery.Nobody }, null),
        };
        foreach (var view in await saved.Of(Me, Gone))
        {
            var query = Parse(view.Filter);
            tabs.Add(tabs.Count(tab => tab.Saved is not null) < CountedViews
                ? await CountTab(view.Name, query, view.Id)
                : new TicketTab(view.Name, query.ToString(), null, false, view.Id));
        }

        return tabs;
    }

    private async Task<TicketTab> CountTab(string name, TicketQuery query, Guid? id)
    {
        var count = await rows.Count(Me, query.Filter(At.In.MemberName, Fields), Counted + 1, Gone);
        return new TicketTab(name, query.ToString(), count > Counted ? $"{Counted}+" : $"{count}", query.Over && count > 0, id);
    }

    /// <summary>A view that an older page has saved says what it still can.</summary>
    private static TicketQuery Parse(string filter) =>
        TicketQuery.Of(new Microsoft.AspNetCore.Http.QueryCollection(Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(filter)), out _);
}
