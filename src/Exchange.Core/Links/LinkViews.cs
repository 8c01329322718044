using Exchange.Core.Accounts;
using Exchange.Core.Kernel;
using Exchange.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace Exchange.Core.Links;

/// <param name="Role"><c>inviter</c> or <c>invitee</c>: what the caller is.</param>
/// <param name="Partner">The other company; absent while nobody has accepted.</param>
public sealed record LinkView(
    LinkId Id,
    string State,
    string Role,
    AccountRef? Partner,
    Terms Terms,
    IReadOnlyList<AccountRef> SuspendedBy,
    DateTimeOffset CreatedAt,
    DateTimeOffset? ExpiresAt,
    DateTimeOffset? ActiveSince,
    DateTimeOffset? EndedAt,
    long Version);

public sealed class LinkViews(IDialect dialect, TimeProvider time)
{
    public async Task<LinkView?> One(Caller caller, LinkId id, CancellationToken ct)
    {
        await using var db = dialect.Read();
        return (await Rows(db, caller, db.Links.Where(Mine.Links(caller)).Where(l => l.Id == id), 1, ct)).FirstOrDefault();
    }

    /// <summary>Newest first.</summary>
    public async Task<Page<LinkView>> List(Caller caller, LinkState? state, PageAsk page, CancellationToken ct)
    {
        await using var db = dialect.Read();
        var links = db.Links.Where(Mine.Links(caller));
        if (state is { } wanted)
        {
            links = links.Where(l => l.State == wanted);
        }

        if (page.After is { } after)
        {
            var last = new LinkId(after.Id);
            links = links.Where(l => l.Id < last);
        }

        var rows = await Rows(db, caller, links, page.Limit + 1, ct);
        return Page.Of(rows, page, l => new Cursor(0, l.Id.Value));
    }

    private async Task<List<LinkView>> Rows(ExchangeDb db, Caller caller, IQueryable<Link> links, int most, CancellationToken ct)
    {
        var rows = await (
            from link in links.OrderByDescending(l => l.Id).Take(most)
            join terms in db.Terms on new { link.Id, Version = link.TermsVersion } equals new { Id = terms.Link, terms.Version }
            join inviter in db.Accounts on link.Inviter equals inviter.Id
            from invitee in db.Accounts.Where(a => a.Id == link.Invitee).DefaultIfEmpty()
            select new { link, terms.Terms, Inviter = inviter.Name, Invitee = invitee == null ? null : invitee.Name }).ToListAsync(ct);
        var now = time.GetUtcNow();
        return [.. rows.OrderByDescending(r => r.link.Id.Value).Select(r =>
        {
            var own = r.link.Inviter == caller.Account;
            var partner = own
                ? r.link.Invitee is { } id && r.link.State is not LinkState.Declined ? new AccountRef(id, r.Invitee!) : null
                : new AccountRef(r.link.Inviter, r.Inviter);
            var state = r.link.State == LinkState.Invited && r.link.ExpiresAt <= now ? LinkState.Expired : r.link.State;
            return new LinkView(r.link.Id, state.Word(), own ? "inviter" : "invitee", partner, r.Terms, [], r.link.CreatedAt,
                r.link.State == LinkState.Invited ? r.link.ExpiresAt : null, r.link.ActiveSince, r.link.EndedAt, r.link.Version);
        })];
    }
}
