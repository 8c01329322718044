using System.Globalization;
using Exchange.Core.Accounts;
using Exchange.Core.Kernel;
using Exchange.Core.Quality;
using Exchange.Web.Shell;
using Microsoft.AspNetCore.Mvc;

namespace Exchange.Web.Pages.Desk;

/// <summary>The scorecard of a partner for what we handed to it, or ours as it sees it.</summary>
[Sees(Roles.Any)]
public sealed class PartnerModel(ScorecardViews scorecards, LatestRatingViews ratings) : DeskPage
{
    /// <summary>One column of the chart.</summary>
    /// <param name="Share">0 to 1; null where nothing was due.</param>
    public sealed record Month(string Name, int Handoffs, double? Share);

    public static readonly IReadOnlyList<int> Periods = [1, 3, 6, 12];

    [BindProperty(SupportsGet = true, Name = "id")]
    public Guid Id { get; set; }

    /// <summary>How many months back.</summary>
    [BindProperty(SupportsGet = true, Name = "months")]
    public int Months { get; set; } = 6;

    /// <summary>The other way round: our figures, as they see them.</summary>
    [BindProperty(SupportsGet = true, Name = "own")]
    public bool Own { get; set; }

    public ScorecardView Card { get; private set; } = null!;

    public IReadOnlyList<Month> Chart { get; private set; } = [];

    public IReadOnlyList<LatestRating> Latest { get; private set; } = [];

    public Figures Figures => Card.Figures;

    public AccountRef Partner => Own ? Card.Placer : Card.Fulfiller;

    public async Task<IActionResult> OnGetAsync()
    {
        Months = Periods.Contains(Months) ? Months : 6;
        var partner = new AccountId(Id);
        var today = Show.Local(Show.Now);
        var first = new DateTime(today.Year, today.Month, 1, 0, 0, 0, DateTimeKind.Unspecified).AddMonths(1 - Months);
        if (await scorecards.One(Me, partner, Own, Begins(first), null, Gone) is not { } card)
        {
            return NotFound();
        }

        Card = card;
        var chart = new List<Month>();
        for (var i = 0; i < Months; i++)
        {
            var month = first.AddMonths(i);
            var figures = (await scorecards.One(Me, partner, Own, Begins(month), Begins(month.AddMonths(1)), Gone))!.Figures;
            chart.Add(new Month(month.ToString("MMM", CultureInfo.CurrentCulture), figures.Offered, Kept(figures.ResolveBy)));
        }

        Chart = chart;
        Latest = await ratings.List(Me, partner, Own, 5, Gone);
        return Page();
    }

    public static double? Kept(ClockFigures clock) => clock.Kept + clock.Missed == 0 ? null : (double)clock.Kept / (clock.Kept + clock.Missed);

    public string Share(double? share) => share is { } s ? T["{0:0} %", s * 100] : "–";

    public string Took(double? seconds) => seconds is { } s ? Show.Span(TimeSpan.FromSeconds(s)) : "–";

    /// <summary>The whole in a sentence.</summary>
    public string Sentence()
    {
        var (name, f) = (Card.Fulfiller.Name, Figures);
        return f.Offered == 0 ? T["{0} was handed nothing in this period.", name]
            : (Kept(f.ResolveBy), f.AcceptTime.Median) switch
            {
                ({ } kept, { } median) => T["{0} solves {1} on time and answers offers in {2}.", name, Share(kept), Took(median)],
                (null, { } median) => T["{0} answers offers in {1}. Nothing that it solved had a time.", name, Took(median)],
                _ => T["{0} has taken nothing of {1} offers yet.", name, f.Offered],
            };
    }

    private DateTimeOffset Begins(DateTime day) => new DateTimeOffset(day, At.Zone.GetUtcOffset(day)).ToUniversalTime();
}
