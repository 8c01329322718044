using Exchange.Core.Accounts;
using Exchange.Core.Kernel;
using Exchange.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace Exchange.Core.Links;

/// <summary>An invitation, as whoever holds its code may read it.</summary>
/// <param name="State"><c>invited</c> while it can be answered.</param>
/// <param name="OnlyFor">The one company that may accept; null when whoever holds the code may.</param>
/// <param name="InvitedBy">The person or key that sent it; absent where it was not kept.</param>
public sealed record InvitationView(AccountRef Inviter, AccountRef? OnlyFor, string State, Terms Terms, string? InvitedBy, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt);

/// <summary>Shows an invitation before it is answered: one signs terms that one has read.</summary>
public sealed class InvitationViews(IDialect dialect, TimeProvider time)
{
    /// <summary>Null when no invitation has this code. The link is nobody's but the inviter's yet, so the code alone, 160 random bits, lets in.</summary>
    public async Task<InvitationView?> Find(string code, CancellationToken ct)
    {
        var hash = Link.HashOf(code);
        await using var db = dialect.Read();
        var row = await (
            from link in db.Links
            where link.InviteHash == hash
            join inviter in db.Accounts on link.Inviter equals inviter.Id
            join terms in db.Terms on new { link.Id, Version = 1 } equals new { Id = terms.Link, terms.Version }
            from only in db.Accounts.Where(a => a.Id == link.InvitedAccount).DefaultIfEmpty()
            select new { link, terms, Inviter = inviter.Name, Only = only == null ? null : only.Name }).SingleOrDefaultAsync(ct);
        return row is null ? null : new InvitationView(
            new AccountRef(row.link.Inviter, row.Inviter),
            row.link.InvitedAccount is { } bound ? new AccountRef(bound, row.Only!) : null,
            row.link.StateAt(time.Present()).Word(), row.terms.Terms, row.terms.Proposer?.Name, row.link.CreatedAt, row.link.ExpiresAt);
    }
}
