using Exchange.Core.Accounts;
using Exchange.Core.Handoffs;
using Exchange.Core.Kernel;
using Exchange.Core.Live;
using Exchange.Core.Store;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace Exchange.Core.Desk;

/// <summary>Writes on a ticket: for the own company (the default), for the customer, or for the partner of one handoff.</summary>
/// <param name="ToHandoff">May be left out when the ticket has one open handoff.</param>
[AllowedTo(Roles.Work)]
public sealed record CommentOnTicket(
    TicketId Ticket, string? Body, string? Audience, HandoffId? ToHandoff, IReadOnlyList<FileId>? Files, Guid? DerivedFrom, bool? Answers)
    : IAsk<Said>, IAboutTicket;

public sealed class CommentOnTicketRules : AbstractValidator<CommentOnTicket>
{
    public CommentOnTicketRules()
    {
        RuleFor(x => x.Body).NotEmpty().When(x => x.DerivedFrom is null);
        RuleFor(x => x.Body).Text();
        RuleFor(x => x.Audience).Word(default(Audience));
        RuleFor(x => x.ToHandoff).Null().When(x => x.Audience is null or "internal" or "customer").OverridePropertyName("handoffId")
            .WithMessage("'handoffId' goes with the audience partner alone.");
        RuleFor(x => x.Answers).NotEqual(true).When(x => x.Audience is null or "internal" or "customer")
            .WithMessage("'answers' goes with the audience partner alone.");
        RuleFor(x => x.Files).Must(ids => ids is null || (ids.Count <= 20 && ids.Distinct().Count() == ids.Count))
            .WithMessage("'files' names each file once, 20 at most.");
    }
}

public sealed class CommentOnTicketDeed(Talk talk, Changes changes) : IDeed<CommentOnTicket, Said>
{
    public async ValueTask<Outcome<Said>> Do(CommentOnTicket ask, Caller caller, IUnit unit)
    {
        var audience = Words<Audience>.TryParse(ask.Audience) ?? Audience.Internal;
        return audience == Audience.Partner ? await ToPartner(ask, caller, unit) : await AtHome(ask, caller, unit, audience);
    }

    private async ValueTask<Outcome<Said>> ToPartner(CommentOnTicket ask, Caller caller, IUnit unit)
    {
        if (ask.ToHandoff is null && ask.Answers != true && await unit.LockOpenHandoff(ask.Ticket, caller.Account) is { } only)
        {
            return await talk.Say(As(only.Id), caller, unit, only);
        }

        var ties = await unit.ReadTies(ask.Ticket, caller.Account);
        if (ties is null)
        {
            return Fault.NotFound("ticket");
        }

        if (ask.ToHandoff is { } named)
        {
            return ties.Any(t => t.Handoff == named) ? await talk.Say(As(named), caller, unit) : Fault.NotFound("handoff");
        }

        var open = ties.Where(t => t.IsOpen).ToList();
        return open.Count == 1
            ? await talk.Say(As(open[0].Handoff), caller, unit)
            : Fault.Invalid("handoffId", open.Count == 0
                ? "This ticket has no open handoff, so there is no partner to write to."
                : "This ticket has several open handoffs: 'handoffId' says to which partner you write.");

        CommentOnHandoff As(HandoffId handoff) => new(handoff, ask.Body, ask.Files, ask.DerivedFrom, ask.Answers);
    }

    private async ValueTask<Outcome<Said>> AtHome(CommentOnTicket ask, Caller caller, IUnit unit, Audience audience)
    {
        if (await unit.LockTicket(ask.Ticket) is not { } ticket || ticket.Account != caller.Account)
        {
            return Fault.NotFound("ticket");
        }

        if (audience == Audience.Customer && ticket.IsMirror)
        {
            return new Fault(Codes.AudienceForbidden, "This ticket came from a partner, and its customer is the partner's: write to the partner instead.");
        }

        var text = await TextOf(ask, unit, audience);
        if (!text.Ok)
        {
            return text.Fault;
        }

        var files = await Attach(ask, caller, unit, audience);
        if (!files.Ok)
        {
            return files.Fault;
        }

        if (audience == Audience.Internal)
        {
            await unit.StoreNote(new Note
            {
                Id = unit.OpId, Ticket = ask.Ticket, Body = text.Value, Author = caller.Actor, At = unit.Now, DerivedFrom = ask.DerivedFrom,
            });
        }
        else
        {
            await unit.StoreMessage(new CustomerMessage
            {
                Id = unit.OpId, Ticket = ask.Ticket, Body = text.Value, Author = caller.Actor, At = unit.Now, DerivedFrom = ask.DerivedFrom, MailDue = unit.Now,
            });
        }

        changes.Ticket(unit, caller.Account, ask.Ticket);
        var view = new CommentView(unit.OpId, text.Value, audience.Word(), "comment", null, null,
            new AuthorView(caller.Actor.Name, new AccountRef(caller.Account, caller.AccountName)), unit.Now, null, ask.DerivedFrom, false, []);
        return new Said(unit.OpId, files.Value.Count == 0 ? view : null);
    }

    private static async ValueTask<Outcome<string>> TextOf(CommentOnTicket ask, IUnit unit, Audience audience)
    {
        if (ask.DerivedFrom is not { } source)
        {
            return ask.Body!;
        }

        var picked = await Picking.Text(unit, ask.Ticket, source, notesToo: audience == Audience.Internal);
        return picked.Ok && !string.IsNullOrWhiteSpace(ask.Body) ? ask.Body : picked;
    }

    /// <summary>Naming a file in a message to the customer picks it: a copy for that audience. A note names files as they are.</summary>
    private static async ValueTask<Outcome<IReadOnlyList<FileId>>> Attach(CommentOnTicket ask, Caller caller, IUnit unit, Audience audience)
    {
        var named = new List<FileId>();
        foreach (var id in ask.Files ?? [])
        {
            var file = await unit.Db.Files.SingleOrDefaultAsync(f => f.Id == id && f.Ticket == ask.Ticket);
            if (file is null)
            {
                return Fault.NotFound("file on this ticket");
            }

            if (audience == Audience.Customer && file.Audience != Audience.Customer)
            {
                if (file.State != FileState.Available)
                {
                    return Picking.NotYet(file);
                }

                file = await Copies.Make(unit, file, caller.Actor, audience, null, null);
            }

            named.Add(file.Id);
            unit.Db.Add(new CommentFile { Ticket = ask.Ticket, Comment = unit.OpId, File = file.Id, Position = named.Count });
        }

        return named;
    }
}
