using Exchange.Core.Accounts;
using Exchange.Core.Desk;
using Exchange.Core.Files;
using Exchange.Core.Handoffs;
using Exchange.Core.Kernel;
using Exchange.Core.Notices;
using Exchange.Core.Quality;
using Exchange.Core.Store;
using Exchange.Web.Shell;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;

namespace Exchange.Web.Pages.Desk;

/// <summary>A row of the conversation: an item, a line of what happened, or the beginning of a day.</summary>
public sealed record ThreadRow(DateTimeOffset At, ThreadItem? Item = null, Fact? Fact = null, string? Day = null, Partnership? With = null);

/// <summary>
/// One ticket: where it is, what was said, a box to write in, and what can be done with its partners. The live parts are read by
/// handlers of their own; the box is in none of them.
/// </summary>
[Sees(Roles.Any)]
[RequestSizeLimit(MostUpload)]
[RequestFormLimits(MultipartBodyLengthLimit = MostUpload, ValueLengthLimit = 4 << 20)]
public sealed partial class TicketModel(
    TicketScenes scenes, ThreadViews threads, DraftViews drafts, FileViews fileViews, RatingViews ratings, MemberViews members, FieldViews fields, CustomerViews customers,
    NoticeViews notices, IBlobStore blobs, IMail mail, ExchangeSettings settings) : DeskPage
{
    /// <summary>Of one form with its files, in bytes; each file has its own limit besides.</summary>
    private const long MostUpload = (1L << 30) + (1 << 22);

    private const int ItemsAtOnce = 50;

    [BindProperty(SupportsGet = true, Name = "number")]
    public long Number { get; set; }

    /// <summary>all, customer, internal, files, history, or a handoff's id.</summary>
    [BindProperty(SupportsGet = true, Name = "lane")]
    public string? Lane { get; set; }

    [BindProperty(SupportsGet = true, Name = "before")]
    public long? Before { get; set; }

    /// <summary>The last item that the open page has shown: what is newer came since.</summary>
    [BindProperty(SupportsGet = true, Name = "seen")]
    public long? Seen { get; set; }

    public TicketScene Scene { get; private set; } = null!;

    public TicketView Ticket => Scene.Ticket;

    public IReadOnlyList<Reader> Readers { get; private set; } = [];

    public IReadOnlyList<ThreadRow> Rows { get; private set; } = [];

    public long? Older { get; private set; }

    public long LastShown { get; private set; }

    public IReadOnlyList<FileView> Files { get; private set; } = [];

    public IReadOnlyList<string> Assignees { get; private set; } = [];

    public TicketFacts Facts => new(T, Show, At.In.Name);

    public bool MayWrite => May<CommentOnTicket>();

    /// <summary>The page's own address.</summary>
    public string Here => At.Path($"tickets/{Number}");

    /// <summary>Whether the refusal belongs to the box, or to the panel.</summary>
    public bool AtComposer { get; private set; }

    public HandoffId? LaneOf => Guid.TryParseExact(Lane, "D", out var id) ? new HandoffId(id) : null;

    public string Part(string handler) => $"{Here}?handler={handler}&lane={Uri.EscapeDataString(Lane ?? "all")}";

    /// <summary>What wakes a live part: this ticket, its handoffs, and a line that was lost.</summary>
    public string Wakes => string.Join(", ", (string[])[$"sse:ticket-{Ticket.Id} delay:120ms", "sse:hello delay:120ms", .. Scene.Partners.Select(p => $"sse:handoff-{p.Handoff.Id} delay:120ms")]);

    public async Task<IActionResult> OnGetAsync()
    {
        if (!await Load())
        {
            return NotFound();
        }

        await MarkRead();
        return await Shown();
    }

    public async Task<IActionResult> OnGetBallsAsync() => await Load() ? Partial("_TicketBalls", this) : NotFound();

    public async Task<IActionResult> OnGetItemsAsync()
    {
        if (!await Load())
        {
            return NotFound();
        }

        await Read();
        return Partial("_TicketItems", this);
    }

    public async Task<IActionResult> OnGetPartnersAsync()
    {
        if (!await Load())
        {
            return NotFound();
        }

        await ReadRatings();
        return Partial("_TicketPartners", this);
    }

    public async Task<IActionResult> OnGetLanesAsync() => await Load() ? Partial("_TicketLanes", this) : NotFound();

    private async Task<bool> Load()
    {
        if (await scenes.Read(Me, Number, Gone) is not { } scene)
        {
            return false;
        }

        Scene = scene;
        Readers = scene.Readers(At.In.Name, T);
        return LaneOf is not { } with || scene.Of(with) is not null;
    }

    /// <summary>Who opens the ticket knows what he was told of it. Where that cannot be written now, the page is shown all the same.</summary>
    private async Task MarkRead()
    {
        if (await notices.IsNews(Me, Ticket.Id, Gone))
        {
            await HttpContext.RequestServices.GetRequiredService<Door>().Do<ReadNotices, Done>(new ReadNotices(Ticket.Id), Me, null, CancellationToken.None);
        }
    }

    /// <summary>The whole page, with what was typed.</summary>
    private async Task<IActionResult> Shown()
    {
        await Read();
        await ReadRatings();
        Assignees = [.. (await members.Members(Me, Gone)).Select(m => m.Name)];
        Fields = await fields.All(Me, Gone);
        Follower = await customers.Follower(Me, Ticket.Id, Gone);
        Drafts = MayWrite ? await drafts.Of(Me, Ticket.Id, Gone) : [];
        if (Files.Count == 0 && Scene.Counts.Files > 0)
        {
            Files = (await fileViews.List(Me, Ticket.Id, new PageAsk(PageAsk.MaxLimit, null), Gone))!.Items;
        }

        return Page();
    }

    private async Task Read()
    {
        if (Lane == "files")
        {
            Files = (await fileViews.List(Me, Ticket.Id, new PageAsk(PageAsk.MaxLimit, null), Gone))!.Items;
            return;
        }

        if (Lane == "history")
        {
            return;
        }

        var lane = LaneOf is { } with ? new ThreadLane(With: with) : new ThreadLane(Lane switch { "customer" => Audience.Customer, "internal" => Audience.Internal, _ => null });
        var page = (await threads.Last(Me, Ticket.Id, lane, Before, ItemsAtOnce, Gone))!;
        Older = page.Older;
        LastShown = page.Items.Count == 0 ? 0 : page.Items[^1].Number;
        Rows = WithDays(Woven(page));
    }

    /// <summary>Items in the order of their numbers, and between them the lines of what happened, by their time.</summary>
    private List<ThreadRow> Woven(ThreadPage page)
    {
        var lines = new Queue<ThreadRow>(Lines(page).OrderBy(row => row.At));
        var rows = new List<ThreadRow>();
        foreach (var item in page.Items)
        {
            // A system item is the line of its entry.
            if (item.Comment.Kind == "system" && Log(item.Comment) is not null)
            {
                continue;
            }

            while (lines.TryPeek(out var line) && line.At <= item.Comment.At)
            {
                rows.Add(lines.Dequeue());
            }

            rows.Add(new ThreadRow(item.Comment.At, item, With: item.Comment.HandoffId is { } id ? Scene.Of(id) : null));
        }

        rows.AddRange(lines);
        return rows;
    }

    private IEnumerable<ThreadRow> Lines(ThreadPage page)
    {
        if (Lane is "customer" or "internal")
        {
            return [];
        }

        var from = page.Older is null || page.Items.Count == 0 ? DateTimeOffset.MinValue : page.Items[0].Comment.At;
        var to = Before is null || page.Items.Count == 0 ? DateTimeOffset.MaxValue : page.Items[^1].Comment.At;
        return from with in Scene.Partners
               where LaneOf is null || with.Handoff.Id == LaneOf
               from entry in with.Log
               let at = entry.At ?? DateTimeOffset.MinValue
               where TicketFacts.IsLine(entry) && entry.At is not null && entry.Withheld != true && at >= @from && at <= to
               select new ThreadRow(at, Fact: Facts.Of(entry, with), With: with);
    }

    private List<ThreadRow> WithDays(List<ThreadRow> rows)
    {
        var days = new List<ThreadRow>();
        DateTime? day = null;
        foreach (var row in rows)
        {
            if (Show.Local(row.At).Date is var date && date != day)
            {
                days.Add(new ThreadRow(row.At, Day: Show.Day(row.At)));
                day = date;
            }

            days.Add(row);
        }

        return days;
    }

    /// <summary>The entry of a shared item.</summary>
    public EntryView? Log(CommentView comment) => comment.HandoffId is { } id && comment.Seq is { } seq ? Scene.Of(id)?.Log.FirstOrDefault(e => e.Seq == seq) : null;
}
