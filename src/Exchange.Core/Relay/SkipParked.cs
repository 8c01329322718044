using Exchange.Contracts.V1;
using Exchange.Core.Accounts;
using Exchange.Core.Handoffs;
using Exchange.Core.Kernel;
using Exchange.Core.Store;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace Exchange.Core.Relay;

/// <summary>Passes over the one entry that one's own desk cannot take, and tells the partner so; what waited behind it follows.</summary>
/// <param name="Note">For the partner.</param>
[AllowedTo(Roles.LinkAdmin | Roles.Dispatcher)]
public sealed record SkipParked(HandoffId Handoff, string? Note) : IAsk<HandoffId>, IAboutHandoff;

public sealed class SkipParkedRules : AbstractValidator<SkipParked>
{
    public SkipParkedRules() => RuleFor(x => x.Note).Text();
}

public sealed class SkipParkedDeed(Appender appender, Desks desks) : IDeed<SkipParked, HandoffId>
{
    public async ValueTask<Outcome<HandoffId>> Do(SkipParked ask, Caller caller, IUnit unit)
    {
        if (await unit.LockHandoff(ask.Handoff) is not { } head || head.SideOf(caller.Account) is not { } side)
        {
            return Fault.NotFound("handoff");
        }

        // Under the handoff's lock, which the relay does not take while it holds a bond: so this way round nobody waits for another.
        var parked = unit.Db.Bonds.Where(Mine.Parked(caller)).Where(b => b.Handoff == ask.Handoff && b.Side == side);
        if (await parked.SingleOrDefaultAsync() is not { } known)
        {
            return Fault.NotFound("parked handoff");
        }

        if (known.NextAttemptAt > unit.Now)
        {
            // It waits to be told the state once more, and would not be taken before.
            await parked.ExecuteUpdateAsync(s => s.SetProperty(b => b.NextAttemptAt, (DateTimeOffset?)null));
        }

        if ((await unit.TakeBonds([ask.Handoff])).SingleOrDefault(b => b.Side == side && b.Parked) is not { } bond)
        {
            return new Fault(Codes.InFlight, "Something is being brought to this ticket right now: ask again in a moment.");
        }

        var stuck = (await unit.ReadEntries(ask.Handoff, bond.Applied, 1, side.Other())).Concat(await unit.ReadEntries(ask.Handoff, bond.Applied, 1, Side.Exchange))
            .MinBy(e => e.Seq)!;
        await PassOver(unit, bond, stuck, known.ParkedCause!);
        await Redrive.Free(unit, parked);
        var said = await appender.Append(unit, head, side, caller.Actor, new SkippedData(stuck.Seq, ask.Note));
        return await TellOwnDesk(unit, head, bond, stuck, said) is { } refused ? refused : ask.Handoff;
    }

    /// <summary>The cursor goes on behind it, and its sender is told that it was refused.</summary>
    private static async ValueTask PassOver(IUnit unit, DueBond bond, Entry stuck, string cause)
    {
        var reason = await unit.Db.Receipts.Where(r => r.Handoff == bond.Handoff && r.Seq == stuck.Seq && r.Side == bond.Side).Select(r => r.Reason).SingleOrDefaultAsync();
        await unit.MoveBond(bond, stuck.Seq);
        await unit.WriteReceipts([new Receipt
        {
            Handoff = bond.Handoff, Seq = stuck.Seq, Side = bond.Side, State = ReceiptState.Refused, Reason = reason ?? cause, At = unit.Now, Head = stuck.Hash,
        }]);
    }

    /// <summary>What was said here, and, where it was a change of state that was passed over, the state as it is.</summary>
    private async ValueTask<Fault?> TellOwnDesk(IUnit unit, HandoffHead head, DueBond bond, Entry stuck, IReadOnlyList<Entry> said)
    {
        var (desk, own) = (desks.Of(bond.DeskKind), new DeskTicket(bond.Handoff, bond.Side, bond.Account, bond.Ticket));
        return stuck.Body.Data is IStateEntry && bond.ToldVersion < head.Version && await desk.Tell(unit, own, head.State, []) is { } refused
            ? refused
            : await desk.Tell(unit, own, head.State, said);
    }
}
