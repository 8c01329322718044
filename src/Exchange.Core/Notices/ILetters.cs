using Exchange.Core.Accounts;

namespace Exchange.Core.Notices;

/// <summary>
/// All that a mail of a notice can tell: what kind of thing happened, on which of the reader's own tickets, by which company, and
/// where it is read. There is no member here for a subject, a text, a file or the name of a customer.
/// </summary>
/// <param name="Slug">Of the account in whose desk it is read.</param>
/// <param name="Company">The name of that account.</param>
/// <param name="Path">Where it is read, within the account.</param>
/// <param name="More">How many further ones are gathered in this mail.</param>
public sealed record NoticeMail(string Slug, string Company, NoticeKind Kind, string? Code, string? TicketNumber, string? Partner, string Path, int More);

/// <summary>Of what a customer is told.</summary>
public enum CustomerNews
{
    Answered,
    Resolved,
    Closed,
}

/// <summary>All that a mail to a customer can tell: who, which of his requests, what kind of thing, and the link to it.</summary>
/// <param name="Token">Opens his page; made for this mail, and kept nowhere.</param>
/// <param name="Language">In which he is written to; null where nobody knows.</param>
public sealed record CustomerMail(string Email, string? Language, string Company, long Number, CustomerNews News, string Token);

/// <summary>Finds the words of letters. The words are the pages', so whoever serves these can write.</summary>
public interface ILetters
{
    /// <summary>In the language of the person.</summary>
    Letter Write(NoticeMail mail, PersonView to);

    Letter Write(CustomerMail mail);
}
