using Exchange.Core.Accounts;
using Exchange.Core.Kernel;
using Exchange.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace Exchange.Core.Links;

/// <summary>One side that has the link suspended.</summary>
/// <param name="Name">The person or key that did it.</param>
public sealed record SuspendedByView(AccountRef Account, string Name, DateTimeOffset Since, string? Reason);

/// <summary>Terms that wait for an answer.</summary>
/// <param name="WaitingFor">The side that signs or rejects them.</param>
public sealed record ProposalView(int Version, AccountRef ProposedBy, DateTimeOffset ProposedAt, AccountRef WaitingFor);

/// <param name="Role"><c>inviter</c> or <c>invitee</c>: what the caller is.</param>
/// <param name="Partner">The other company; absent while nobody has accepted.</param>
/// <param name="InvitedAccount">The one company that may accept, where the invitation is bound to one.</param>
/// <param name="Terms">Those in force; of an invitation those it came with.</param>
/// <param name="Proposals">Other terms that wait for a signature, newest first.</param>
/// <param name="DrainsUntil">When notice was given: when the link ends.</param>
/// <param name="EndedBy">Who gave notice, or ended it at once.</param>
/// <param name="Allowed">The commands open to the caller now.</param>
public sealed record LinkView(
    LinkId Id,
    string State,
    string Role,
    AccountRef? Partner,
    AccountRef? InvitedAccount,
    Terms Terms,
    IReadOnlyList<ProposalView> Proposals,
    IReadOnlyList<SuspendedByView> SuspendedBy,
    DateTimeOffset CreatedAt,
    DateTimeOffset? ExpiresAt,
    DateTimeOffset? ActiveSince,
    DateTimeOffset? DrainsUntil,
    DateTimeOffset? EndedAt,
    AccountRef? EndedBy,
    string? EndReason,
    IReadOnlyList<string> Allowed,
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
        var mine = db.Links.Where(Mine.Links(caller));
        if (state is { } wanted)
        {
            mine = mine.Where(l => l.State == wanted);
        }

        if (page.After is { } after)
        {
            var last = new LinkId(after.Id);
            mine = mine.Where(l => l.Id < last);
        }

        // Those one sent and those one took are each in order by an index of its own; both at once are in order by none.
        var found = await mine.Where(l => l.Inviter == caller.Account).OrderByDescending(l => l.Id).Select(l => l.Id).Take(page.Limit + 1).ToListAsync(ct);
        found.AddRange(await mine.Where(l => l.Invitee == caller.Account).OrderByDescending(l => l.Id).Select(l => l.Id).Take(page.Limit + 1).ToListAsync(ct));
        List<LinkId> ids = [.. found.OrderByDescending(id => id.Value).Take(page.Limit + 1)];
        var rows = ids.Count == 0 ? [] : await Rows(db, caller, db.Links.Where(l => ids.Contains(l.Id)), page.Limit + 1, ct);
        return Page.Of(rows, page, l => new Cursor(0, l.Id.Value));
    }

    private async Task<List<LinkView>> Rows(ExchangeDb db, Caller caller, IQueryable<Link> links, int most, CancellationToken ct)
    {
        var rows = await (
            from link in links.OrderByDescending(l => l.Id).Take(most)
            join terms in db.Terms on new { link.Id, Version = link.TermsVersion } equals new { Id = terms.Link, terms.Version }
            join inviter in db.Accounts on link.Inviter equals inviter.Id
            from invitee in db.Accounts.Where(a => a.Id == link.Invitee).DefaultIfEmpty()
            from bound in db.Accounts.Where(a => a.Id == link.InvitedAccount).DefaultIfEmpty()
            select new Row(link, terms.Terms, inviter.Name, invitee == null ? null : invitee.Name, bound == null ? null : bound.Name)).ToListAsync(ct);
        var standing = rows.Where(r => r.Link.State is LinkState.Active or LinkState.Suspended).Select(r => r.Link.Id).ToList();
        var suspensions = (standing.Count == 0 ? [] : await db.Suspensions.Where(s => standing.Contains(s.Link) && s.Until == null).OrderBy(s => s.Since).ToListAsync(ct))
            .ToLookup(s => s.Link);
        var proposals = (standing.Count == 0 ? [] : await db.Terms.Where(t => standing.Contains(t.Link) && t.SignedAt == null && t.Dropped == null)
            .OrderByDescending(t => t.Version).ToListAsync(ct)).ToLookup(t => t.Link);
        var now = time.Present();
        return [.. rows.OrderByDescending(r => r.Link.Id.Value).Select(r => Show(r, caller, [.. suspensions[r.Link.Id]], proposals[r.Link.Id], now))];
    }

    private static LinkView Show(Row row, Caller caller, IReadOnlyList<Suspension> suspensions, IEnumerable<TermsVersion> proposals, DateTimeOffset now)
    {
        var link = row.Link;
        var party = link.PartyOf(caller.Account);
        AccountRef Ref(AccountId id) => id == link.Inviter ? new(id, row.Inviter) : new(id, row.Invitee!);
        var partner = party == Party.Invitee ? Ref(link.Inviter)
            : link.Invitee is { } invitee && link.State is not LinkState.Declined ? Ref(invitee) : null;
        var state = link.StateAt(now);
        return new LinkView(
            link.Id,
            state.Word(),
            party == Party.Inviter ? "inviter" : "invitee",
            partner,
            link.InvitedAccount is { } bound ? new AccountRef(bound, row.Bound!) : null,
            row.Terms,
            [.. proposals.Select(t => new ProposalView(t.Version, Ref(t.ProposedBy), t.ProposedAt ?? link.CreatedAt, Ref(link.OtherThan(t.ProposedBy))))],
            [.. suspensions.Select(s => new SuspendedByView(Ref(s.By), s.Actor.Name, s.Since, s.Reason))],
            link.CreatedAt,
            link.State == LinkState.Invited ? link.ExpiresAt : null,
            link.ActiveSince,
            link.DrainsUntil,
            link.EndedAt,
            link.EndedBy is { } by ? Ref(by) : null,
            link.EndReason,
            [.. LinkTable.Allowed(state, party, suspensions.Any(s => s.By == caller.Account)).Select(c => c.Name())],
            link.Version);
    }

    private sealed record Row(Link Link, Terms Terms, string Inviter, string? Invitee, string? Bound);
}
