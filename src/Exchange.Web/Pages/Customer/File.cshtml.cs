using Exchange.Core.Desk;
using Exchange.Core.Kernel;
using Exchange.Web.Shell;
using Microsoft.AspNetCore.Mvc;

namespace Exchange.Web.Pages.Customer;

/// <summary>A file of the conversation with the customer. Always to be kept, never to be shown: whoever sent it is a stranger.</summary>
[Open]
public sealed class FileModel(CustomerViews views, CustomerUploads uploads) : CustomerPage
{
    public async Task<IActionResult> OnGetAsync(string token, Guid id)
    {
        if (await views.Content(token, new FileId(id), Gone) is not { } content)
        {
            return NotFound();
        }

        if (uploads.Open(content) is not { } bytes)
        {
            return StatusCode(503);
        }

        Response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        return File(bytes, content.ContentType, content.Name);
    }
}
