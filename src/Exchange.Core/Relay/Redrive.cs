using Exchange.Core.Handoffs;
using Exchange.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace Exchange.Core.Relay;

/// <summary>Lets the relay go on with bonds that were parked.</summary>
internal static class Redrive
{
    /// <summary>They begin anew: what failed before is forgotten. The receipt stays until the next one takes its place.</summary>
    public static async ValueTask Free(IUnit unit, IQueryable<Bond> bonds) => await bonds.ExecuteUpdateAsync(s => s
        .SetProperty(b => b.ParkedAt, (DateTimeOffset?)null)
        .SetProperty(b => b.ParkedCause, (string?)null)
        .SetProperty(b => b.Attempts, 0)
        .SetProperty(b => b.NextAttemptAt, (DateTimeOffset?)null));

    /// <summary>At once, and not only when the sweeper comes by.</summary>
    public static async ValueTask Ring(IUnit unit, Ring ring, IReadOnlyList<Bond> bonds)
    {
        var next = new List<Entry>();
        foreach (var bond in bonds)
        {
            next.AddRange(await unit.ReadEntries(bond.Handoff, bond.AppliedSeq, 1));
        }

        unit.AfterCommit(() => ring.Post(next));
    }
}
