using Exchange.Core.Accounts;
using Exchange.Core.Links;
using Exchange.Core.Quality;
using Exchange.Core.Store;
using Exchange.Web.Shell;

namespace Exchange.Web.Pages.Desk;

/// <summary>All companies that we are or were linked with, with the figures of the last 90 days.</summary>
[Sees(Roles.Any)]
public sealed class PartnersModel(LinkViews links, ScorecardViews scorecards) : DeskPage
{
    /// <summary>So many are reckoned at once.</summary>
    private const int Most = 50;

    /// <param name="Link">The newest link with it.</param>
    /// <param name="Given">Its figures for what we handed to it.</param>
    /// <param name="Taken">Ours for what it handed to us.</param>
    public sealed record Row(AccountRef Partner, LinkView Link, Figures Given, Figures Taken);

    public IReadOnlyList<Row> All { get; private set; } = [];

    public bool More { get; private set; }

    public async Task OnGetAsync()
    {
        var linked = (await links.List(Me, null, new PageAsk(PageAsk.MaxLimit, null), Gone)).Items.Where(l => l is { ActiveSince: not null, Partner: not null }).DistinctBy(l => l.Partner!.Id).ToList();
        More = linked.Count > Most;
        var rows = new List<Row>();
        foreach (var link in linked.Take(Most))
        {
            if (await scorecards.One(Me, link.Partner!.Id, own: false, null, null, Gone) is { } given && await scorecards.One(Me, link.Partner.Id, own: true, null, null, Gone) is { } taken)
            {
                rows.Add(new Row(link.Partner, link, given.Figures, taken.Figures));
            }
        }

        All = [.. rows.OrderBy(r => r.Partner.Name, StringComparer.CurrentCulture)];
    }

    public string Share(double? share) => share is { } s ? T["{0:0} %", s * 100] : "–";

    public string Kept(ClockFigures clock) => clock.Kept + clock.Missed == 0 ? "–" : Share((double)clock.Kept / (clock.Kept + clock.Missed));
}
