using System.Text.Json;
using Exchange.Core.Links;

namespace Exchange.Core.Tests.Links;

public sealed class Two_versions_of_terms
{
    private static readonly Terms Before = Terms.Default;

    public static IEnumerable<TestCaseData> Changes() =>
    [
        new(Before with { Directions = "inviter-to-invitee" }, "directions", "both", "inviter-to-invitee", "Tickets go only from the company that invited to the one that accepted (before: both ways)."),
        new(Before with { Acceptance = "automatic" }, "acceptance", "manual", "automatic", "Offers are accepted automatically (before: by hand)."),
        new(Before with { Offers = "sealed" }, "offers", "visible", "sealed", "Offers show a summary until they are accepted (before: everything at once)."),
        new(Before with { Share = Before.Share with { Contact = false } }, "share.contact", "true", "false", "The contact may go over the link: no (before: yes)."),
        new(Before with { Share = Before.Share with { Asset = false } }, "share.asset", "true", "false", "The asset may go over the link: no (before: yes)."),
        new(Before with { Share = Before.Share with { Files = false } }, "share.files", "true", "false", "Files may go over the link: no (before: yes)."),
        new(Before with { Onward = Before.Onward with { Contact = true } }, "onward.contact", "false", "true", "The contact may go onward to the next partner: yes (before: no)."),
        new(Before with { Onward = Before.Onward with { Asset = true } }, "onward.asset", "false", "true", "The asset may go onward to the next partner: yes (before: no)."),
        new(Before with { Onward = Before.Onward with { Files = true } }, "onward.files", "false", "true", "Files may go onward to the next partner: yes (before: no)."),
        new(Before with { Disclosure = "name" }, "disclosure", "count", "name", "Of partners further down one sees count, state and name (before: count and state)."),
        new(Before with { ShowAncestors = true }, "showAncestors", "false", "true", "Companies further up are shown (before: hidden)."),
        new(Before with { MaxDepth = 1 }, "maxDepth", "5", "1", "A chain has at most 1 handoff (before: 5 handoffs)."),
        new(Before with { ConfirmAfterDays = 9 }, "confirmAfterDays", "5", "9", "What is resolved closes by itself after 9 days (before: 5 days)."),
        new(Before with { ReopenWithinDays = 0 }, "reopenWithinDays", "30", "0", "What is closed may be reopened for 0 days (before: 30 days)."),
        new(Before with { RecallSilenceDays = 4 }, "recallSilenceDays", "2", "4", "Silence on a recall counts as agreed after 4 days (before: 2 days)."),
        new(Before with { NoticeDays = 30 }, "noticeDays", "14", "30", "The notice before the link ends is 30 days (before: 14 days)."),
        new(Before with { AcceptWithinHours = 4 }, "acceptWithinHours", null, "4", "Offers are to be accepted within 4 hours (before: without a time set by the terms)."),
        new(Before with { RespondWithinHours = 1 }, "respondWithinHours", null, "1", "Work is to begin within 1 hour (before: without a time set by the terms)."),
        new(Before with { ResolveWithinHours = 72 }, "resolveWithinHours", null, "72", "Work is to be resolved within 72 hours (before: without a time set by the terms)."),
        new(Before with { Fields = FieldKeys.Of(["visit", "site"]) }, "fields", null, "site visit", "Fields of its own that the company that hands over sends along: site, visit (before: none)."),
        new(Before with { Climb = true }, "climb", "false", "true", "What a partner further down resolves is resolved further up by itself (before: by hand)."),
    ];

    [TestCaseSource(nameof(Changes))]
    public void Differ_in_what_was_changed_in_plain_words(Terms after, string name, string? from, string? to, string text)
    {
        Assert.That(TermsDifference.Between(Before, after), Is.EqualTo(new[] { new TermsDifference(name, from, to, text) }));
        Assert.That(TermsDifference.Between(after, Before).Select(d => (d.Name, d.From, d.To)), Is.EqualTo(new[] { (name, to, from) }));
    }

    /// <summary>A member that is added to the terms, and forgotten here, would be signed unseen.</summary>
    [Test]
    public void Show_the_change_of_every_member_there_is()
    {
        var members = JsonSerializer.SerializeToElement(Before, JsonSerializerOptions.Web).EnumerateObject()
            .SelectMany(m => m.Value.ValueKind == JsonValueKind.Object ? m.Value.EnumerateObject().Select(n => $"{m.Name}.{n.Name}") : [m.Name]).Where(name => name != "version");
        Assert.That(Changes().Select(c => (string)c.Arguments[1]!), Is.EquivalentTo(members));
    }

    [Test]
    public void Do_not_differ_by_their_number() => Assert.That(TermsDifference.Between(Before, Before with { Version = 7 }), Is.Empty);

    [Test]
    public void Of_which_one_was_stored_before_a_member_was_there_are_read_with_its_default()
    {
        const string Old = """{"version":3,"directions":"both","acceptance":"manual","offers":"visible","share":{"contact":true,"asset":true,"files":true},"onward":{"contact":false,"asset":false,"files":false},"disclosure":"count","showAncestors":false,"maxDepth":5,"confirmAfterDays":5,"reopenWithinDays":30}""";
        Assert.That(JsonSerializer.Deserialize<Terms>(Old, JsonSerializerOptions.Web), Is.EqualTo(Terms.Default with { Version = 3 }));
    }

    [Test]
    public void Name_fields_in_one_order_and_each_once_so_that_equal_ones_are_equal()
    {
        var terms = Before with { Fields = FieldKeys.Of(["visit", "site", "visit"]) };
        Assert.That(terms, Is.EqualTo(Before with { Fields = FieldKeys.Of(["site", "visit"]) }));
        Assert.That((terms.Names("site"), terms.Names("sit"), Before.Names("site")), Is.EqualTo((true, false, false)));
        var stored = JsonSerializer.Serialize(terms, JsonSerializerOptions.Web);
        Assert.That(stored, Does.Contain("\"fields\":[\"site\",\"visit\"]"));
        Assert.That(JsonSerializer.Deserialize<Terms>(stored, JsonSerializerOptions.Web), Is.EqualTo(terms));
        Assert.That(FieldKeys.Of([]), Is.Null);
    }
}
