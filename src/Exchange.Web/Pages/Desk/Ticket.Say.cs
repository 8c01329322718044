using Exchange.Core.Desk;
using Exchange.Core.Files;
using Exchange.Core.Handoffs;
using Exchange.Core.Kernel;
using Exchange.Core.Store;
using Exchange.Web.Shell;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace Exchange.Web.Pages.Desk;

/// <summary>The box: who reads it, what is written, and the files that go along.</summary>
public sealed partial class TicketModel
{
    private const int MostFiles = 20;

    /// <summary>The door: <see cref="Reader.Value"/>.</summary>
    [BindProperty(SupportsGet = true, Name = "door")]
    public string? Door { get; set; }

    /// <summary>The sentence under which the button stood: <see cref="Reader.Says"/>.</summary>
    [BindProperty(Name = "said")]
    public string? Said { get; set; }

    [BindProperty(Name = "body")]
    public string? Body { get; set; }

    /// <summary>Files of this ticket that go along.</summary>
    [BindProperty(Name = "files")]
    public IList<Guid> Picked { get; set; } = [];

    [BindProperty(Name = "uploads")]
    public IList<IFormFile> Uploads { get; set; } = [];

    public IReadOnlyList<DraftView> Drafts { get; private set; } = [];

    public Reader Chosen => Readers.FirstOrDefault(r => r.Value == Door && r.Closed is null) ?? Readers[1];

    /// <summary>What stands in the box: what was just typed, else what was begun for this door.</summary>
    public string? Written => Body ?? Begun?.Body;

    public DraftView? Begun => Drafts.FirstOrDefault(d => d.Door == Chosen.Value);

    public async Task<IActionResult> OnPostSayAsync()
    {
        if (!await Load())
        {
            return NotFound();
        }

        AtComposer = true;
        if (!MayWrite)
        {
            return StatusCode(403);
        }

        // Three have to agree: the door, the sentence that stood above the button, and what is true now.
        if (Readers.FirstOrDefault(r => r.Value == Door && r.Closed is null) is not { } reader || Said != reader.Says)
        {
            return await NotSent();
        }

        if (string.IsNullOrWhiteSpace(Body))
        {
            Say(T["Write something first: files go along with a text."]);
            return await Refused(400);
        }

        if (!await Upload() || !await Tell(reader))
        {
            return await Refused(null);
        }

        FormKey = null;
        await Ask<DropDraft, Done>(new DropDraft(Ticket.Id, reader.Value));
        return Redirect(Here);
    }

    /// <summary>A file by itself, while the text is still written: it stays internal until the text that names it is sent.</summary>
    public async Task<IActionResult> OnPostFileAsync()
    {
        if (!await Load())
        {
            return NotFound();
        }

        if (Uploads.Count != 1 || !await Upload())
        {
            return new JsonResult(new { problem = Problems.Count > 0 ? Problems[0] : T["The file did not arrive."] }) { StatusCode = Response.StatusCode == 200 ? 400 : Response.StatusCode };
        }

        var file = (await fileViews.One(Me, new FileId(Picked[0]), Gone))!;
        return new JsonResult(new { id = file.Id.Value, name = file.Name, size = Show.Size(file.Size) });
    }

    public async Task<IActionResult> OnPostDraftAsync()
    {
        if (!await Load())
        {
            return NotFound();
        }

        if (Readers.All(r => r.Value != Door))
        {
            return StatusCode(409);
        }

        var kept = await Ask<KeepDraft, Done>(new KeepDraft(Ticket.Id, Door, Body));
        return kept.Ok ? new JsonResult(new { said = T["Draft kept {0}", Show.Clock(Show.Now)] }) : new JsonResult(new { problem = Problems[0] });
    }

    public async Task<IActionResult> OnPostRetractAsync(Guid comment)
    {
        if (!await Load())
        {
            return NotFound();
        }

        AtComposer = true;
        var done = await Ask<RetractComment, Said>(new RetractComment(comment));
        return done.Ok ? Redirect(Here) : done.Fault.Code == Codes.NotFound ? NotFound() : await Shown();
    }

    private async Task<bool> Tell(Reader reader)
    {
        var said = await Ask<CommentOnTicket, Said>(new CommentOnTicket(
            Ticket.Id, Body!.ReplaceLineEndings("\n"), reader.Audience, reader.Handoff, [.. Picked.Distinct().Select(id => new FileId(id))], null, reader.Answers ? true : null));
        return said.Ok;
    }

    /// <summary>Puts the uploaded files on the ticket as internal ones; what the text names becomes a copy for its reader when it is sent.</summary>
    private async Task<bool> Upload()
    {
        if (Picked.Count + Uploads.Count > MostFiles)
        {
            Say(T["So many files do not go along with one text: {0} at most.", MostFiles]);
            Response.StatusCode = 400;
            return false;
        }

        var key = FormKey;
        foreach (var (upload, place) in Uploads.Select((upload, place) => (upload, place)))
        {
            // Sent twice, the form finds the files that came the first time.
            FormKey = key is null ? null : $"{key}f{place}";
            if (!await Keep(upload))
            {
                FormKey = key;
                return false;
            }
        }

        FormKey = key;
        Uploads = [];
        return true;
    }

    private async Task<bool> Keep(IFormFile upload)
    {
        await using var bytes = upload.OpenReadStream();
        var stored = await blobs.Store(bytes, settings.Files.MaxBytes, Gone);
        if (!stored.Ok)
        {
            Tell(stored.Fault);
            return false;
        }

        var keep = false;
        try
        {
            var blob = stored.Value;
            var attached = await Ask<AttachFile, FileId>(new AttachFile(
                Ticket.Id, null, null, FileNames.Clean(upload.FileName), FileNames.CleanType(upload.ContentType), blob.Size, blob.Sha256, blob.Id));
            if (attached.Ok)
            {
                var content = await fileViews.Content(Me, attached.Value, CancellationToken.None);
                keep = !content.Ok || content.Value.Blob == blob.Id;
                Picked.Add(attached.Value.Value);
            }

            return attached.Ok;
        }
        finally
        {
            if (!keep)
            {
                blobs.Delete(stored.Value.Id);
            }
        }
    }

    /// <summary>Who would read it is not who the writer was told: nothing is sent, and the text waits in our own room.</summary>
    private async Task<IActionResult> NotSent()
    {
        var gone = Door?.StartsWith("partner:", StringComparison.Ordinal) == true && Readers.All(r => r.Value != Door);
        var name = Said?.Split('|') is [_, { Length: > 0 } told, ..] ? told : null;
        Say(gone && name is not null ? T["Nothing was sent: {0} is no longer at work here. Your text is kept as a note to be.", name]
            : T["Nothing was sent: who reads this is not what stood above the button. Look at the doors once more; your text is kept."]);
        Door = null;
        return await Refused(409);
    }

    private async Task<IActionResult> Refused(int? status)
    {
        Response.StatusCode = status ?? Response.StatusCode;

        // The scene may have changed under the refused text.
        return await Load() ? await Shown() : NotFound();
    }
}
