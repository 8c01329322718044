using Exchange.Core.Accounts;
using Exchange.Core.Kernel;
using Exchange.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace Exchange.Core.Desk;

/// <summary>Forgets what a person had begun to write for one door of one ticket; done where there is nothing.</summary>
[AllowedTo(Roles.Work)]
public sealed record DropDraft(TicketId Ticket, string? Door) : IAsk<Done>, IAboutTicket;

public sealed class DropDraftDeed : IDeed<DropDraft, Done>
{
    public async ValueTask<Outcome<Done>> Do(DropDraft ask, Caller caller, IUnit unit)
    {
        if (!await unit.Db.Tickets.Where(Mine.Tickets(caller)).AnyAsync(t => t.Id == ask.Ticket))
        {
            return Fault.NotFound("ticket");
        }

        if (Draft.WriterOf(caller) is { } person)
        {
            await unit.Db.Drafts.Where(d => d.Ticket == ask.Ticket && d.Person == person && d.Door == ask.Door).ExecuteDeleteAsync();
        }

        return default(Done);
    }
}
