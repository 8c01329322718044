using System.Globalization;
using System.Runtime.CompilerServices;
using Exchange.Core.Desk;
using Exchange.Core.Store;
using Exchange.Web.Shell;
using Microsoft.AspNetCore.Mvc;

namespace Exchange.Web.Pages.Desk;

/// <summary>The list as a table to download.</summary>
public sealed partial class TicketsModel
{
    /// <summary>So many tickets does one table have.</summary>
    public const int MostExported = 10_000;

    /// <summary>The list's own address as that of its table: from its beginning, whatever page is looked at.</summary>
    public string Export => At.Path("tickets?handler=Export") + (Query.ToString() is { Length: > 0 } said ? $"&{said}" : "");

    public async Task<IActionResult> OnGetExportAsync()
    {
        await Read();
        if (Problems.Count > 0)
        {
            return StatusCode(Microsoft.AspNetCore.Http.StatusCodes.Status400BadRequest);
        }

        var filter = Query.Filter(At.In.MemberName, Fields);
        var table = Table(All(page => tickets.List(Me, filter, page, Gone), MostExported, Gone), Gone);
        return new CsvResult($"{At.In.Slug}-{Show.Local(Show.Now).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}.csv", table);
    }

    /// <summary>The tickets of page after page; a null at the end says that there are more.</summary>
    public static async IAsyncEnumerable<TicketView?> All(Func<PageAsk, Task<Page<TicketView>>> list, int most, [EnumeratorCancellation] CancellationToken ct)
    {
        var (left, after) = (most, (Cursor?)null);
        do
        {
            ct.ThrowIfCancellationRequested();
            var page = await list(new PageAsk(Math.Min(PageAsk.MaxLimit, left), after));
            foreach (var ticket in page.Items)
            {
                yield return ticket;
            }

            left -= page.Items.Count;
            after = page.Next is null ? null : Cursor.TryParse(page.Next);
        }
        while (after is not null && left > 0);
        if (after is not null)
        {
            yield return null;
        }
    }

    private async IAsyncEnumerable<IReadOnlyList<string>> Table(IAsyncEnumerable<TicketView?> found, [EnumeratorCancellation] CancellationToken ct)
    {
        yield return [T["Number"], T["Subject"], T["Status"], T["Priority"], T["Assignee"], T["Opened"], T["Changed"], T["Partners"], .. Fields.Select(f => Csv.Typed(f.Label))];
        await foreach (var ticket in found.WithCancellation(ct))
        {
            yield return ticket is null ? [T["Only the first {0} tickets are in this table: narrow the list.", MostExported]] : Line(ticket);
        }
    }

    private IReadOnlyList<string> Line(TicketView ticket) =>
    [
        ticket.Number, Csv.Typed(ticket.Subject), T[$"status:{ticket.Status}"], T[$"priority:{ticket.Priority}"], Csv.Typed(ticket.Assignee), Time(ticket.CreatedAt), Time(ticket.ChangedAt),
        Csv.Typed(string.Join("; ", ticket.Handoffs.Select(h => $"{h.Partner.Name} {h.PartnerTicketNumber}".TrimEnd()))), .. Fields.Select(f => Value(ticket.Fields.GetValueOrDefault(f.Key))),
    ];

    /// <summary>A number stays one, below zero too: it holds nothing but digits.</summary>
    private string Value(FieldValue? value) => value switch
    {
        null => "",
        { Kind: FieldKind.Text or FieldKind.Choice } => Csv.Typed(value.Text),
        { Kind: FieldKind.YesNo } => value.Text == "true" ? T["yes"] : T["no"],
        _ => value.Text,
    };

    private string Time(DateTimeOffset when) => Show.Local(when).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
