using Exchange.Api.Http;
using Exchange.Core.Accounts;
using Exchange.Core.Desk;
using Exchange.Core.Files;
using Exchange.Core.Kernel;
using Exchange.Core.Store;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Exchange.Api.Routes;

internal static class FileRoutes
{
    private const int MostField = 4096;

    public static void MapFiles(this RouteGroupBuilder api)
    {
        api.MapPost("/tickets/{id:guid}/files", Upload).WithMetadata(new NoBodyLimit()).DisableAntiforgery()
            .Accepts<IFormFile>("multipart/form-data").RequireAuthorization(Scopes.Work).Produces<FileView>(201).ProducesProblem(413).WithTags("Files")
            .WithSummary("Upload a file: multipart with file, audience (internal by default) and handoffId");

        api.MapGet("/tickets/{id:guid}/files", async (Guid id, Me me, Paging paging, FileViews views, CancellationToken ct) =>
            Reply.Listed(await views.List(me.Caller, new TicketId(id), paging.Page, ct), "ticket"))
            .RequireAuthorization(Scopes.Read).Produces<Page<FileView>>().ProducesProblem(404).WithTags("Files").WithSummary("The ticket's files, newest first");

        api.MapGet("/files/{id:guid}", async (Guid id, Me me, FileViews views, CancellationToken ct) =>
            Reply.Listed(await views.One(me.Caller, new FileId(id), ct), "file"))
            .RequireAuthorization(Scopes.Read).Produces<FileView>().ProducesProblem(404).WithTags("Files").WithSummary("One file's name, size, hash and state");

        api.MapGet("/files/{id:guid}/content", Content)
            .RequireAuthorization(Scopes.Read).Produces(200, contentType: "application/octet-stream").Produces(206).ProducesProblem(404).WithTags("Files")
            .WithSummary("The bytes; Range works");
    }

    private static async Task<IResult> Content(Guid id, Me me, HttpContext http, FileViews views, IBlobStore blobs, CancellationToken ct)
    {
        var found = await views.Content(me.Caller, new FileId(id), ct);
        if (!found.Ok)
        {
            return new Problem(found.Fault);
        }

        var file = found.Value.File;
        if (blobs.Open(found.Value.Blob) is not { } bytes)
        {
            return new Problem(new Fault(Codes.NotReady, "The bytes of this file cannot be read now. Ask again later; the operator finds the cause in the log."));
        }

        // Never executed, never shown inside a page of ours but as a safe image.
        var inline = FileNames.IsSafeImage(file.ContentType);
        var disposition = new ContentDispositionHeaderValue(inline ? "inline" : "attachment");
        disposition.SetHttpFileName(file.Name);
        http.Response.Headers.ContentDisposition = disposition.ToString();
        http.Response.Headers.XContentTypeOptions = "nosniff";
        http.Response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        http.Response.Headers.CacheControl = "private, no-cache";
        return TypedResults.Stream(bytes, file.ContentType, null, file.At, new EntityTagHeaderValue($"\"{file.Sha256}\""), enableRangeProcessing: true);
    }

    private static async Task<IResult> Upload(
        Guid id, Me me, HttpRequest request, ExchangeSettings settings, IBlobStore blobs, Door door, TicketViews tickets, FileViews views, CancellationToken ct)
    {
        if (await tickets.One(me.Caller, new TicketId(id), ct) is null)
        {
            return new Problem(Fault.NotFound("ticket"));
        }

        var sent = await Read(request, settings.Files.MaxBytes, blobs, ct);
        if (!sent.Ok)
        {
            return new Problem(sent.Fault);
        }

        var form = sent.Value;
        var keep = false;
        try
        {
            if (form.Handoff is not null && !Guid.TryParseExact(form.Handoff, "D", out _))
            {
                return new Problem(Fault.Invalid("handoffId", "'handoffId' is the id of a handoff of this ticket."));
            }

            HandoffId? handoff = form.Handoff is null ? null : new HandoffId(Guid.ParseExact(form.Handoff, "D"));
            var ask = new AttachFile(new TicketId(id), form.Audience, handoff, form.Name, form.ContentType, form.Stored.Size, form.Stored.Sha256, form.Stored.Id);
            var outcome = await door.Do<AttachFile, FileId>(ask, me.Caller, me.Once, CancellationToken.None);
            if (!outcome.Ok)
            {
                return new Problem(outcome.Fault);
            }

            keep = true;

            // The answer of an earlier request with the same key refers to the bytes that came then.
            var content = await views.Content(me.Caller, outcome.Value, CancellationToken.None);
            keep = !content.Ok || content.Value.Blob == form.Stored.Id;
            var view = await views.One(me.Caller, outcome.Value, CancellationToken.None);
            return TypedResults.Created($"/api/v1/files/{outcome.Value}", view);
        }
        finally
        {
            if (!keep)
            {
                blobs.Delete(form.Stored.Id);
            }
        }
    }

    /// <summary>Reads the parts in whatever order they come; the file goes straight to the store.</summary>
    private static async Task<Outcome<Form>> Read(HttpRequest request, long most, IBlobStore blobs, CancellationToken ct)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
            || HeaderUtilities.RemoveQuotes(type.Boundary) is not { Length: > 0 and <= 100 } boundary)
        {
            return new Fault(Codes.Malformed, "Send the file as multipart/form-data, in a part named file.");
        }

        StoredBlob? stored = null;
        var done = false;
        var form = new Form(null, null, "", "", null!);
        try
        {
            var reader = new MultipartReader(boundary.ToString(), request.Body);
            while (await reader.ReadNextSectionAsync(ct) is { } section)
            {
                if (!ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var part))
                {
                    return new Fault(Codes.Malformed, "A part of the multipart body has no Content-Disposition.");
                }

                switch (HeaderUtilities.RemoveQuotes(part.Name).ToString())
                {
                    case "file" when stored is null:
                        var kept = await blobs.Store(section.Body, most, ct);
                        if (!kept.Ok)
                        {
                            return kept.Fault;
                        }

                        stored = kept.Value;
                        var name = part.FileNameStar.HasValue ? part.FileNameStar.ToString() : HeaderUtilities.UnescapeAsQuotedString(part.FileName).ToString();
                        form = form with { Name = FileNames.Clean(name), ContentType = FileNames.CleanType(section.ContentType), Stored = stored };
                        break;
                    case "file":
                        return Fault.Invalid("file", "Send one file at a time.");
                    case "audience":
                        form = form with { Audience = await Field(section, ct) };
                        break;
                    case "handoffId":
                        form = form with { Handoff = await Field(section, ct) };
                        break;
                    default:
                        break;
                }
            }

            done = stored is not null;
            return done ? form : Fault.Invalid("file", "A part named file is missing.");
        }
        catch (Exception e) when (e is InvalidDataException || (e is IOException and not BadHttpRequestException))
        {
            return new Fault(Codes.Malformed, "The multipart body ended too early or cannot be read: nothing was kept. Send the file again.");
        }
        finally
        {
            if (!done && stored is not null)
            {
                blobs.Delete(stored.Id);
            }
        }
    }

    private static async Task<string> Field(MultipartSection section, CancellationToken ct)
    {
        using var reader = new StreamReader(section.Body);
        var buffer = new char[MostField];
        var read = await reader.ReadBlockAsync(buffer, ct);
        return new string(buffer, 0, read).Replace("\0", "", StringComparison.Ordinal).Trim();
    }

    /// <summary>A file has its own limit, kept while it streams.</summary>
    private sealed class NoBodyLimit : IRequestSizeLimitMetadata
    {
        public long? MaxRequestBodySize => null;
    }

    private sealed record Form(string? Audience, string? Handoff, string Name, string ContentType, StoredBlob Stored);
}
