using Exchange.Core.Kernel;
using Exchange.Core.Store;

namespace Exchange.Core.Events;

/// <summary>Writes down what happens and is no entry, in the unit of work in which it happens. For commands of low rate.</summary>
public static class Recorder
{
    /// <param name="what">Such as <c>active</c>: the event is <c>exchange.link.active</c>.</param>
    public static void Link(IUnit unit, AccountId account, LinkId link, string what) => Write(unit, account, $"link.{what}", link.Value);

    public static void Ticket(IUnit unit, AccountId account, TicketId ticket, string what) => Write(unit, account, $"ticket.{what}", ticket.Value);

    public static void File(IUnit unit, AccountId account, FileId file, string what) => Write(unit, account, $"file.{what}", file.Value);

    private static void Write(IUnit unit, AccountId account, string type, Guid subject) =>
        unit.Db.Add(new PendingEvent { Id = Ids.New(unit.Now), Account = account, Type = type, Subject = subject, At = unit.Now });
}
