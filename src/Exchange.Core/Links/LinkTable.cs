using static Exchange.Core.Links.LinkState;

namespace Exchange.Core.Links;

public enum LinkCommand
{
    Accept,
    Decline,
    Withdraw,
    Expire,
    ProposeTerms,
    Suspend,
    Resume,
    Drain,
    Terminate,
    EndDrain,
}

/// <summary>What somebody is in a link.</summary>
[Flags]
public enum Party
{
    None = 0,
    Inviter = 1,
    Invitee = 2,
    Either = Inviter | Invitee,

    /// <summary>The exchange itself: its timers.</summary>
    Exchange = 4,
}

/// <summary>One row of the table of semantics 2.</summary>
/// <param name="To">Null: the state stays.</param>
/// <param name="Suspending">Whether the caller has to have the link suspended, or must not; null where it does not matter.</param>
public sealed record LinkRow(LinkCommand Command, Party By, LinkState[] From, LinkState? To, bool? Suspending = null);

/// <summary>The states of a link, as semantics 2 has them: who may do what, from where, to where.</summary>
public static class LinkTable
{
    public static readonly IReadOnlyList<LinkRow> Rows =
    [
        new(LinkCommand.Accept, Party.Invitee, [LinkState.Invited], Active),
        new(LinkCommand.Decline, Party.Invitee, [LinkState.Invited], Declined),
        new(LinkCommand.Withdraw, Party.Inviter, [LinkState.Invited], Withdrawn),
        new(LinkCommand.Expire, Party.Exchange, [LinkState.Invited], Expired),
        new(LinkCommand.ProposeTerms, Party.Either, [Active, Suspended], null),
        new(LinkCommand.Suspend, Party.Either, [Active, Suspended], Suspended, Suspending: false),

        // Only once neither side has it suspended any more.
        new(LinkCommand.Resume, Party.Either, [Suspended], Active, Suspending: true),
        new(LinkCommand.Drain, Party.Either, [Active, Suspended], Draining),
        new(LinkCommand.Terminate, Party.Either, [Active, Suspended, Draining], Terminated),
        new(LinkCommand.EndDrain, Party.Exchange, [Draining], Terminated),
    ];

    /// <summary>Whether one who is this in a link ever has this command.</summary>
    public static bool Has(Party party, LinkCommand command) => Rows.Any(row => row.Command == command && row.By.HasFlag(party));

    /// <summary>The row that carries the command; null when the state forbids it.</summary>
    public static LinkRow? Find(LinkState state, LinkCommand command, Party party) =>
        Rows.FirstOrDefault(row => row.Command == command && row.By.HasFlag(party) && row.From.Contains(state));

    /// <summary>The commands open to this party now.</summary>
    /// <param name="suspending">Whether it has the link suspended.</param>
    public static IReadOnlyList<LinkCommand> Allowed(LinkState state, Party party, bool suspending) =>
        [.. Rows.Where(row => row.By.HasFlag(party) && row.From.Contains(state) && (row.Suspending is null || row.Suspending == suspending)).Select(row => row.Command)];

    /// <summary>The command's name in addresses and in <c>allowed</c>.</summary>
    public static string Name(this LinkCommand command) => Store.Words<LinkCommand>.Of(command).Replace('_', '-');
}
