using Exchange.Contracts.V1;
using Exchange.Core.Files;
using Exchange.Core.Handoffs;
using Exchange.Core.Kernel;
using Exchange.Core.Relay;
using Exchange.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace Exchange.Core.Desk;

/// <summary>What it does with files: those that come, and those that were picked to go.</summary>
public sealed partial class BuiltInDesk
{
    /// <summary>A file of the partner becomes a pending file of this ticket; one of one's own a copy of what was picked.</summary>
    private async ValueTask TellFiles(IUnit unit, DeskTicket ticket, Entry entry, IReadOnlyDictionary<Guid, Guid>? origins)
    {
        var (announced, comment) = entry.Body.Data switch
        {
            FileAddedData d => ([d.File], false),
            CommentedData d => (d.Files, true),
            AnsweredData d => (d.Files, true),
            _ => ((IReadOnlyList<FileData>)[], false),
        };
        var position = 0;
        foreach (var file in announced)
        {
            var shared = new FileId(file.Id);
            await unit.Flush();
            var known = await unit.Db.Files.SingleOrDefaultAsync(f => f.Ticket == ticket.Ticket && f.Shared == shared)
                ?? (entry.Side == ticket.Side
                    ? await CopyOwn(unit, ticket, entry, shared, origins)
                    : await Receive(unit, ticket, entry, file, shared));
            if (comment && known is not null)
            {
                unit.Db.Add(new CommentFile { Ticket = ticket.Ticket, Comment = entry.OpId, File = known.Id, Position = position++ });
            }
        }
    }

    private static async ValueTask<DeskFile?> CopyOwn(IUnit unit, DeskTicket ticket, Entry entry, FileId shared, IReadOnlyDictionary<Guid, Guid>? origins)
    {
        if (origins is null || !origins.TryGetValue(shared.Value, out var source))
        {
            return null;
        }

        var from = new FileId(source);
        var original = await unit.Db.Files.SingleAsync(f => f.Id == from && f.Ticket == ticket.Ticket);
        return await Copies.Make(unit, original, entry.Body.Actor, Audience.Partner, ticket.Handoff, shared);
    }

    private async ValueTask<DeskFile> Receive(IUnit unit, DeskTicket ticket, Entry entry, FileData file, FileId shared)
    {
        var blob = await unit.Db.SharedFiles.Where(f => f.Id == shared && f.Handoff == ticket.Handoff).Select(f => f.Blob).SingleAsync();
        await unit.CountBlob(blob);
        var came = new DeskFile
        {
            Id = new FileId(Ids.New(unit.Now)),
            Ticket = ticket.Ticket,
            Account = ticket.Account,
            Number = await unit.NextItemNumber(ticket.Ticket),
            Name = file.Name,
            Size = file.Size,
            ContentType = file.ContentType,
            Sha256 = file.Sha256,
            Blob = blob,
            Audience = Audience.Partner,
            Handoff = ticket.Handoff,
            Shared = shared,
            CameBy = ticket.Handoff,
            State = FileState.Pending,
            Author = entry.Body.Actor,
            At = entry.Body.At,
        };
        unit.Db.Add(came);
        unit.AfterCommit(bell.Ring);
        return came;
    }

    /// <summary>Its id in a handoff of which it, or a copy of it, is an item already.</summary>
    private static async ValueTask<FileId?> SharedAs(IUnit unit, DeskFile file, HandoffId handoff) => file.Handoff == handoff
        ? file.Shared
        : await unit.Db.Files.Where(f => f.Ticket == file.Ticket && f.Handoff == handoff && f.DerivedFrom == file.Id).Select(f => f.Shared).FirstOrDefaultAsync();

    private static async ValueTask<Outcome<IReadOnlyList<PickedFile>>> PickFiles(
        IUnit unit, TicketId ticket, IReadOnlyList<FileId> ids, HandoffId? into)
    {
        var picked = new List<PickedFile>();
        foreach (var id in ids)
        {
            var file = await unit.Db.Files.SingleOrDefaultAsync(f => f.Id == id && f.Ticket == ticket);
            if (file is null)
            {
                return Fault.NotFound("file on this ticket");
            }

            if (file.State != FileState.Available)
            {
                return Picking.NotYet(file);
            }

            picked.Add(file.ToPick(into is { } handoff ? await SharedAs(unit, file, handoff) : null));
        }

        return picked;
    }
}
