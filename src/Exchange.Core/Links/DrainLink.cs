using Exchange.Core.Accounts;
using Exchange.Core.Kernel;
using Exchange.Core.Store;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace Exchange.Core.Links;

/// <summary>Gives notice: nothing new is offered over the link, what is open goes on, and when the notice has run out the link ends.</summary>
/// <param name="Reason">For the partner too.</param>
[AllowedTo(Roles.LinkAdmin)]
public sealed record DrainLink(LinkId Link, string? Reason, long? IfVersion) : IAsk<LinkId>, IAboutLink;

public sealed class DrainLinkRules : AbstractValidator<DrainLink>
{
    public DrainLinkRules() => RuleFor(x => x.Reason).MaximumLength(Link.MaxReason);
}

public sealed class DrainLinkDeed(LinkCommands commands) : IDeed<DrainLink, LinkId>
{
    public async ValueTask<Outcome<LinkId>> Do(DrainLink ask, Caller caller, IUnit unit)
    {
        var opened = await LinkCommands.Open(unit, caller, ask.Link);
        if (!opened.Ok)
        {
            return opened.Fault;
        }

        var (scene, link) = (opened.Value, opened.Value.Link);
        if (scene.Decide(LinkCommand.Drain, ask.IfVersion) is { } refused)
        {
            return refused;
        }

        var terms = (await unit.Db.Terms.SingleAsync(t => t.Link == link.Id && t.Version == link.TermsVersion)).Terms;
        var until = unit.Now + TimeSpan.FromDays(terms.NoticeDays);
        link.Drain(caller.Account, ask.Reason, until);
        unit.Db.Add(DueTimer.For(DueTimer.EndDrain, link.Id.Value, until, unit.Now));
        await commands.EndSuspensions(scene);
        commands.Tell(unit, link, "draining", caller);
        return link.Id;
    }
}
