using System.Text;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;

namespace Exchange.Web.Shell;

/// <summary>Tables as RFC 4180 writes them, for programs that calculate.</summary>
public static class Csv
{
    public static string Line(IEnumerable<string> cells) => string.Join(',', cells.Select(Cell)) + "\r\n";

    private static string Cell(string text) => text.AsSpan().IndexOfAny("\",\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>A text that somebody typed: where a program would take it for a formula, an apostrophe before it makes it a text.</summary>
    public static string Typed(string? text) => text is { Length: > 0 } && text[0] is '=' or '+' or '-' or '@' or '\t' or '\r' ? $"'{text}" : text ?? "";
}

/// <summary>A table to download, sent line by line as it is read.</summary>
/// <param name="lines">The first is the heading.</param>
public sealed class CsvResult(string name, IAsyncEnumerable<IReadOnlyList<string>> lines) : IActionResult
{
    public async Task ExecuteResultAsync(ActionContext context)
    {
        var (response, gone) = (context.HttpContext.Response, context.HttpContext.RequestAborted);
        response.ContentType = "text/csv; charset=utf-8";
        var disposition = new ContentDispositionHeaderValue("attachment");
        disposition.SetHttpFileName(name);
        response.Headers.ContentDisposition = disposition.ToString();

        // With the mark at the beginning, without which Excel takes letters beyond ASCII for others.
        var writer = new StreamWriter(response.Body, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true);
        await using (writer)
        {
            await foreach (var line in lines.WithCancellation(gone))
            {
                await writer.WriteAsync(Csv.Line(line).AsMemory(), gone);
            }
        }
    }
}
