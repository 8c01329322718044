using Exchange.Core.Accounts;
using Exchange.Core.Kernel;
using Exchange.Core.Live;
using Exchange.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace Exchange.Core.Events;

/// <summary>
/// Gives numbers to events that were committed: of the entries of these handoffs, or those that are pending. One at a time in a
/// database, so numbers are committed in their order, and who reads after a number misses nothing.
/// </summary>
/// <param name="Handoffs">None for the pending ones.</param>
[AllowedTo(Roles.None)]
public sealed record NumberEvents(IReadOnlyList<HandoffId> Handoffs) : IAsk<Numbered>, IUpkeep;

/// <param name="More">Whether it stopped at its limit.</param>
public sealed record Numbered(bool More) : IAnswer<Numbered>
{
    public Guid Thing => Guid.Empty;

    public static Numbered Replayed(Guid thing) => new(false);
}

public sealed class NumberEventsDeed(Changes changes) : IDeed<NumberEvents, Numbered>
{
    /// <summary>Entries, or pending events, in one go.</summary>
    public const int Batch = 2000;

    public async ValueTask<Outcome<Numbered>> Do(NumberEvents ask, Caller caller, IUnit unit)
    {
        var last = await unit.LockEvents();
        var (accounts, count, more) = ask.Handoffs.Count == 0 ? await Pending(unit, last) : await OfEntries(unit, ask.Handoffs, last);
        if (count > 0)
        {
            await unit.CountEvents(last + count);
        }

        foreach (var account in accounts)
        {
            changes.Event(unit, account);
        }

        return new Numbered(more);
    }

    private static async ValueTask<(IReadOnlyCollection<AccountId> Accounts, int Count, bool More)> OfEntries(IUnit unit, IReadOnlyList<HandoffId> handoffs, long last)
    {
        var due = await unit.ReadDueEvents(handoffs, Batch);
        var events = due.SelectMany(d => d.Events()).ToList();
        await unit.WriteEvents(last + 1, events);
        await unit.MoveEvents([.. due.Select(d => d.After())]);
        return ([.. events.Select(e => e.Account).Distinct()], events.Count, due.Sum(d => d.Entries.Count) >= Batch);
    }

    private static async ValueTask<(IReadOnlyCollection<AccountId> Accounts, int Count, bool More)> Pending(IUnit unit, long last)
    {
        var pending = await unit.Db.PendingEvents.AsTracking().OrderBy(p => p.Id).Take(Batch).ToListAsync();
        unit.Db.RemoveRange(pending);
        unit.Db.AddRange(pending.Select((p, i) => new AccountEvent
        {
            Account = p.Account, Number = last + 1 + i, Type = p.Type, Subject = p.Subject, At = p.At, ByPerson = p.ByPerson, ForPerson = p.ForPerson,
        }));
        return ([.. pending.Select(p => p.Account).Distinct()], pending.Count, pending.Count == Batch);
    }
}
