using Exchange.Core.Kernel;
using Exchange.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace Exchange.Core.Handoffs;

/// <param name="Links">In the order in which they are asked.</param>
public sealed record RouteView(
    Guid Id, string Name, string? Category, string? Asset, IReadOnlyList<LinkId> Links, bool Automatic, RouteShare Share, int? AcceptWithinHours);

public sealed class RouteViews(IDialect dialect)
{
    public async Task<RouteView?> One(Caller caller, RouteId id, CancellationToken ct)
    {
        await using var db = dialect.Read();
        return await db.RouteRules.SingleOrDefaultAsync(r => r.Id == id.Value && r.Account == caller.Account, ct) is { } rule ? Show(rule) : null;
    }

    /// <summary>Newest first.</summary>
    public async Task<Page<RouteView>> List(Caller caller, PageAsk page, CancellationToken ct)
    {
        await using var db = dialect.Read();
        var rules = db.RouteRules.Where(r => r.Account == caller.Account);
        if (page.After is { } after)
        {
            rules = rules.Where(r => r.Id < after.Id);
        }

        var rows = await rules.OrderByDescending(r => r.Id).Take(page.Limit + 1).ToListAsync(ct);
        return Page.Of(rows.ConvertAll(Show), page, r => new Cursor(0, r.Id));
    }

    private static RouteView Show(RouteRule r) =>
        new(r.Id, r.Name, r.Category, r.Asset, r.Links, r.Automatic, new RouteShare(r.ShareContact, r.ShareAsset), r.AcceptWithinHours);
}
