using Exchange.Core.Kernel;
using Exchange.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace Exchange.Core.Links;

/// <summary>The steps that all answers to proposed terms share.</summary>
public sealed class TermsAnswers(LinkCommands commands)
{
    /// <param name="answer">Signed, rejected or withdrawn.</param>
    public async ValueTask<Outcome<TermsId>> Give(IUnit unit, Caller caller, LinkId id, int version, long? seen, TermsState answer)
    {
        var opened = await LinkCommands.Open(unit, caller, id);
        if (!opened.Ok)
        {
            return opened.Fault;
        }

        var (scene, link) = (opened.Value, opened.Value.Link);
        var open = await unit.Db.Terms.AsTracking().Where(t => t.Link == id && (t.Version == version || (t.SignedAt == null && t.Dropped == null))).ToListAsync();
        if (open.SingleOrDefault(t => t.Version == version) is not { } terms)
        {
            return Fault.NotFound("version of the terms");
        }

        // Side, link, version, and only then what has become of it: the order of all commands.
        var own = terms.Refusal(answer, caller.Account);
        if ((own?.Code == Codes.Forbidden ? own : scene.Decide(LinkCommand.ProposeTerms, seen) ?? own) is { } refused)
        {
            return link.Refuse(refused.Code, refused.Detail, caller.Account, scene.Suspending, unit.Now);
        }

        Answer(scene, terms, open, answer);
        commands.Tell(unit, link, $"terms_{answer.Word()}", caller);
        return TermsId.Of(version);
    }

    private static void Answer(LinkScene scene, TermsVersion terms, IEnumerable<TermsVersion> open, TermsState answer)
    {
        var (actor, now) = (scene.Caller.Actor, scene.Unit.Now);
        if (answer != TermsState.Signed)
        {
            terms.Drop(answer, actor, now);
            scene.Link.Renew();
            return;
        }

        terms.Sign(actor, now);
        foreach (var older in open.Where(t => t.Version < terms.Version))
        {
            older.Drop(TermsState.Superseded, null, now);
        }

        scene.Link.Renew(inForce: terms.Version);
    }
}
