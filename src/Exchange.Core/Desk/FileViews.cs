using Exchange.Core.Handoffs;
using Exchange.Core.Kernel;
using Exchange.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace Exchange.Core.Desk;

/// <param name="Sha256">Lower-case hex.</param>
/// <param name="Author">Who uploaded it, on whichever side.</param>
public sealed record FileView(
    FileId Id,
    TicketId TicketId,
    string Name,
    long Size,
    string ContentType,
    string Sha256,
    string State,
    string Audience,
    HandoffId? HandoffId,
    string Author,
    DateTimeOffset At,
    FileId? DerivedFrom);

/// <summary>A file whose bytes may be read now.</summary>
public sealed record FileContent(FileView File, BlobId Blob);

public sealed class FileViews(IDialect dialect)
{
    public async Task<FileView?> One(Caller caller, FileId id, CancellationToken ct)
    {
        await using var db = dialect.Read();
        return await db.Files.Where(Mine.Files(caller)).SingleOrDefaultAsync(f => f.Id == id, ct) is { } file ? Show(file) : null;
    }

    /// <summary>Where the bytes lie, for a file that is available; otherwise the fault.</summary>
    public async Task<Outcome<FileContent>> Content(Caller caller, FileId id, CancellationToken ct)
    {
        await using var db = dialect.Read();
        var file = await db.Files.Where(Mine.Files(caller)).SingleOrDefaultAsync(f => f.Id == id, ct);
        return file is null ? Fault.NotFound("file")
            : file.State != FileState.Available ? new Fault(Codes.NotReady, $"The file is {file.State.Word()}: its content can be read when it is available.")
            : new FileContent(Show(file), file.Blob);
    }

    /// <summary>Newest first; null when the ticket is not the caller's.</summary>
    public async Task<Page<FileView>?> List(Caller caller, TicketId ticket, PageAsk page, CancellationToken ct)
    {
        await using var db = dialect.Read();
        if (!await db.Tickets.Where(Mine.Tickets(caller)).AnyAsync(t => t.Id == ticket, ct))
        {
            return null;
        }

        var before = page.After?.Number ?? long.MaxValue;
        var rows = await db.Files.Where(f => f.Ticket == ticket && f.Number < before).OrderByDescending(f => f.Number).Take(page.Limit + 1).ToListAsync(ct);
        var paged = Page.Of(rows, page, f => new Cursor(f.Number, default));
        return new Page<FileView>([.. paged.Items.Select(Show)], paged.Next);
    }

    /// <summary>Files that came and wait for their check, oldest first.</summary>
    public async Task<IReadOnlyList<PendingFile>> Pending(int most, CancellationToken ct)
    {
        await using var db = dialect.Read();
        return await db.Files.Where(f => f.State == FileState.Pending).OrderBy(f => f.Id).Take(most)
            .Select(f => new PendingFile(f.Id, f.Blob, f.Size, f.Sha256, f.At)).ToListAsync(ct);
    }

    private static FileView Show(DeskFile f) => new(
        f.Id, f.Ticket, f.Name, f.Size, f.ContentType, f.Sha256, f.State.Word(), f.Audience.Word(), f.Handoff, f.Author.Name, f.At, f.DerivedFrom);
}

/// <summary>A file that came and waits for its check.</summary>
public sealed record PendingFile(FileId Id, BlobId Blob, long Size, string Sha256, DateTimeOffset At);
