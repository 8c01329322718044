using Exchange.Core.Accounts;
using Exchange.Core.Kernel;
using Exchange.Core.Notices;
using Exchange.Core.Store;
using Exchange.Web.Shell;
using Microsoft.AspNetCore.Mvc;

namespace Exchange.Web.Pages.Desk;

/// <summary>What the person was told in this account, newest first.</summary>
[Sees(Roles.Any)]
public sealed class NoticesModel(NoticeViews views, NoticeWords words) : DeskPage
{
    /// <summary>How many rows a page has.</summary>
    private const int Rows = 50;

    public IReadOnlyList<NoticeView> Found { get; private set; } = [];

    public string? Next { get; private set; }

    [BindProperty(SupportsGet = true, Name = "after")]
    public string? After { get; set; }

    /// <summary>The newest that is shown: what comes after it is not marked.</summary>
    public long Newest => Found.Count == 0 ? 0 : Found[0].Number;

    public bool HasUnread { get; private set; }

    public string Look => At.Path($"notices?handler=List{(After is null ? "" : $"&after={After}")}");

    public Task OnGetAsync() => Load();

    public async Task<IActionResult> OnGetListAsync()
    {
        await Load();
        return Partial("_NoticeList", this);
    }

    /// <summary>Leads to what one is about, and marks it as read.</summary>
    public async Task<IActionResult> OnGetOpenAsync(long notice)
    {
        if (await views.One(Me, notice, Gone) is not { } found)
        {
            return Redirect(At.Path("notices"));
        }

        if (found.Unread)
        {
            await Ask<ReadNotices, Done>(new ReadNotices(Number: notice));
        }

        return Redirect(At.Path(found.Kind switch
        {
            NoticeKind.LinkChanged => $"links/{found.Link}",
            NoticeKind.Parked => "health",
            _ => found.TicketNumber is { } number ? $"tickets/{number}" : "offers",
        }));
    }

    public async Task<IActionResult> OnPostReadAsync(long upTo)
    {
        var read = await Ask<ReadNotices, Done>(new ReadNotices(UpTo: upTo));
        if (read.Ok)
        {
            return Redirect(At.Path("notices"));
        }

        await Load();
        return Page();
    }

    public string Said(NoticeView notice) => words.Of(notice);

    private async Task Load()
    {
        var page = await views.List(Me, new PageAsk(Rows, After is null ? null : Cursor.TryParse(After)), Gone);
        (Found, Next) = (page.Items, page.Next);
        HasUnread = await views.Unread(Me, 1, Gone) > 0;
    }
}
