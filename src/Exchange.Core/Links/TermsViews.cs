using Exchange.Core.Accounts;
using Exchange.Core.Kernel;
using Exchange.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace Exchange.Core.Links;

/// <summary>Who of which company, and when.</summary>
/// <param name="Name">The person or key; absent where it was not kept.</param>
public sealed record HandView(AccountRef Account, string? Name, DateTimeOffset At);

/// <summary>One version of a link's terms.</summary>
/// <param name="State">proposed, signed, rejected, withdrawn or superseded.</param>
/// <param name="InForce">Whether offers are made under it now.</param>
/// <param name="ProposedBy">Proposing is the first signature.</param>
/// <param name="AnsweredBy">Who signed (then it is the second signature), rejected or withdrew it.</param>
/// <param name="Allowed">The answers open to the caller now: sign, reject or withdraw.</param>
/// <param name="Against">In one version alone: what it is compared with; absent where there is nothing before it.</param>
/// <param name="Differences">In one version alone: in what it differs from that.</param>
/// <param name="LinkVersion">The link's version: its ETag, and what <c>If-Match</c> of an answer names.</param>
public sealed record TermsView(
    int Version,
    string State,
    bool InForce,
    HandView ProposedBy,
    HandView? AnsweredBy,
    Terms Terms,
    IReadOnlyList<string> Allowed,
    int? Against,
    IReadOnlyList<TermsDifference>? Differences,
    long LinkVersion);

public sealed class TermsViews(IDialect dialect)
{
    /// <summary>Newest first; null when the link is not the caller's.</summary>
    public async Task<Page<TermsView>?> List(Caller caller, LinkId id, PageAsk page, CancellationToken ct)
    {
        await using var db = dialect.Read();
        if (await Find(db, caller, id, ct) is not { } link)
        {
            return null;
        }

        var before = page.After?.Number ?? int.MaxValue;
        var rows = await db.Terms.Where(t => t.Link == id && t.Version < before).OrderByDescending(t => t.Version).Take(page.Limit + 1).ToListAsync(ct);
        return Page.Of(rows.ConvertAll(t => Show(caller, link, t)), page, t => new Cursor(t.Version, default));
    }

    /// <summary>One version, with its difference to another, or to the one that was in force before it.</summary>
    public async Task<Outcome<TermsView>> One(Caller caller, LinkId id, int version, int? against, CancellationToken ct)
    {
        await using var db = dialect.Read();
        if (await Find(db, caller, id, ct) is not { } link)
        {
            return Fault.NotFound("link");
        }

        if (await db.Terms.SingleOrDefaultAsync(t => t.Link == id && t.Version == version, ct) is not { } terms)
        {
            return Fault.NotFound("version of the terms");
        }

        var other = against is { } named
            ? await db.Terms.SingleOrDefaultAsync(t => t.Link == id && t.Version == named, ct)
            : await Before(db, link.Link, terms, ct);
        return against is not null && other is null
            ? Fault.Invalid("against", $"This link has no version {against} of its terms.")
            : Show(caller, link, terms) with { Against = other?.Version, Differences = other is null ? [] : TermsDifference.Between(other.Terms, terms.Terms) };
    }

    /// <summary>What was in force when this version was signed, or dropped; of an open one, what is in force now.</summary>
    private static Task<TermsVersion?> Before(ExchangeDb db, Link link, TermsVersion terms, CancellationToken ct)
    {
        var others = db.Terms.Where(t => t.Link == link.Id && t.Version != terms.Version && t.SignedAt != null);
        return ((terms.SignedAt ?? terms.DroppedAt) is { } end
            ? others.Where(t => t.SignedAt < end || (t.SignedAt == end && t.Version < terms.Version)).OrderByDescending(t => t.SignedAt).ThenByDescending(t => t.Version)
            : others.Where(t => t.Version == link.TermsVersion)).FirstOrDefaultAsync(ct);
    }

    private static TermsView Show(Caller caller, Linked linked, TermsVersion t)
    {
        var link = linked.Link;
        AccountRef Ref(AccountId id) => id == link.Inviter ? new(id, linked.Inviter) : new(id, linked.Invitee ?? "");
        var answered = t.SignedAt ?? (t.Dropped is TermsState.Rejected or TermsState.Withdrawn ? t.DroppedAt : null);
        return new TermsView(
            t.Version,
            t.State.Word(),
            t.Version == link.TermsVersion && t.State == TermsState.Signed,
            new HandView(Ref(t.ProposedBy), t.Proposer?.Name, t.ProposedAt ?? link.CreatedAt),
            answered is { } at ? new HandView(Ref(t.Dropped == TermsState.Withdrawn ? t.ProposedBy : link.OtherThan(t.ProposedBy)), t.Answerer?.Name, at) : null,
            t.Terms,
            LinkTable.Find(link.State, LinkCommand.ProposeTerms, link.PartyOf(caller.Account)) is null ? [] : t.Allowed(caller.Account),
            null,
            null,
            link.Version);
    }

    private static Task<Linked?> Find(ExchangeDb db, Caller caller, LinkId id, CancellationToken ct) => (
        from link in db.Links.Where(Mine.Links(caller)).Where(l => l.Id == id)
        join inviter in db.Accounts on link.Inviter equals inviter.Id
        from invitee in db.Accounts.Where(a => a.Id == link.Invitee).DefaultIfEmpty()
        select new Linked(link, inviter.Name, invitee == null ? null : invitee.Name)).SingleOrDefaultAsync(ct);

    private sealed record Linked(Link Link, string Inviter, string? Invitee);
}
