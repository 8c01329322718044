using Exchange.Core.Accounts;
using Exchange.Core.Kernel;
using Exchange.Core.Store;

namespace Exchange.Core.Links;

/// <summary>Signs terms that the other side proposed: they are in force from now on. Handoffs stay under the terms they were offered under.</summary>
[AllowedTo(Roles.LinkAdmin)]
public sealed record SignTerms(LinkId Link, int Version, long? IfVersion) : IAsk<TermsId>, IAboutLink;

public sealed class SignTermsDeed(TermsAnswers answers) : IDeed<SignTerms, TermsId>
{
    public ValueTask<Outcome<TermsId>> Do(SignTerms ask, Caller caller, IUnit unit) =>
        answers.Give(unit, caller, ask.Link, ask.Version, ask.IfVersion, TermsState.Signed);
}
