using Exchange.Core.Accounts;
using Exchange.Core.Desk;
using Exchange.Web.Shell;
using Microsoft.AspNetCore.Mvc;

namespace Exchange.Web.Pages.Desk;

/// <summary>The customer who follows this ticket by a link.</summary>
public sealed partial class TicketModel
{
    /// <summary>Null where nobody does.</summary>
    public CustomerFollower? Follower { get; private set; }

    /// <summary>The customer of a linked ticket is the partner's.</summary>
    public bool MayInvite => May<InviteRequester>() && !Ticket.Mirror;

    /// <summary>The link that was just made: shown this once.</summary>
    public string? CustomerLink { get; private set; }

    /// <summary>As typed, or whom it would be made for.</summary>
    public (string? Name, string? Email) Customer => _customer ?? (Follower?.Name ?? Ticket.Contact?.Name, Follower?.Email ?? Ticket.Contact?.Email);

    public bool MailGoesOut => mail.GoesOut;

    private (string? Name, string? Email)? _customer;

    public async Task<IActionResult> OnPostRequesterAsync(string? name, string? email, bool send)
    {
        if (!await Load())
        {
            return NotFound();
        }

        var invited = await Ask<InviteRequester, RequesterInvited>(new InviteRequester(Ticket.Id, name ?? "", email ?? "", Languages.Present));
        if (!invited.Ok)
        {
            _customer = (name, email);
            return await Refused(null);
        }

        var path = $"/t/{invited.Value.Token}";
        CustomerLink = mail.Link(path) is { } set && Uri.IsWellFormedUriString(set, UriKind.Absolute) ? set : $"{Request.Scheme}://{Request.Host}{path}";
        if (send && mail.GoesOut)
        {
            // The words of the mail that he gets when he opens a request by the form himself.
            var letter = new Letter(
                invited.Value.Email,
                T["Your request {0} at {1}", Numbers.Show(invited.Value.Number), At.In.Name],
                string.Join("\n\n", T["{0} has your request. Here you follow it and answer, without an account:", At.In.Name], mail.Link(path), T["Whoever has this address reads the conversation. If it was not you who opened the request, throw this mail away."]));
            mail.Send(_ => Task.FromResult<Letter?>(letter));
        }

        return await Load() ? await Shown() : NotFound();
    }
}
