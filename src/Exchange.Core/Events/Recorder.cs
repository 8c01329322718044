using Exchange.Core.Accounts;
using Exchange.Core.Kernel;
using Exchange.Core.Store;

namespace Exchange.Core.Events;

/// <summary>Writes down what happens and is no entry, in the unit of work in which it happens. For commands of low rate.</summary>
public static class Recorder
{
    /// <param name="what">Such as <c>active</c>: the event is <c>exchange.link.active</c>.</param>
    /// <param name="by">Who did it, in whichever company; null for the exchange.</param>
    public static void Link(IUnit unit, AccountId account, LinkId link, string what, Caller? by = null) => Write(unit, account, $"link.{what}", link.Value, by);

    /// <param name="to">The one person whom it is for.</param>
    public static void Ticket(IUnit unit, AccountId account, TicketId ticket, string what, Caller? by = null, PersonId? to = null) =>
        Write(unit, account, $"ticket.{what}", ticket.Value, by, to);

    /// <summary>What happened to a handoff and is no entry of it, since it is one company's own business.</summary>
    public static void Handoff(IUnit unit, AccountId account, HandoffId handoff, string what) => Write(unit, account, $"handoff.{what}", handoff.Value);

    public static void File(IUnit unit, AccountId account, FileId file, string what) => Write(unit, account, $"file.{what}", file.Value);

    private static void Write(IUnit unit, AccountId account, string type, Guid subject, Caller? by = null, PersonId? to = null) => unit.Db.Add(new PendingEvent
    {
        Id = Ids.New(unit.Now), Account = account, Type = type, Subject = subject, At = unit.Now, ByPerson = by is null ? null : PersonId.Of(by), ForPerson = to,
    });
}
