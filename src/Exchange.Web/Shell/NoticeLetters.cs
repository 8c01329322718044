using Exchange.Core.Accounts;
using Exchange.Core.Desk;
using Exchange.Core.Notices;

namespace Exchange.Web.Shell;

/// <summary>The words of mails that tell of something. They hold what <see cref="NoticeMail"/> and <see cref="CustomerMail"/> hold, and nothing else.</summary>
public sealed class NoticeLetters(Texts t, NoticeWords words, IMail post) : ILetters
{
    public Letter Write(NoticeMail mail, PersonView to) => Languages.In(to.Language, () =>
    {
        var said = words.Of(mail);
        string?[] parts =
        [
            t["{0}, at the desk of {1}.", said, mail.Company],
            mail.More == 0 ? null : t.Count("{0} more happened there since.", mail.More),
            post.Link($"/at/{mail.Slug}/{mail.Path}"),
            t["Which mails you get, you choose here:"] + "\n" + post.Link($"/at/{mail.Slug}/settings/notifications"),
        ];
        return new Letter(to.Email, said, string.Join("\n\n", parts.OfType<string>()));
    });

    public Letter Write(CustomerMail of) => Languages.In(of.Language, () =>
    {
        var number = Numbers.Show(of.Number);
        var said = of.News switch
        {
            CustomerNews.Resolved => t["{0} thinks your request {1} is solved", of.Company, number],
            CustomerNews.Closed => t["{0} has closed your request {1}", of.Company, number],
            _ => t["{0} has answered your request {1}", of.Company, number],
        };
        return new Letter(
            of.Email,
            said,
            string.Join("\n\n", t["{0}. Here you read it and answer, without an account:", said], post.Link($"/t/{of.Token}"), t["Whoever has this address reads the conversation. Links that you have from earlier mails stay good."]));
    });
}
