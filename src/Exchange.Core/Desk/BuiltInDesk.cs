using Exchange.Contracts.V1;
using Exchange.Core.Events;
using Exchange.Core.Files;
using Exchange.Core.Handoffs;
using Exchange.Core.Kernel;
using Exchange.Core.Live;
using Exchange.Core.Relay;
using Exchange.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace Exchange.Core.Desk;

/// <summary>The built-in desk behind the port. What it is told is written in the teller's own unit of work.</summary>
public sealed partial class BuiltInDesk(FileBell bell, Changes changes) : IDesk
{
    public string Kind => "built-in";

    public async ValueTask<Outcome<IncomingHandoff>> Incoming(IUnit unit, AccountId account, TicketId ticket)
    {
        var found = await unit.Db.Tickets.Where(t => t.Id == ticket && t.Account == account)
            .Select(t => new { t.IsMirror, t.Incoming }).SingleOrDefaultAsync();
        return found is null ? Fault.NotFound("ticket") : new IncomingHandoff(found.IsMirror ? found.Incoming : null, found.Incoming);
    }

    public async ValueTask<Outcome<TicketSnapshot>> Snapshot(IUnit unit, AccountId account, TicketId ticket, Picks picks, bool reopen = false)
    {
        await unit.LockTicket(ticket);
        var t = await unit.Db.Tickets.AsTracking().SingleAsync(x => x.Id == ticket && x.Account == account);
        if (t.Status == TicketStatus.Closed && reopen)
        {
            t.SetStatus(TicketStatus.Open);
        }
        else if (t.Status == TicketStatus.Closed)
        {
            return new Fault(Codes.TicketClosed, "This ticket is closed: open it again before you hand it over.");
        }

        var comments = new List<PickedComment>();
        foreach (var id in picks.Comments)
        {
            var text = await Picking.Text(unit, ticket, id, notesToo: false);
            if (!text.Ok)
            {
                return text.Fault;
            }

            comments.Add(new PickedComment(id, text.Value));
        }

        var files = await PickFiles(unit, ticket, picks.Files, null);
        if (!files.Ok)
        {
            return files.Fault;
        }

        return Copy(t, picks, comments, files.Value, picks.Fields.Count == 0 ? [] : await FieldViews.ToShare(unit, ticket, picks.Fields));
    }

    /// <summary>What goes along of a ticket: what is always shown of it, and what was picked.</summary>
    internal static TicketSnapshot Copy(
        Ticket t, Picks picks, IReadOnlyList<PickedComment> comments, IReadOnlyList<PickedFile> files, IReadOnlyList<FieldData> fields) => new(
        Numbers.Show(t.Number),
        t.Subject,
        t.Description,
        t.Priority.Word(),
        picks.Contact && t.Contact is { } c ? new ContactData(c.Name, c.Email, c.Phone) : null,
        picks.Asset && t.Asset is { } a ? new AssetData(a.Name, a.Serial, a.Location) : null,
        comments,
        files,
        fields);

    public async ValueTask<TicketTraits?> Traits(IUnit unit, AccountId account, TicketId ticket) =>
        await unit.Db.Tickets.SingleOrDefaultAsync(t => t.Id == ticket && t.Account == account) is { } found
            ? new TicketTraits(found.Category, found.Asset?.Name)
            : null;

    public async ValueTask<Outcome<PickedTalk>> Pick(IUnit unit, DeskTicket ticket, Guid? comment, IReadOnlyList<FileId> files)
    {
        string? body = null;
        if (comment is { } source)
        {
            var text = await Picking.Text(unit, ticket.Ticket, source, notesToo: false);
            if (!text.Ok)
            {
                return text.Fault;
            }

            body = text.Value;
        }

        var picked = await PickFiles(unit, ticket.Ticket, files, ticket.Handoff);
        return picked.Ok ? new PickedTalk(body, picked.Value) : picked.Fault;
    }

    public async ValueTask Bind(IUnit unit, BoundHandoff handoff)
    {
        // Offering the ticket again deals with whatever came back before.
        await unit.Db.TicketHandoffs.Where(h => h.Ticket == handoff.Ticket).ExecuteUpdateAsync(s => s.SetProperty(h => h.DealtWith, true));
        unit.Db.Add(Tie(handoff, handoff.Ticket, HandoffState.Offered));
    }

    public async ValueTask<MirrorTicket> OpenMirror(IUnit unit, BoundHandoff handoff, OfferedData offer)
    {
        if (handoff.Ticket != default)
        {
            return await ReopenMirror(unit, handoff, offer);
        }

        var ticket = Mirror(handoff.Account, handoff.Id, offer, await unit.NextTicketNumber(handoff.Account), unit.Now);
        Book.Add(unit, ticket);
        changes.Ticket(unit, ticket.Account, ticket.Id);
        Recorder.Ticket(unit, ticket.Account, ticket.Id, "opened");
        unit.Db.Add(Tie(handoff, ticket.Id, HandoffState.Offered));
        return new MirrorTicket(ticket.Id, Numbers.Show(ticket.Number));
    }

    /// <summary>The ticket that an offer becomes in the desk of who took it.</summary>
    internal static Ticket Mirror(AccountId account, HandoffId handoff, OfferedData offer, long number, DateTimeOffset now) => new()
    {
        Id = new TicketId(Ids.New(now)),
        Account = account,
        Number = number,
        Subject = offer.Subject,
        Description = offer.Description,
        Priority = Words<Priority>.Parse(offer.Priority),
        Contact = offer.Contact is { } c ? new Contact(c.Name, c.Email, c.Phone) : null,
        Asset = offer.Asset is { } a ? new Asset(a.Name, a.Serial, a.Location) : null,
        Received = offer.Fields,
        Incoming = handoff,
        IsMirror = true,
        CreatedAt = now,
        ChangedAt = now,
    };

    private async ValueTask<MirrorTicket> ReopenMirror(IUnit unit, BoundHandoff handoff, OfferedData offer)
    {
        await unit.LockTicket(handoff.Ticket);
        var ticket = await unit.Db.Tickets.AsTracking().SingleAsync(t => t.Id == handoff.Ticket && t.Account == handoff.Account);
        (ticket.Incoming, ticket.IsMirror, ticket.ChangedAt, ticket.Received) = (handoff.Id, true, unit.Now, offer.Fields ?? ticket.Received);
        ticket.SetStatus(TicketStatus.New);
        changes.Ticket(unit, ticket.Account, ticket.Id);
        unit.Db.Add(Tie(handoff, ticket.Id, HandoffState.Offered));
        return new MirrorTicket(ticket.Id, Numbers.Show(ticket.Number));
    }

    public async ValueTask<Fault?> Tell(
        IUnit unit, DeskTicket ticket, HandoffState state, IReadOnlyList<Entry> entries, IReadOnlyDictionary<Guid, Guid>? origins = null)
    {
        changes.Ticket(unit, ticket.Account, ticket.Ticket);
        var items = entries.Select(e => (Entry: e, Item: Item.Of(e))).Where(x => x.Item is not null).ToList();
        if (items.Count > 0)
        {
            await unit.StoreItems(ticket.Ticket, items.ConvertAll(x => Store(ticket, x.Entry, x.Item!, origins)));
        }

        foreach (var entry in entries)
        {
            await TellFiles(unit, ticket, entry, origins);
            if (entry.Body.Data is RetractedData retracted)
            {
                await unit.Db.Items.Where(i => i.Handoff == ticket.Handoff && i.Seq == retracted.Seq && i.Desk == ticket.Side)
                    .ExecuteUpdateAsync(s => s.SetProperty(i => i.Retracted, true).SetProperty(i => i.Body, ""));
            }
        }

        if (entries.Count == 0 || entries.Any(e => e.Body.Data is IStateEntry))
        {
            await Follow(unit, ticket, state, entries);
        }

        return null;
    }

    private static PartnerItem Store(DeskTicket ticket, Entry entry, Item item, IReadOnlyDictionary<Guid, Guid>? origins) => new()
    {
        Handoff = ticket.Handoff,
        Seq = entry.Seq,
        Desk = ticket.Side,
        Ticket = ticket.Ticket,
        Id = entry.OpId,
        Kind = item.Kind,
        Body = item.Body,
        AuthorSide = entry.Side,
        AuthorKind = entry.Body.Actor.Kind,
        AuthorId = entry.Body.Actor.Id,
        AuthorName = entry.Body.Actor.Name,
        At = entry.Body.At,
        DerivedFrom = origins is not null && origins.TryGetValue(entry.OpId, out var source) ? source : null,
    };

    private static TicketHandoff Tie(BoundHandoff handoff, TicketId ticket, HandoffState state) => new()
    {
        Ticket = ticket,
        Handoff = handoff.Id,
        Side = handoff.Side,
        Partner = handoff.Partner,
        PartnerNumber = handoff.PartnerNumber,
        State = state,
    };

    /// <summary>Moves the ticket's status after its handoffs (semantics 5).</summary>
    /// <param name="entries">None where the present state flows beside entries that are held up.</param>
    private static async ValueTask Follow(IUnit unit, DeskTicket told, HandoffState present, IReadOnlyList<Entry> entries)
    {
        await unit.Flush();
        await unit.LockTicket(told.Ticket);
        var ticket = await unit.Db.Tickets.AsTracking().SingleAsync(t => t.Id == told.Ticket);
        var known = await (
            from h in unit.Db.TicketHandoffs.AsTracking()
            where h.Ticket == told.Ticket
            join handoff in unit.Db.Handoffs on h.Handoff equals handoff.Id
            select new { Tie = h, handoff.Ball, handoff.DueAt }).ToListAsync();
        var ties = known.ConvertAll(k => k.Tie);
        var tie = ties.Single(h => h.Handoff == told.Handoff);
        if (entries.Count == 0 && tie.Jump(present))
        {
            Restate(unit, ticket, ties);
        }

        foreach (var entry in entries)
        {
            tie.PartnerNumber = told.Side != Side.Placer ? tie.PartnerNumber : entry.Body.Data switch
            {
                AcceptedData accepted => accepted.TicketNumber,
                CounterAcceptedData accepted => accepted.TicketNumber,
                _ => tie.PartnerNumber,
            };

            // Where it was no news, what a person has set since stays.
            if (entry.Body.Data is IStateEntry move && tie.Follow(Words<HandoffState>.Parse(move.State), entry.Seq))
            {
                Restate(unit, ticket, ties);
            }
        }

        Outlook.Note(ticket, known.ConvertAll(k => new Step(k.Tie.Side, k.Ball, k.DueAt)));
    }

    /// <summary>After each move, not once for all that came: how much the relay brings at once must not show.</summary>
    private static void Restate(IUnit unit, Ticket ticket, List<TicketHandoff> ties)
    {
        var placed = ties.Where(h => h.Side == Side.Placer).ToList();
        if (ticket.IsMirror && ties.SingleOrDefault(h => h.Handoff == ticket.Incoming) is { } incoming)
        {
            ticket.IsMirror = StatusRules.StaysMirror(incoming.State, placed.Exists(h => h.IsOpen));
            if (ticket.IsMirror)
            {
                ticket.SetStatus(StatusRules.OfMirror(incoming.State));
            }
        }

        if (!ticket.IsMirror)
        {
            ticket.SetStatus(StatusRules.OfOwn(ticket.Status, [.. placed.Select(h => (h.State, h.DealtWith))]));
        }

        ticket.ChangedAt = unit.Now;
    }
}
