using Exchange.Core.Notices;

namespace Exchange.Web.Shell;

/// <summary>What happened, in a line: the same words in the list and in a mail. Who did it, by name, stands in the list alone.</summary>
public sealed class NoticeWords(Texts t)
{
    public string Of(NoticeView notice) => Said(notice.Kind, notice.Code, notice.TicketNumber, notice.Partner);

    public string Of(NoticeMail mail) => Said(mail.Kind, mail.Code, mail.TicketNumber, mail.Partner);

    /// <summary>The key of a text, of which {0} is the ticket's number and {1} the partner. Before there is a ticket it is an offer.</summary>
    public static string Key(NoticeKind kind, string? code, bool ticket) => (kind, ticket) switch
    {
        (NoticeKind.PartnerSaid or NoticeKind.PartnerMoved, false) => $"notice:{kind.Name()}:offer",
        _ => code is null ? $"notice:{kind.Name()}" : $"notice:{kind.Name()}:{code}",
    };

    private string Said(NoticeKind kind, string? code, string? number, string? partner) =>
        t[Key(kind, code, number is not null), number ?? "", partner ?? t["a partner"]];
}
