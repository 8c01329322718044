using Exchange.Core.Accounts;
using Exchange.Core.Desk;
using Exchange.Core.Files;
using Exchange.Core.Kernel;
using Exchange.Web.Shell;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;

namespace Exchange.Web.Pages.Desk;

/// <summary>The bytes of a file: safe images are shown, everything else is saved, and nothing is ever run.</summary>
[Sees(Roles.Any)]
public sealed class FileModel(FileViews files, IBlobStore blobs) : DeskPage
{
    public async Task<IActionResult> OnGetAsync(Guid id)
    {
        var found = await files.Content(Me, new FileId(id), Gone);
        if (!found.Ok)
        {
            return StatusCode(found.Fault.Code == Codes.NotFound ? 404 : 503);
        }

        if (blobs.Open(found.Value.Blob) is not { } bytes)
        {
            return StatusCode(503);
        }

        var file = found.Value.File;
        var disposition = new ContentDispositionHeaderValue(FileNames.IsSafeImage(file.ContentType) ? "inline" : "attachment");
        disposition.SetHttpFileName(file.Name);
        Response.Headers.ContentDisposition = disposition.ToString();
        Response.Headers.XContentTypeOptions = "nosniff";
        Response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        Response.Headers.CacheControl = "private, no-cache";
        return new FileStreamResult(bytes, file.ContentType) { EnableRangeProcessing = true, LastModified = file.At, EntityTag = new EntityTagHeaderValue($"\"{file.Sha256}\"") };
    }
}
