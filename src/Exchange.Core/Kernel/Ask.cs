using Exchange.Core.Store;

namespace Exchange.Core.Kernel;

/// <summary>Something that somebody wants done; the name of the type is the verb.</summary>
public interface IAsk<TAnswer>
    where TAnswer : IAnswer<TAnswer>;

/// <summary>An ask whose answer holds a secret: it is given once, and never again to the same Idempotency-Key.</summary>
public interface ISecretAnswer;

/// <summary>What the exchange asks of itself all the time; it is logged for those who look for it.</summary>
public interface IUpkeep;

/// <summary>An ask about one handoff.</summary>
public interface IAboutHandoff
{
    HandoffId Handoff { get; }
}

/// <summary>An ask about one ticket.</summary>
public interface IAboutTicket
{
    TicketId Ticket { get; }
}

/// <summary>An ask about one link.</summary>
public interface IAboutLink
{
    LinkId Link { get; }
}

/// <summary>Does what is asked: load, decide, append. Whatever it changes is committed together or not at all.</summary>
public interface IDeed<in TAsk, TAnswer>
    where TAsk : IAsk<TAnswer>
    where TAnswer : IAnswer<TAnswer>
{
    ValueTask<Outcome<TAnswer>> Do(TAsk ask, Caller caller, IUnit unit);
}
