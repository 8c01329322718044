using Exchange.Web.Shell;
using Microsoft.AspNetCore.Mvc;

namespace Exchange.Web.Pages;

/// <summary>What is shown in the place of a page that cannot be.</summary>
[Open]
[IgnoreAntiforgeryToken]
public sealed class TroubleModel : ExchangePage
{
    public string Title { get; private set; } = "";

    public string What { get; private set; } = "";

    public void OnGet(int status) => (Title, What) = status switch
    {
        403 => (T["Not for your role"], T["Your role in this company does not allow this. An admin of it can change that."]),
        404 => (T["Not here"], T["There is nothing at this address, or it belongs to another company."]),
        400 => (T["This form is out of date"], T["Load the page again and send it once more."]),
        503 => (T["Not ready"], T["The database cannot be read now. Nothing is lost: try again in a moment."]),
        _ => (T["Something went wrong"], T["It was written into the log. Nothing was half done: try again."]),
    };

    public void OnPost(int status) => OnGet(status);
}
