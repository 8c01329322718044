using Exchange.Core.Accounts;
using Exchange.Core.Kernel;
using Exchange.Core.Store;

namespace Exchange.Core.Links;

/// <summary>Takes back terms that the own side proposed and nobody has answered.</summary>
[AllowedTo(Roles.LinkAdmin)]
public sealed record WithdrawTerms(LinkId Link, int Version, long? IfVersion) : IAsk<TermsId>, IAboutLink;

public sealed class WithdrawTermsDeed(TermsAnswers answers) : IDeed<WithdrawTerms, TermsId>
{
    public ValueTask<Outcome<TermsId>> Do(WithdrawTerms ask, Caller caller, IUnit unit) =>
        answers.Give(unit, caller, ask.Link, ask.Version, ask.IfVersion, TermsState.Withdrawn);
}
