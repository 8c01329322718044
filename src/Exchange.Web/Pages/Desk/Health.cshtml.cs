using Exchange.Core.Accounts;
using Exchange.Core.Handoffs;
using Exchange.Core.Kernel;
using Exchange.Core.Relay;
using Exchange.Core.Store;
using Exchange.Web.Shell;
using Microsoft.AspNetCore.Mvc;

namespace Exchange.Web.Pages.Desk;

/// <summary>What is stuck at our own desk and what to do about it; how links and desks keep up.</summary>
[Sees(Roles.Any)]
public sealed class HealthModel(HealthViews health, ParkedViews parked, HandoffViews handoffs) : DeskPage
{
    /// <summary>Of each cause so many are shown; all of them can be tried again at once.</summary>
    private const int Shown = 20;

    /// <summary>The cause whose items stand open.</summary>
    [BindProperty(SupportsGet = true, Name = "cause")]
    public string? Cause { get; set; }

    [BindProperty(SupportsGet = true, Name = "skip")]
    public Guid? Skip { get; set; }

    [BindProperty(Name = "id")]
    public Guid Id { get; set; }

    [BindProperty(Name = "note")]
    public string? Note { get; set; }

    public HealthView Health { get; private set; } = null!;

    public IReadOnlyList<CauseView> Causes { get; private set; } = [];

    /// <summary>Of the cause that stands open, and of those that stand alone.</summary>
    public ILookup<string, ParkedView> Items { get; private set; } = null!;

    /// <summary>Own ticket numbers by handoff.</summary>
    public IReadOnlyDictionary<HandoffId, HandoffView> Handoffs { get; private set; } = new Dictionary<HandoffId, HandoffView>();

    public int Parked => Causes.Sum(c => c.Count);

    public bool MayRetry => May<RetryParked>();

    public Task OnGetAsync() => Load();

    public async Task<IActionResult> OnGetListAsync()
    {
        await Load();
        return Partial("_HealthList", this);
    }

    public async Task<IActionResult> OnPostRetryAsync() => await Then(await Ask<RetryParked, HandoffId>(new RetryParked(new HandoffId(Id))), T["It is tried again."]);

    public async Task<IActionResult> OnPostSkipAsync()
    {
        Skip = Id;
        return await Then(await Ask<SkipParked, HandoffId>(new SkipParked(new HandoffId(Id), Entered.Text(Note))), T["Passed over. The partner reads your note, and what waited follows."]);
    }

    /// <summary>Page after page, each a unit of work of its own.</summary>
    public async Task<IActionResult> OnPostRetryAllAsync()
    {
        var (now, tried) = (Show.Now, 0);
        while (true)
        {
            var page = await Ask<RetryParkedCause, Retried>(new RetryParkedCause(Cause, now));
            if (!page.Ok)
            {
                await Load();
                return Page();
            }

            tried += page.Value.Count;
            if (page.Value.Count < RetryParkedCauseDeed.Most)
            {
                Toast = T.Count("{0} are tried again.", tried);
                return Redirect(At.Path("health"));
            }
        }
    }

    public string Age(long seconds) => seconds == 0 ? "–" : Show.Span(TimeSpan.FromSeconds(seconds));

    private async Task<IActionResult> Then(Outcome<HandoffId> outcome, string done)
    {
        if (!outcome.Ok)
        {
            await Load();
            return Page();
        }

        Toast = done;
        return Redirect(At.Path("health"));
    }

    private async Task Load()
    {
        Health = await health.Of(Me, Gone);
        Causes = await parked.Causes(Me, Gone);
        var items = new List<ParkedView>();
        foreach (var cause in Causes.Where(c => c.Count == 1 || c.Cause == Cause))
        {
            items.AddRange((await parked.List(Me, cause.Cause, new PageAsk(Shown, null), Gone)).Items);
        }

        Items = items.ToLookup(i => i.Cause, StringComparer.Ordinal);
        Handoffs = (await handoffs.Some(Me, [.. items.Select(i => i.HandoffId)], Gone)).ToDictionary(h => h.Id);
    }
}
