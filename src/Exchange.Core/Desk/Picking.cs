using Exchange.Contracts.V1;
using Exchange.Core.Handoffs;
using Exchange.Core.Kernel;
using Exchange.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace Exchange.Core.Desk;

/// <summary>Picking copies what was said or uploaded before, for another audience. It is an act of a person.</summary>
internal static class Picking
{
    /// <summary>The text of a comment of this ticket. An internal note is refused unless the copy stays internal.</summary>
    public static async ValueTask<Outcome<string>> Text(IUnit unit, TicketId ticket, Guid comment, bool notesToo)
    {
        if (await unit.Db.Messages.SingleOrDefaultAsync(m => m.Id == comment && m.Ticket == ticket) is { } message)
        {
            return Unretracted(message.Body, message.Retracted);
        }

        if (await unit.Db.Entries.Where(e => e.OpId == comment).Select(e => new { e.Handoff, e.Seq }).SingleOrDefaultAsync() is { } place
            && await unit.Db.Items.SingleOrDefaultAsync(i => i.Handoff == place.Handoff && i.Seq == place.Seq && i.Ticket == ticket) is { } item)
        {
            return Unretracted(item.Body, item.Retracted);
        }

        if (await unit.Db.Notes.SingleOrDefaultAsync(n => n.Id == comment && n.Ticket == ticket) is { } note)
        {
            return notesToo
                ? Unretracted(note.Body, note.Retracted)
                : new Fault(Codes.AudienceForbidden, "An internal note cannot be passed on: write what the reader may know in a new comment.");
        }

        return Fault.NotFound("comment on this ticket");
    }

    /// <summary>A file is passed on when its bytes are there and checked.</summary>
    public static Fault NotYet(DeskFile file) =>
        new(Codes.AudienceForbidden, $"The file {file.Name} is {file.State.Word()}: it can be passed on when it is available.");

    private static Outcome<string> Unretracted(string body, bool retracted) =>
        retracted ? new Fault(Codes.AudienceForbidden, "This comment was retracted: there is nothing to pass on.") : body;
}

/// <summary>A file for a further audience: a record of its own that refers to the same bytes.</summary>
internal static class Copies
{
    public static async ValueTask<DeskFile> Make(IUnit unit, DeskFile source, Actor author, Audience audience, HandoffId? handoff, FileId? shared)
    {
        var copy = new DeskFile
        {
            Id = new FileId(Ids.New(unit.Now)),
            Ticket = source.Ticket,
            Account = source.Account,
            Number = await unit.NextItemNumber(source.Ticket),
            Name = source.Name,
            Size = source.Size,
            ContentType = source.ContentType,
            Sha256 = source.Sha256,
            Blob = source.Blob,
            Audience = audience,
            Handoff = handoff,
            Shared = shared,
            DerivedFrom = source.Id,
            CameBy = source.CameBy,
            State = source.State,
            Author = author,
            At = unit.Now,
        };
        unit.Db.Add(copy);
        await unit.CountBlob(source.Blob);
        return copy;
    }
}
