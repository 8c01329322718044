using Exchange.Contracts.V1;
using Exchange.Core.Handoffs;
using Exchange.Core.Kernel;
using Exchange.Core.Relay;
using Exchange.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace Exchange.Core.Quality;

/// <summary>
/// The steps that rating, changing and replying share. They happen after the end, so neither the state table nor the link's state
/// has a say: on a suspended link they are kept, as talk is.
/// </summary>
public sealed class RatingTalk(Appender appender, Desks desks)
{
    /// <summary>Locks, loads, and refuses the wrong side and a version that is not the present one.</summary>
    public static async ValueTask<Outcome<Scene>> Enter(IUnit unit, Caller caller, HandoffId id, long? seen, Side only, string what)
    {
        if (await unit.LockHandoff(id) is not { } head || head.SideOf(caller.Account) is not { } side)
        {
            return Fault.NotFound("handoff");
        }

        var scene = new Scene(await unit.Db.Handoffs.SingleAsync(h => h.Id == id), head, side, caller, unit);
        if (side != only)
        {
            return scene.Refuse(Codes.Forbidden, $"{what} is for the {only.Word()}, and you are the {side.Word()}.");
        }

        return seen is { } version && version != head.Version
            ? scene.Refuse(Codes.VersionConflict, $"The handoff is at version {head.Version}, and you saw {version}: read it again and decide.")
            : scene;
    }

    /// <summary>Enters what is said and tells the speaker's own desk, in the same unit of work.</summary>
    /// <returns>The entry's number.</returns>
    public async ValueTask<Outcome<long>> Say(Scene scene, IEntryData fact)
    {
        var (unit, head) = (scene.Unit, scene.Head);
        var entries = await appender.Append(unit, head, scene.Side, scene.Caller.Actor, fact);
        if (head.BondOf(scene.Side) is { } bond
            && await desks.Of(bond.DeskKind).Tell(unit, new DeskTicket(head.Id, scene.Side, bond.Account, bond.Ticket), head.State, entries) is { } refused)
        {
            return refused;
        }

        return entries[0].Seq;
    }

    /// <summary>Keeps the placer's own note: null leaves it as it is, an empty one removes it.</summary>
    public static async ValueTask Note(Scene scene, string? text)
    {
        if (text is null)
        {
            return;
        }

        var (db, id) = (scene.Unit.Db, scene.Head.Id);
        var note = await db.RatingNotes.AsTracking().SingleOrDefaultAsync(n => n.Handoff == id);
        if (string.IsNullOrWhiteSpace(text))
        {
            db.RemoveRange(note is null ? [] : [note]);
        }
        else if (note is null)
        {
            db.Add(new RatingNote { Handoff = id, Text = text, Author = scene.Caller.Actor, At = scene.Unit.Now });
        }
        else
        {
            (note.Text, note.Author, note.At) = (text, scene.Caller.Actor, scene.Unit.Now);
        }
    }
}
