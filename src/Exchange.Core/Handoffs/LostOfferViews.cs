using Exchange.Contracts.V1;
using Exchange.Core.Kernel;
using Exchange.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace Exchange.Core.Handoffs;

/// <summary>A handoff of the caller's that came to nothing, and whose ticket nobody has offered again since.</summary>
/// <param name="Reason">Why the partner declined or returned it; absent where it ran out.</param>
/// <param name="Text">What the partner said beside that.</param>
public sealed record LostOffer(HandoffView Handoff, string? Reason, string? Text);

/// <summary>What a placer has to give to somebody else.</summary>
public sealed class LostOfferViews(IDialect dialect, HandoffViews handoffs)
{
    /// <summary>Newest first; what lies back further is looked for in the list of tickets.</summary>
    private const int Most = 20;

    public async Task<IReadOnlyList<LostOffer>> List(Caller caller, CancellationToken ct)
    {
        await using var db = dialect.Read();
        var ids = new List<HandoffId>();
        foreach (var state in (HandoffState[])[HandoffState.Declined, HandoffState.Expired, HandoffState.Returned])
        {
            // A later handoff of the same ticket dealt with it.
            ids.AddRange(await db.Handoffs.Where(Mine.Handoffs(caller)).Where(h => h.Placer == caller.Account && h.State == state
                    && !db.Handoffs.Any(later => later.Placer == caller.Account && later.PlacerTicket == h.PlacerTicket && later.Id > h.Id))
                .OrderByDescending(h => h.Id).Select(h => h.Id).Take(Most).ToListAsync(ct));
        }

        var shown = await handoffs.Some(caller, [.. ids.OrderByDescending(id => id.Value).Take(Most)], ct);
        var lost = shown.Select(h => h.Id).ToList();
        string[] types = [EntryTypes.Declined, EntryTypes.Returned];
        var why = lost.Count == 0 ? [] : (await db.Entries.Where(e => lost.Contains(e.Handoff) && types.Contains(e.Type)).ToListAsync(ct)).ToDictionary(e => e.Handoff, e => e.Body.Data);
        return [.. shown.Select(h => why.GetValueOrDefault(h.Id) switch
        {
            DeclinedData declined => new LostOffer(h, declined.Reason, declined.Text),
            ReturnedData returned => new LostOffer(h, returned.Reason, returned.Text),
            _ => new LostOffer(h, null, null),
        })];
    }
}
