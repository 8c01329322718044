using Exchange.Core.Links;
using Exchange.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace Exchange.Core.Handoffs;

/// <summary>What follows by itself from a state, and when: rows in the database, so they survive everything.</summary>
internal static class Deadlines
{
    public static async ValueTask Set(IUnit unit, Handoff handoff)
    {
        if (handoff is { IsSealed: true, Withheld: true })
        {
            // Nobody will open it any more.
            await unit.Db.SealedOffers.Where(s => s.Handoff == handoff.Id).ExecuteDeleteAsync();
        }

        switch (handoff.State)
        {
            case HandoffState.Resolved:
                var terms = await Sharables.TermsOf(unit, handoff.Id);
                Add(unit, handoff, DueTimer.ConfirmByTerms, TimeSpan.FromDays(terms.ConfirmAfterDays), ofThisVersion: true);
                if (terms.Climb && handoff.Parent is not null)
                {
                    Add(unit, handoff, DueTimer.Climb, TimeSpan.Zero, ofThisVersion: true);
                }

                break;
            case HandoffState.RecallRequested:
                Add(unit, handoff, DueTimer.AgreeBySilence, TimeSpan.FromDays((await Sharables.TermsOf(unit, handoff.Id)).RecallSilenceDays), ofThisVersion: true);
                await AskChildrenBack(unit, handoff);
                break;
            case HandoffState.Recalled:
                await AskChildrenBack(unit, handoff);
                break;
            case HandoffState.Closed:
                handoff.ReopenUntil = unit.Now + TimeSpan.FromDays((await Sharables.TermsOf(unit, handoff.Id)).ReopenWithinDays);
                break;
            case HandoffState.Declined or HandoffState.Expired when await unit.Db.RouteRules.AnyAsync(r => r.Account == handoff.Placer && r.Automatic):
                AtOnce(unit, handoff, DueTimer.Reroute);
                break;
        }
    }

    public static void Offered(IUnit unit, Handoff handoff, Terms terms)
    {
        if (handoff.AcceptBy is { } due)
        {
            unit.Db.Add(DueTimer.Of(handoff, DueTimer.ExpireOffer, due, unit.Now, ofThisVersion: false));
        }

        if (terms.Acceptance == "automatic")
        {
            Add(unit, handoff, DueTimer.AcceptByTerms, TimeSpan.Zero, ofThisVersion: false);
        }
    }

    private static async ValueTask AskChildrenBack(IUnit unit, Handoff handoff)
    {
        if (await unit.Db.Handoffs.AnyAsync(h => h.Parent == handoff.Id && h.OverAt == null))
        {
            AtOnce(unit, handoff, DueTimer.RecallChildren);
        }
    }

    /// <summary>What goes over other links does not stand still with this one.</summary>
    private static void AtOnce(IUnit unit, Handoff handoff, string kind) => unit.Db.Add(DueTimer.For(kind, handoff.Id.Value, unit.Now, unit.Now));

    private static void Add(IUnit unit, Handoff handoff, string kind, TimeSpan after, bool ofThisVersion) =>
        unit.Db.Add(DueTimer.Of(handoff, kind, unit.Now + after, unit.Now, ofThisVersion));
}
