using Exchange.Core.Events;
using Exchange.Core.Kernel;
using Exchange.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace Exchange.Core.Desk;

/// <summary>Writes down that a ticket was given to somebody. An assignee is a name: it means the members who are called so.</summary>
internal static class Assignment
{
    public static async ValueTask Note(IUnit unit, Caller caller, Ticket ticket)
    {
        if (ticket.Assignee is not { } name)
        {
            return;
        }

        foreach (var person in await unit.Db.Members.Where(m => m.Account == ticket.Account && m.Name == name).Select(m => m.Person).ToListAsync())
        {
            Recorder.Ticket(unit, ticket.Account, ticket.Id, "assigned", caller, person);
        }
    }
}
