using System.Globalization;
using System.Reflection;
using System.Text;
using Exchange.Core.Accounts;
using Exchange.Edge.Tests.Pages;
using Exchange.Web.Shell;
using NUnit.Framework;

namespace Exchange.Edge.Tests.House;

/// <summary>The page that shows who may do what is made from the asks and the pages themselves.</summary>
public sealed class The_page_of_the_roles
{
    private static readonly string Path = Repository.In("docs", "roles.md");

    [TestCaseSource(typeof(The_house), nameof(The_house.Asks))]
    public void Knows_who_may_ask(Type ask) =>
        Assert.That(Rights.Of(ask), Is.Not.Null, $"{ask.Name} does not say with [AllowedTo] who may ask it, so that nobody may");

    [Test]
    public void Knows_what_the_pages_ask()
    {
        Assert.That(Asked.By(typeof(Web.Pages.Desk.Settings.CompanyModel)), Is.EqualTo(new[] { typeof(ChangeAccount) }), "it can read that from their code");
        foreach (var page in Asked.Pages.Where(page => page.Model.GetCustomAttribute<SeesAttribute>() is not null))
        {
            Assert.That(Asked.By(page.Model).Where(ask => Rights.Of(ask) == Roles.None), Is.Empty, $"{page.Address} asks what no member may ask");
        }
    }

    [Test]
    public void Is_what_the_code_says()
    {
        var page = Page();
        if (Environment.GetEnvironmentVariable("EXCHANGE_APPROVE") is "1")
        {
            File.WriteAllText(Path, page);
        }

        Assert.That(File.Exists(Path) ? File.ReadAllText(Path) : "", Is.EqualTo(page), "Run this test with EXCHANGE_APPROVE=1, look at what changed, and commit it.");
    }

    private static string Page()
    {
        var page = new StringBuilder();
        page.Append(
            """
            # Who may do what

            This page is made from `[AllowedTo]` on each ask and `[Sees]` on each page by the test `The_page_of_the_roles`; a change by hand fails it.
            An admin may ask everything that a member may ask. What nobody's column marks is asked by the exchange itself, or by somebody for himself before he is a member.
            A key has no role: its scopes say what it may do.


            """);
        var others = Rights.Each.Where(role => role != Roles.Admin).ToList();
        Header(page, "ask", others);
        foreach (var ask in The_house.Asks().OrderBy(a => a.Namespace, StringComparer.Ordinal).ThenBy(a => a.Name, StringComparer.Ordinal))
        {
            var allowed = Rights.Of(ask) ?? Roles.None;
            page.Append(CultureInfo.InvariantCulture, $"| {ask.Namespace!.Split('.')[^1]}: {ask.Name} | {Mark(allowed != Roles.None)} | {string.Join(" | ", others.Select(role => Mark(allowed.HasFlag(role))))} |\n");
        }

        page.Append("\n## Pages\n\nWhoever sees a page is drawn, and may send, only what his role may ask.\n\n");
        Header(page, "page", others, "what it asks");
        foreach (var (address, model) in Asked.Pages)
        {
            var asks = string.Join(", ", Asked.By(model).Select(ask => ask.Name));
            var sees = model.GetCustomAttribute<SeesAttribute>()?.Roles;
            page.Append(CultureInfo.InvariantCulture, $"| `{address}` | {(sees is { } roles
                ? $"{Mark(true)} | {string.Join(" | ", others.Select(role => Mark(roles.HasFlag(role))))}"
                : string.Join(" | ", Rights.Each.Select(_ => model.IsDefined(typeof(OpenAttribute)) ? "everybody" : "signed in")))} | {asks} |\n");
        }

        return page.ToString();
    }

    private static void Header(StringBuilder page, string first, List<Roles> others, string? last = null) => page
        .Append(CultureInfo.InvariantCulture, $"| {first} | Admin | {string.Join(" | ", others)} |{(last is null ? "" : $" {last} |")}\n")
        .Append(CultureInfo.InvariantCulture, $"|---|{string.Concat(Rights.Each.Select(_ => ":-:|"))}{(last is null ? "" : "---|")}\n");

    private static string Mark(bool may) => may ? "x" : "";
}
