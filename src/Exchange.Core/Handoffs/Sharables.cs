using Exchange.Core.Kernel;
using Exchange.Core.Links;
using Exchange.Core.Relay;
using Exchange.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace Exchange.Core.Handoffs;

/// <summary>What the terms let go over a handoff. Nothing is dropped silently: what they forbid refuses the whole.</summary>
public static class Sharables
{
    /// <summary>The refusal of these files, or null when all of them may go.</summary>
    public static async ValueTask<Fault?> Refusal(IUnit unit, HandoffId handoff, IReadOnlyList<PickedFile> files)
    {
        if (files.Count == 0)
        {
            return null;
        }

        // Back to where it came from is not onward.
        return (await TermsOf(unit, handoff)).Share.Files
            ? await StaysHere(unit, [.. files.Where(f => f.CameByHandoff != handoff)])
            : Forbidden("files");
    }

    /// <summary>A file that came over a link goes onward only where the terms it came under say so.</summary>
    public static async ValueTask<Fault?> StaysHere(IUnit unit, IReadOnlyList<PickedFile> files)
    {
        foreach (var from in files.Select(f => f.CameByHandoff).OfType<HandoffId>().Distinct())
        {
            if (!(await TermsOf(unit, from)).Onward.Files)
            {
                return Forbidden("files that a partner sent");
            }
        }

        return null;
    }

    public static Fault Forbidden(string what) =>
        new(Codes.ShareForbidden, $"The terms do not let {what} go over this link: leave it out, or agree on other terms.");

    /// <summary>The terms that a handoff stays under.</summary>
    public static async ValueTask<Terms> TermsOf(IUnit unit, HandoffId id) => (await (
        from handoff in unit.Db.Handoffs
        where handoff.Id == id
        join terms in unit.Db.Terms on new { handoff.Link, Version = handoff.TermsVersion } equals new { terms.Link, terms.Version }
        select terms).SingleAsync()).Terms;
}
