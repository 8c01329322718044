using Exchange.Core.Accounts;
using Exchange.Core.Kernel;
using Exchange.Core.Store;
using FluentValidation;

namespace Exchange.Core.Links;

/// <summary>Ends a link at once, without notice. Its open handoffs are severed one by one; mirrors stay as tickets of their own desks.</summary>
/// <param name="Reason">For the partner too.</param>
[AllowedTo(Roles.LinkAdmin)]
public sealed record TerminateLink(LinkId Link, string? Reason, long? IfVersion) : IAsk<LinkId>, IAboutLink;

public sealed class TerminateLinkRules : AbstractValidator<TerminateLink>
{
    public TerminateLinkRules() => RuleFor(x => x.Reason).MaximumLength(Link.MaxReason);
}

public sealed class TerminateLinkDeed(LinkCommands commands) : IDeed<TerminateLink, LinkId>
{
    public async ValueTask<Outcome<LinkId>> Do(TerminateLink ask, Caller caller, IUnit unit)
    {
        var opened = await LinkCommands.Open(unit, caller, ask.Link);
        if (!opened.Ok)
        {
            return opened.Fault;
        }

        var (scene, link) = (opened.Value, opened.Value.Link);
        if (scene.Decide(LinkCommand.Terminate, ask.IfVersion) is { } refused)
        {
            return refused;
        }

        link.Terminate(caller.Account, ask.Reason, unit.Now);
        await commands.EndSuspensions(scene);
        LinkCommands.Sever(unit, link.Id);
        commands.Tell(unit, link, "terminated", caller);
        return link.Id;
    }
}
