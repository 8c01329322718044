using Exchange.Core.Accounts;
using Exchange.Core.Desk;
using Exchange.Core.Kernel;
using Exchange.Web.Shell;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Exchange.Web.Pages.Customer;

/// <summary>A request as its customer follows it: how far it is, the conversation with him, and a box to answer. Nothing else.</summary>
[Open]
[RequestSizeLimit(CustomerUploads.MostBody)]
public sealed class RequestModel(CustomerViews views, CustomerLimits limits, CustomerUploads uploads, Door door, IMail mail) : CustomerPage
{
    [BindProperty(SupportsGet = true, Name = "token")]
    public string Token { get; set; } = "";

    [BindProperty(Name = "body")]
    public string? Body { get; set; }

    /// <summary>Set right after the form was sent: the address that the link was mailed to, empty where no mail goes out.</summary>
    [TempData]
    public string? SentTo { get; set; }

    public CustomerRequest It { get; private set; } = null!;

    public string NextKey { get; } = Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(16));

    public long MaxBytes => uploads.MaxBytes;

    public string Address => mail.Link($"/t/{Token}") is { } set && Uri.IsWellFormedUriString(set, UriKind.Absolute) ? set : $"{Request.Scheme}://{Request.Host}/t/{Token}";

    public Task<IActionResult> OnGetAsync() => Shown();

    public async Task<IActionResult> OnPostAsync(IReadOnlyList<IFormFile> files)
    {
        if (await views.Holder(Token, Gone) is not { } holder)
        {
            return NotFound();
        }

        if (limits.RefuseReply(HttpContext, Token))
        {
            Refuse(429, T["Too many messages within an hour. What you wrote still stands here: send it later."]);
            return await Shown();
        }

        var (stored, refused) = await uploads.Store(files, Gone);
        var fault = refused;
        if (fault is null)
        {
            var said = await door.Do<ReplyByCustomer, Done>(new ReplyByCustomer(Token, Body, stored), holder, Once(holder.Account), CancellationToken.None);
            fault = said.Fault;
        }

        if (fault is null)
        {
            Toast = T["Sent to {0}.", holder.AccountName];
            return Redirect($"/t/{Token}");
        }

        uploads.Drop(stored);
        Refuse(fault);
        if (files.Count > 0)
        {
            Say(T["Choose your files again: a browser does not keep them."]);
        }

        return await Shown();
    }

    private async Task<IActionResult> Shown()
    {
        if (await views.One(Token, Gone) is not { } it)
        {
            return NotFound();
        }

        It = it;
        In(it.TimeZone);
        return Page();
    }
}
