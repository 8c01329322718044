using Exchange.Core.Accounts;
using Exchange.Core.Kernel;
using Exchange.Core.Store;

namespace Exchange.Core.Notices;

/// <summary>Of what somebody is told.</summary>
public enum NoticeKind
{
    /// <summary>A ticket was given to him by somebody else.</summary>
    Assigned,

    /// <summary>The customer wrote on his ticket.</summary>
    CustomerReplied,

    /// <summary>A partner commented, asked or answered on his ticket.</summary>
    PartnerSaid,

    /// <summary>A partner, or time, moved a handoff of his ticket.</summary>
    PartnerMoved,

    /// <summary>A partner offers work: for dispatchers.</summary>
    OfferCame,

    /// <summary>A step of a handoff of his ticket was not done in time.</summary>
    OverTime,

    /// <summary>The desk could not take an entry: for those who look after links.</summary>
    Parked,

    /// <summary>A link or its terms have changed: for those who look after links.</summary>
    LinkChanged,
}

/// <summary>
/// Tells one member of something that happened. It holds ids and codes, and the name of who did it; what else a row shows is read
/// when it is shown, as far as its reader may see it by then.
/// </summary>
public sealed class Notice
{
    public required AccountId Account { get; init; }

    public required PersonId Person { get; init; }

    /// <summary>The number of the account's event that it was made of: of one event each member is told once.</summary>
    public required long Number { get; init; }

    public required NoticeKind Kind { get; init; }

    /// <summary>What happened exactly, where the kind leaves it open: the entry's or the event's word, such as <c>returned</c> or <c>suspended</c>.</summary>
    public string? Code { get; init; }

    /// <summary>The ticket's id, or else the handoff's or the link's: mails about one topic are gathered.</summary>
    public required Guid Topic { get; init; }

    /// <summary>The account's own ticket.</summary>
    public TicketId? Ticket { get; init; }

    public HandoffId? Handoff { get; init; }

    public LinkId? Link { get; init; }

    /// <summary>Who did it, by name, where the reader sees that name elsewhere too; null for a customer, a key and the exchange.</summary>
    public string? Who { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Whether it is shown; otherwise it only waits for its mail.</summary>
    public required bool InApp { get; init; }

    public DateTimeOffset? ReadAt { get; init; }

    /// <summary>Not before this a mail tells of it; null where none does, or one has.</summary>
    public DateTimeOffset? MailDue { get; init; }
}

/// <summary>What a member has chosen for one kind; who has chosen nothing has <see cref="NoticeKinds.Default"/>.</summary>
public sealed class NoticeRule
{
    public required AccountId Account { get; init; }

    public required PersonId Person { get; init; }

    public required NoticeKind Kind { get; init; }

    public required bool InApp { get; set; }

    public required bool Mail { get; set; }
}

/// <summary>Up to which of an account's events its members were told.</summary>
public sealed class NoticeCursor
{
    public required AccountId Account { get; init; }

    public required long Number { get; set; }
}

/// <summary>That a mail went to somebody about something: so that not too many do. Kept for a day.</summary>
public sealed class SentMail
{
    public required AccountId Account { get; init; }

    /// <summary>The person's id; of a mail to a customer the ticket's.</summary>
    public required Guid Recipient { get; init; }

    public required Guid Topic { get; init; }

    public required DateTimeOffset At { get; init; }
}

/// <summary>For which due time of a handoff it was told that it went by.</summary>
public sealed class OverTimeMark
{
    public required HandoffId Handoff { get; init; }

    public required DateTimeOffset Due { get; init; }
}
