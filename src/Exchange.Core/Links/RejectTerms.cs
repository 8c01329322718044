using Exchange.Core.Accounts;
using Exchange.Core.Kernel;
using Exchange.Core.Store;

namespace Exchange.Core.Links;

/// <summary>Refuses terms that the other side proposed; those in force stay.</summary>
[AllowedTo(Roles.LinkAdmin)]
public sealed record RejectTerms(LinkId Link, int Version, long? IfVersion) : IAsk<TermsId>, IAboutLink;

public sealed class RejectTermsDeed(TermsAnswers answers) : IDeed<RejectTerms, TermsId>
{
    public ValueTask<Outcome<TermsId>> Do(RejectTerms ask, Caller caller, IUnit unit) =>
        answers.Give(unit, caller, ask.Link, ask.Version, ask.IfVersion, TermsState.Rejected);
}
