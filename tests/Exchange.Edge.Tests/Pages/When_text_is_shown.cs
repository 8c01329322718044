using System.Text.Encodings.Web;
using Exchange.Web.Shell;
using NUnit.Framework;

namespace Exchange.Edge.Tests.Pages;

public sealed class When_text_is_shown
{
    [TestCase("<script>alert(1)</script>", "<p dir=\"auto\">&lt;script&gt;alert(1)&lt;/script&gt;</p>")]
    [TestCase("a & b < c > d \" e ' f", "<p dir=\"auto\">a &amp; b &lt; c &gt; d &quot; e &#x27; f</p>")]
    [TestCase("one\ntwo\r\nthree", "<p dir=\"auto\">one<br>two<br>three</p>")]
    [TestCase("one\n\n\n two", "<p dir=\"auto\">one</p><p dir=\"auto\">two</p>")]
    [TestCase("", "")]
    [TestCase(null, "")]
    public void It_is_text_and_nothing_else(string? text, string html) => Assert.That(Of(text), Is.EqualTo(html));

    [TestCase("see https://example.com/a?b=1&c=2.", "https://example.com/a?b=1&amp;c=2", "https://example.com/a?b=1&amp;c=2")]
    [TestCase("(http://example.com/x(y))", "http://example.com/x(y)", "http://example.com/x(y)")]
    [TestCase("HTTPS://EXAMPLE.com", "https://example.com/", "HTTPS://EXAMPLE.com")]
    public void An_address_is_a_link(string text, string href, string words) =>
        Assert.That(Of(text), Does.Contain($"<a class=\"lnk\" rel=\"noopener noreferrer nofollow\" target=\"_blank\" href=\"{href}\">{words}</a>"));

    [TestCase("javascript:alert(1)")]
    [TestCase("data:text/html,<b>x</b>")]
    [TestCase("ftp://example.com/x")]
    [TestCase("https://")]
    [TestCase("https://bank.example@evil.example/")]
    [TestCase("www.example.com")]
    public void Nothing_else_is_a_link(string text) => Assert.That(Of(text), Does.Not.Contain("<a"));

    [TestCase("https://example.com/\"onmouseover=\"alert(1)")]
    [TestCase("https://example.com/<img src=x onerror=alert(1)>")]
    [TestCase("https://example.com/'onclick='x")]
    public void An_address_does_not_get_out_of_its_attribute(string text)
    {
        var html = Of(text);
        Assert.That(html, Does.Not.Contain("<img").And.Not.Contains("\"onmouseover").And.Not.Contains("'onclick"));
        Assert.That(html.Count(c => c == '"'), Is.EqualTo(2 + (html.Contains("<a", StringComparison.Ordinal) ? 8 : 0)), html);
    }

    private static string Of(string? text)
    {
        using var writer = new StringWriter();
        Prose.Html(text).WriteTo(writer, HtmlEncoder.Default);
        return writer.ToString();
    }
}
