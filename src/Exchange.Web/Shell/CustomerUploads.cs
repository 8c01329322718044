using Exchange.Core.Desk;
using Exchange.Core.Files;
using Exchange.Core.Kernel;
using Exchange.Core.Store;
using Microsoft.AspNetCore.Http;

namespace Exchange.Web.Shell;

/// <summary>Takes the files of a customer's form into the store, before the door is asked to put them on a ticket.</summary>
public sealed class CustomerUploads(IBlobStore blobs, ExchangeSettings settings)
{
    /// <summary>The largest body of a form with files, in bytes.</summary>
    public const long MostBody = (SentFile.Most * SentFile.MaxBytes) + (1024 * 1024);

    /// <summary>The largest file, in bytes.</summary>
    public long MaxBytes => Math.Min(SentFile.MaxBytes, settings.Files.MaxBytes);

    /// <summary>All of them or none.</summary>
    public async Task<(IReadOnlyList<SentFile> Files, Fault? Fault)> Store(IReadOnlyCollection<IFormFile> sent, CancellationToken ct)
    {
        var files = new List<SentFile>();
        if (sent.Count > SentFile.Most)
        {
            return (files, Fault.Invalid("files", "Send five files at most at a time."));
        }

        // A browser sends an empty part where no file was chosen.
        foreach (var file in sent.Where(f => f.Length > 0 || f.FileName.Length > 0))
        {
            await using var bytes = file.OpenReadStream();
            var stored = await blobs.Store(bytes, MaxBytes, ct);
            if (!stored.Ok)
            {
                Drop(files);
                return ([], stored.Fault);
            }

            files.Add(new SentFile(FileNames.Clean(file.FileName), FileNames.CleanType(file.ContentType), stored.Value.Size, stored.Value.Sha256, stored.Value.Id));
        }

        return (files, null);
    }

    /// <summary>What was refused leaves nothing behind.</summary>
    public void Drop(IReadOnlyList<SentFile> files)
    {
        foreach (var file in files)
        {
            blobs.Delete(file.Stored);
        }
    }

    public Stream? Open(CustomerContent content) => blobs.Open(content.Blob);
}
