using System.Collections.Frozen;
using Exchange.Contracts.V1;
using Exchange.Core.Accounts;
using Exchange.Core.Store;

namespace Exchange.Core.Notices;

/// <summary>What becomes a notice, of which kind, and for whom. Pure.</summary>
public static class NoticeKinds
{
    /// <summary>What got its number longer ago tells nobody anything any more: after a long stop, or when this version comes to an old exchange.</summary>
    public static readonly TimeSpan News = TimeSpan.FromDays(7);

    /// <summary>What is older is mailed to nobody: the list in the desk has it.</summary>
    public static readonly TimeSpan MailNews = TimeSpan.FromHours(1);

    /// <summary>The entries of a partner that are told, and as what. What goes on as agreed (started, on hold, confirmed) stands on the ticket and is not.</summary>
    private static readonly FrozenDictionary<string, NoticeKind> Entries = new Dictionary<string, NoticeKind>(StringComparer.Ordinal)
    {
        [EntryTypes.Offered] = NoticeKind.OfferCame,
        [EntryTypes.Commented] = NoticeKind.PartnerSaid,
        [EntryTypes.Asked] = NoticeKind.PartnerSaid,
        [EntryTypes.Answered] = NoticeKind.PartnerSaid,
        [EntryTypes.Accepted] = NoticeKind.PartnerMoved,
        [EntryTypes.Declined] = NoticeKind.PartnerMoved,
        [EntryTypes.Countered] = NoticeKind.PartnerMoved,
        [EntryTypes.CounterAccepted] = NoticeKind.PartnerMoved,
        [EntryTypes.CounterRejected] = NoticeKind.PartnerMoved,
        [EntryTypes.Returned] = NoticeKind.PartnerMoved,
        [EntryTypes.Resolved] = NoticeKind.PartnerMoved,
        [EntryTypes.Reworked] = NoticeKind.PartnerMoved,
        [EntryTypes.Expired] = NoticeKind.PartnerMoved,
        [EntryTypes.Recalled] = NoticeKind.PartnerMoved,
        [EntryTypes.RecallRequested] = NoticeKind.PartnerMoved,
        [EntryTypes.RecallAgreed] = NoticeKind.PartnerMoved,
        [EntryTypes.RecallRefused] = NoticeKind.PartnerMoved,
        [EntryTypes.RecallWithdrawn] = NoticeKind.PartnerMoved,
        [EntryTypes.Severed] = NoticeKind.PartnerMoved,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, NoticeKind> Events = new Dictionary<string, NoticeKind>(StringComparer.Ordinal)
    {
        ["ticket.assigned"] = NoticeKind.Assigned,
        ["ticket.customer_replied"] = NoticeKind.CustomerReplied,
        ["handoff.over_time"] = NoticeKind.OverTime,
        ["handoff.parked"] = NoticeKind.Parked,
        ["link.active"] = NoticeKind.LinkChanged,
        ["link.declined"] = NoticeKind.LinkChanged,
        ["link.terms_proposed"] = NoticeKind.LinkChanged,
        ["link.terms_signed"] = NoticeKind.LinkChanged,
        ["link.terms_rejected"] = NoticeKind.LinkChanged,
        ["link.suspended"] = NoticeKind.LinkChanged,
        ["link.resumed"] = NoticeKind.LinkChanged,
        ["link.draining"] = NoticeKind.LinkChanged,
        ["link.terminated"] = NoticeKind.LinkChanged,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static IReadOnlyList<NoticeKind> All { get; } = Enum.GetValues<NoticeKind>();

    /// <summary>The words after the kind that texts are chosen by: all that <see cref="Notice.Code"/> can hold.</summary>
    public static IReadOnlyList<(NoticeKind Kind, string Code)> Codes { get; } =
    [
        .. Entries.Where(e => HasCode(e.Value)).Select(e => (e.Value, e.Key)),
        .. Events.Where(e => HasCode(e.Value)).Select(e => (e.Value, Word(e.Key))),
    ];

    /// <summary>The kind's stable name in addresses, forms and texts: <c>customer-replied</c>.</summary>
    public static string Name(this NoticeKind kind) => kind.Word().Replace('_', '-');

    public static (bool InApp, bool Mail) Default(NoticeKind kind) =>
        (true, kind is NoticeKind.Assigned or NoticeKind.CustomerReplied or NoticeKind.OfferCame or NoticeKind.Parked);

    public static NoticeKind? OfEntry(string type) => Entries.TryGetValue(type, out var kind) ? kind : null;

    public static NoticeKind? OfEvent(string type) => Events.TryGetValue(type, out var kind) ? kind : null;

    /// <summary>What of an entry's or event's name a notice of this kind keeps.</summary>
    public static string? CodeOf(NoticeKind kind, string type) => HasCode(kind) ? Word(type) : null;

    /// <summary>
    /// Who is told: whom it is for, or the ticket's assignee, or all who have the role for it. An assignee who does no work any more
    /// is none, and where nobody has the role the admins have it, who may do everything.
    /// </summary>
    /// <param name="to">The one person whom it is for.</param>
    /// <param name="assignee">The name that the ticket is given to.</param>
    public static IReadOnlyList<Member> For(NoticeKind kind, IReadOnlyList<Member> members, PersonId? to, string? assignee)
    {
        if (kind == NoticeKind.Assigned)
        {
            return [.. members.Where(m => m.Person == to)];
        }

        if (kind is NoticeKind.Parked or NoticeKind.LinkChanged)
        {
            return Having(Roles.LinkAdmin, members);
        }

        var own = kind == NoticeKind.OfferCame || assignee is null
            ? []
            : members.Where(m => m.Name == assignee && m.Roles.Includes(Roles.Work)).ToList();
        return own.Count > 0 ? own : Having(Roles.Dispatcher, members);
    }

    private static List<Member> Having(Roles role, IReadOnlyList<Member> members) =>
        members.Any(m => m.Roles.HasFlag(role)) ? [.. members.Where(m => m.Roles.HasFlag(role))] : [.. members.Where(m => m.Roles.HasFlag(Roles.Admin))];

    private static bool HasCode(NoticeKind kind) => kind is NoticeKind.PartnerSaid or NoticeKind.PartnerMoved or NoticeKind.LinkChanged;

    private static string Word(string type) => type[(type.IndexOf('.', StringComparison.Ordinal) + 1)..];
}
