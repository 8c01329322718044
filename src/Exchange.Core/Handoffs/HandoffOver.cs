using Exchange.Core.Kernel;
using Exchange.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace Exchange.Core.Handoffs;

internal static class HandoffOver
{
    /// <summary>The refusal of one who has something to say after the end, with what may still be done.</summary>
    public static async ValueTask<Fault> Refusal(IUnit unit, HandoffHead head, Side side, string what) =>
        (await unit.Db.Handoffs.SingleAsync(h => h.Id == head.Id)).Refuse(Codes.Over, $"The handoff is {head.State.Word()}: {what}", side, head.LinkState, unit.Now);
}
