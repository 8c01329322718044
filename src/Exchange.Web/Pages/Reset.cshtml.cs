using Exchange.Core.Accounts;
using Exchange.Web.Shell;
using Microsoft.AspNetCore.Mvc;

namespace Exchange.Web.Pages;

/// <summary>Asks for a link to a new password. The answer is the same whether anybody has this e-mail.</summary>
[Open]
public sealed class ResetModel(IPeople people, IMail mail, Attempts attempts) : ExchangePage
{
    [BindProperty(Name = "email")]
    public string? Email { get; set; }

    public bool Asked { get; private set; }

    public bool ByMail => mail.GoesOut;

    public IActionResult OnPost()
    {
        if (attempts.Refuses(this, Email))
        {
            return Page();
        }

        // The words are chosen here, in the language of this page; the code is made when the letter's turn comes.
        var (email, subject) = (Email, T["A new password for the ticket exchange"]);
        var (before, after) = (
            T["Somebody asked for a new password for this e-mail. This link lets you choose one, once, within two hours:"],
            T["If it was not you, leave this mail alone: nothing has changed."]);
        mail.Send(async ct => await people.ResetCode(email, ct) is { } code
            ? new Letter(email!.Trim(), subject, string.Join("\n\n", before, mail.Link($"/reset/{code}"), after))
            : null);
        Asked = true;
        return Page();
    }
}
