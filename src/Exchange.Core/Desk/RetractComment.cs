using Exchange.Contracts.V1;
using Exchange.Core.Accounts;
using Exchange.Core.Handoffs;
using Exchange.Core.Kernel;
using Exchange.Core.Live;
using Exchange.Core.Relay;
using Exchange.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace Exchange.Core.Desk;

/// <summary>A person takes back what he wrote. A shared comment is retracted on the other side too: an entry says so.</summary>
[AllowedTo(Roles.Work)]
public sealed record RetractComment(Guid Comment) : IAsk<Said>;

public sealed class RetractCommentDeed(Appender appender, Desks desks, Changes changes) : IDeed<RetractComment, Said>
{
    public async ValueTask<Outcome<Said>> Do(RetractComment ask, Caller caller, IUnit unit)
    {
        if (await unit.Db.Notes.AsTracking().SingleOrDefaultAsync(n => n.Id == ask.Comment) is { } note && await Owns(unit, caller, note.Ticket))
        {
            if (!Wrote(caller, note.Author))
            {
                return NotHis;
            }

            (note.Retracted, note.Body) = (true, "");
            changes.Ticket(unit, caller.Account, note.Ticket);
            return new Said(ask.Comment, null);
        }

        if (await unit.Db.Messages.AsTracking().SingleOrDefaultAsync(m => m.Id == ask.Comment) is { } message && await Owns(unit, caller, message.Ticket))
        {
            if (!Wrote(caller, message.Author))
            {
                return NotHis;
            }

            (message.Retracted, message.Body) = (true, "");
            changes.Ticket(unit, caller.Account, message.Ticket);
            return new Said(ask.Comment, null);
        }

        return await Shared(ask, caller, unit);
    }

    private static Fault NotHis => new(Codes.Forbidden, "Only who wrote a comment may retract it; questions, answers and solutions stay, since work rests on them.");

    /// <summary>What a key wrote, its company wrote: another key of the company may retract it, since keys come and go.</summary>
    private static bool Wrote(Caller caller, Actor author) => author.Kind != "person" || (author.Kind == caller.Actor.Kind && author.Id == caller.Actor.Id);

    private static Task<bool> Owns(IUnit unit, Caller caller, TicketId ticket) =>
        unit.Db.Tickets.Where(Mine.Tickets(caller)).AnyAsync(t => t.Id == ticket);

    private async ValueTask<Outcome<Said>> Shared(RetractComment ask, Caller caller, IUnit unit)
    {
        var place = await unit.Db.Entries.Where(e => e.OpId == ask.Comment).Select(e => new { e.Handoff, e.Seq }).SingleOrDefaultAsync();
        if (place is null || await unit.LockHandoff(place.Handoff) is not { } head || head.SideOf(caller.Account) is not { } side)
        {
            return Fault.NotFound("comment");
        }

        var entry = (await unit.ReadEntries(place.Handoff, place.Seq - 1, 1))[0];
        if (side == Side.Fulfiller && entry.Seq > 1 && head.FulfillerBond is null && head.State.IsOver() && entry.Side != side)
        {
            return Fault.NotFound("comment");
        }

        if (entry.Side != side || Item.Of(entry) is not { Kind: "comment" } || !Wrote(caller, entry.Body.Actor))
        {
            return NotHis;
        }

        var bond = head.BondOf(side);
        if (await Gone(unit, place.Handoff, place.Seq, side, bond is not null))
        {
            return new Said(ask.Comment, null);
        }

        var entries = await appender.Append(unit, head, side, caller.Actor, new RetractedData(place.Seq));
        if (bond is not null && await desks.Of(bond.DeskKind).Tell(
            unit, new DeskTicket(head.Id, side, bond.Account, bond.Ticket), head.State, entries) is { } refused)
        {
            return refused;
        }

        return new Said(ask.Comment, null);
    }

    /// <summary>Whether it was retracted before: said once is enough. One's own ticket knows; without one the short log before accept does.</summary>
    private static async ValueTask<bool> Gone(IUnit unit, HandoffId handoff, long seq, Side side, bool hasTicket) => hasTicket
        ? await unit.Db.Items.AnyAsync(i => i.Handoff == handoff && i.Seq == seq && i.Desk == side && i.Retracted)
        : (await unit.Db.Entries.Where(e => e.Handoff == handoff && e.Seq > seq && e.Type == EntryTypes.Retracted).ToListAsync())
            .Exists(e => e.Body.Data is RetractedData data && data.Seq == seq);
}
