using Exchange.Core.Desk;
using Exchange.Core.Store;
using Exchange.Web.Pages.Desk;
using Exchange.Web.Shell;
using NUnit.Framework;

namespace Exchange.Edge.Tests.Pages;

public sealed class When_a_table_is_written
{
    [TestCase("plain", "plain")]
    [TestCase("", "")]
    [TestCase("a,b", "\"a,b\"")]
    [TestCase("say \"no\"", "\"say \"\"no\"\"\"")]
    [TestCase("two\nlines", "\"two\nlines\"")]
    [TestCase("two\rlines", "\"two\rlines\"")]
    [TestCase(" padded ", " padded ")]
    public void A_cell_is_quoted_where_it_has_to_be(string text, string cell) => Assert.That(Csv.Line([text, "x"]), Is.EqualTo($"{cell},x\r\n"));

    [TestCase("=1+1")]
    [TestCase("+1")]
    [TestCase("-1")]
    [TestCase("@SUM(A1)")]
    [TestCase("\t=1")]
    [TestCase("\r=1")]
    public void What_a_program_would_take_for_a_formula_is_a_text(string typed) => Assert.That(Csv.Typed(typed), Is.EqualTo($"'{typed}"));

    [TestCase("1-1", "1-1")]
    [TestCase("a=b", "a=b")]
    [TestCase("'=1", "'=1")]
    [TestCase(null, "")]
    public void Other_text_stays_as_it_is(string? typed, string cell) => Assert.That(Csv.Typed(typed), Is.EqualTo(cell));

    [TestCase(450, 10_000, 450, false)]
    [TestCase(450, 450, 450, false)]
    [TestCase(451, 450, 450, true)]
    [TestCase(201, 200, 200, true)]
    [TestCase(0, 200, 0, false)]
    public async Task A_long_list_is_cut_and_says_so(int there, int most, int told, bool cut)
    {
        var asked = new List<int>();
        Task<Page<TicketView>> List(PageAsk page)
        {
            asked.Add(page.Limit);
            var from = (int)(page.After?.Number ?? 0);
            var rows = Enumerable.Range(from, Math.Max(0, Math.Min(page.Limit, there - from))).Select(Ticket).ToList();
            var end = from + rows.Count;
            return Task.FromResult(new Page<TicketView>(rows, end < there ? new Cursor(end, default).ToString() : null));
        }

        var lines = new List<TicketView?>();
        await foreach (var line in TicketsModel.All(List, most, CancellationToken.None))
        {
            lines.Add(line);
        }

        Assert.That(lines.Count(l => l is not null), Is.EqualTo(told));
        Assert.That(lines.Count > told && lines[^1] is null, Is.EqualTo(cut));
        Assert.That(lines.OfType<TicketView>().Select(t => t.Number), Is.Unique);
        Assert.That(asked, Is.All.LessThanOrEqualTo(PageAsk.MaxLimit));
    }

    private static TicketView Ticket(int number) => new(
        default, $"{number}", "Pump", null, "new", "normal", null, null, null, null, false, null, null, false, [], default, default, 1, new Dictionary<string, FieldValue>(StringComparer.Ordinal), null);
}
