using Exchange.Core.Accounts;
using Exchange.Core.Kernel;
using Exchange.Core.Store;

namespace Exchange.Core.Links;

/// <summary>Ends the caller's own suspension. Once neither side has the link suspended, what was kept flows in order.</summary>
[AllowedTo(Roles.LinkAdmin)]
public sealed record ResumeLink(LinkId Link, long? IfVersion) : IAsk<LinkId>, IAboutLink;

public sealed class ResumeLinkDeed(LinkCommands commands) : IDeed<ResumeLink, LinkId>
{
    public async ValueTask<Outcome<LinkId>> Do(ResumeLink ask, Caller caller, IUnit unit)
    {
        var opened = await LinkCommands.Open(unit, caller, ask.Link);
        if (!opened.Ok)
        {
            return opened.Fault;
        }

        var (scene, link) = (opened.Value, opened.Value.Link);
        if (scene.Decide(LinkCommand.Resume, ask.IfVersion) is { } refused)
        {
            return refused;
        }

        foreach (var own in scene.Standing.Where(s => s.By == caller.Account))
        {
            own.Until = unit.Now;
        }

        link.Resume(stillBy: scene.Standing.Any(s => s.By != caller.Account));
        if (link.State == LinkState.Active)
        {
            await commands.Flow(scene);
        }

        commands.Tell(unit, link, "resumed", caller);
        return link.Id;
    }
}
