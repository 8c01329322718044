using Exchange.Core.Accounts;
using Exchange.Core.Kernel;
using Exchange.Core.Store;
using FluentValidation;

namespace Exchange.Core.Links;

/// <summary>Suspends a link: what is said meanwhile is kept, commands are refused, and clocks stand still. Both sides may.</summary>
/// <param name="Reason">For the partner too.</param>
[AllowedTo(Roles.LinkAdmin)]
public sealed record SuspendLink(LinkId Link, string? Reason, long? IfVersion) : IAsk<LinkId>, IAboutLink;

public sealed class SuspendLinkRules : AbstractValidator<SuspendLink>
{
    public SuspendLinkRules() => RuleFor(x => x.Reason).MaximumLength(Link.MaxReason);
}

public sealed class SuspendLinkDeed(LinkCommands commands) : IDeed<SuspendLink, LinkId>
{
    public async ValueTask<Outcome<LinkId>> Do(SuspendLink ask, Caller caller, IUnit unit)
    {
        var opened = await LinkCommands.Open(unit, caller, ask.Link);
        if (!opened.Ok)
        {
            return opened.Fault;
        }

        var (scene, link) = (opened.Value, opened.Value.Link);
        if (scene.Decide(LinkCommand.Suspend, ask.IfVersion) is { } refused)
        {
            return refused;
        }

        if (scene.Suspending)
        {
            // It is as it was wanted; who suspended first, and why, stays.
            return link.Id;
        }

        link.Suspend(unit.Now);
        unit.Db.Add(new Suspension { Id = Ids.New(unit.Now), Link = link.Id, By = caller.Account, Actor = caller.Actor, Reason = ask.Reason, Since = unit.Now });
        commands.Tell(unit, link, "suspended", caller);
        return link.Id;
    }
}
