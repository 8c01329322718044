using Exchange.Core.Accounts;
using Exchange.Core.Events;
using Exchange.Core.Kernel;
using Exchange.Core.Live;
using Exchange.Core.Store;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace Exchange.Core.Links;

/// <summary>Invites a company to link, with the first version of the terms. The code may be accepted once.</summary>
/// <param name="Account">The one company that may accept, by its slug or id; left out, whoever holds the code may.</param>
[AllowedTo(Roles.LinkAdmin)]
public sealed record InvitePartner(TermsAsk? Terms, string? Account = null) : IAsk<Invited>, ISecretAnswer;

/// <param name="InviteCode">Shown this once: send it to the partner.</param>
public sealed record Invited(LinkId Id, string State, string InviteCode, DateTimeOffset ExpiresAt, long Version) : IAnswer<Invited>
{
    public Guid Thing => Id.Value;

    public static Invited Replayed(Guid thing) => throw new InvalidOperationException("An answer with a secret is never given twice.");
}

public sealed class InvitePartnerRules : AbstractValidator<InvitePartner>
{
    public InvitePartnerRules() => RuleFor(x => x.Terms!).SetValidator(new TermsAskRules()).When(x => x.Terms is not null);
}

public sealed class InvitePartnerDeed(Changes changes) : IDeed<InvitePartner, Invited>
{
    public async ValueTask<Outcome<Invited>> Do(InvitePartner ask, Caller caller, IUnit unit)
    {
        var bound = await Bound(ask.Account, caller, unit);
        if (!bound.Ok)
        {
            return bound.Fault;
        }

        var code = Link.NewCode();
        var link = new Link
        {
            Id = new LinkId(Ids.New(unit.Now)),
            Inviter = caller.Account,
            InvitedAccount = bound.Value.Account,
            InviteHash = Link.HashOf(code),
            ExpiresAt = unit.Now + Link.Validity,
            CreatedAt = unit.Now,
            TermsVersion = 1,
        };
        unit.Db.Add(link);
        unit.Db.Add(new TermsVersion
        {
            Link = link.Id,
            Version = 1,
            ProposedBy = caller.Account,
            ProposedAt = unit.Now,
            Proposer = caller.Actor,
            Terms = ask.Terms?.Filled(1) ?? Terms.Default,
        });
        changes.Link(unit, caller.Account, link.Id);
        Recorder.Link(unit, caller.Account, link.Id, "invited");
        unit.Db.Add(DueTimer.For(DueTimer.ExpireInvitation, link.Id.Value, link.ExpiresAt, unit.Now));
        return new Invited(link.Id, link.State.Word(), code, link.ExpiresAt, link.Version);
    }

    private static async ValueTask<Outcome<For>> Bound(string? named, Caller caller, IUnit unit)
    {
        if (named is null)
        {
            return new For(null);
        }

        var id = Guid.TryParseExact(named, "D", out var guid) ? new AccountId(guid) : default;
        var found = await unit.Db.Accounts.Where(a => a.Id == id || a.Slug == named).Select(a => (AccountId?)a.Id).FirstOrDefaultAsync();
        if (found is not { } account)
        {
            return Fault.Invalid("account", "There is no such company on this exchange: name it by its slug or id, or leave it out.");
        }

        if (account == caller.Account)
        {
            return Fault.Invalid("account", "This is your own company: a link needs another one.");
        }

        var pair = Link.PairOf(caller.Account, account);
        return await unit.Db.Links.AnyAsync(l => l.Pair == pair) ? AcceptInvitationDeed.Linked : new For(account);
    }

    private sealed record For(AccountId? Account);
}
