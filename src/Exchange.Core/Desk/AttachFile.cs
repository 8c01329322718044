using System.Text.Json.Serialization;
using Exchange.Core.Accounts;
using Exchange.Core.Files;
using Exchange.Core.Handoffs;
using Exchange.Core.Kernel;
using Exchange.Core.Live;
using Exchange.Core.Store;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace Exchange.Core.Desk;

/// <summary>Puts an uploaded file on a ticket. For a partner it is announced at once; by default only the own company has it.</summary>
/// <param name="Stored">Where its bytes lie already. Not part of what makes two uploads the same request: its hash is.</param>
[AllowedTo(Roles.Work)]
public sealed record AttachFile(
    TicketId Ticket, string? Audience, HandoffId? ToHandoff, string Name, string ContentType, long Size, string Sha256, [property: JsonIgnore] BlobId Stored)
    : IAsk<FileId>, IAboutTicket;

public sealed class AttachFileRules : AbstractValidator<AttachFile>
{
    public AttachFileRules()
    {
        RuleFor(x => x.Audience).Word(default(Audience));
        RuleFor(x => x.ToHandoff).Null().When(x => x.Audience is null or "internal" or "customer").OverridePropertyName("handoffId")
            .WithMessage("'handoffId' goes with the audience partner alone.");
        RuleFor(x => x.Name).NotEmpty().OverridePropertyName("file").WithMessage("The file needs a name.");
    }
}

public sealed class AttachFileDeed(FileAnnouncer announcer, Changes changes) : IDeed<AttachFile, FileId>
{
    public async ValueTask<Outcome<FileId>> Do(AttachFile ask, Caller caller, IUnit unit)
    {
        var audience = Words<Audience>.TryParse(ask.Audience) ?? Audience.Internal;
        if (await unit.ReadTies(ask.Ticket, caller.Account) is not { } ties)
        {
            return Fault.NotFound("ticket");
        }

        var id = new FileId(Ids.New(unit.Now));
        HandoffId? to = null;
        FileId? shared = null;
        if (audience == Audience.Partner)
        {
            var open = ties.Where(t => t.IsOpen).Select(t => (HandoffId?)t.Handoff).ToList();
            to = ask.ToHandoff ?? (open.Count == 1 ? open[0] : null);
            if (to is null)
            {
                return Fault.Invalid("handoffId", open.Count == 0
                    ? "This ticket has no open handoff, so there is no partner to send a file to."
                    : "This ticket has several open handoffs: 'Handoff Id' says to which partner the file goes.");
            }

            if (!ties.Any(t => t.Handoff == to))
            {
                return Fault.NotFound("handoff");
            }
        }

        // The row of the bytes comes first: what is announced refers to it.
        unit.Db.Add(new Blob { Id = ask.Stored, Sha256 = ask.Sha256, Size = ask.Size, Count = 1, StoredAt = unit.Now });
        if (to is { } handoff)
        {
            var announced = await announcer.Announce(
                unit, caller, handoff, new Relay.PickedFile(id, ask.Stored, ask.Name, ask.Size, ask.ContentType, ask.Sha256, null, null));
            if (!announced.Ok)
            {
                return announced.Fault;
            }

            shared = announced.Value.Id;
        }

        var ticket = (await unit.LockTicket(ask.Ticket))!;
        if (audience == Audience.Customer && ticket.IsMirror)
        {
            return new Fault(Codes.AudienceForbidden, "This ticket came from a partner, and its customer is the partner's: send the file to the partner instead.");
        }

        unit.Db.Add(new DeskFile
        {
            Id = id,
            Ticket = ask.Ticket,
            Account = caller.Account,
            Number = await unit.NextItemNumber(ask.Ticket),
            Name = ask.Name,
            Size = ask.Size,
            ContentType = ask.ContentType,
            Sha256 = ask.Sha256,
            Blob = ask.Stored,
            Audience = audience,
            Handoff = to,
            Shared = shared,
            Author = caller.Actor,
            At = unit.Now,
        });
        changes.Ticket(unit, caller.Account, ask.Ticket);
        return id;
    }
}
