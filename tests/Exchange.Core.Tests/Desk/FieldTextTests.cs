using Exchange.Core.Desk;

namespace Exchange.Core.Tests.Desk;

public sealed class A_value_of_a_field
{
    private static readonly string[] Choices = ["Hall 3", "Annex"];

    [TestCase("text", "  Two words ", "Two words")]
    [TestCase("text", "=1+1", "=1+1")]
    [TestCase("number", "12", "12")]
    [TestCase("number", "012.50", "12.5")]
    [TestCase("number", "-0.0", "0")]
    [TestCase("number", "+7", "7")]
    [TestCase("number", "1e3", "1000")]
    [TestCase("number", "-999999999999999.999999", "-999999999999999.999999")]
    [TestCase("date", "2024-02-29", "2024-02-29")]
    [TestCase("choice", "Annex", "Annex")]
    [TestCase("yes-no", "true", "true")]
    [TestCase("yes-no", "false", "false")]
    public void Is_kept_in_one_way_however_it_was_written(string kind, string typed, string kept)
    {
        Assert.That(FieldText.Of(kind, Choices, typed), Is.EqualTo(kept));
        Assert.That(FieldText.Of(kind, Choices, kept), Is.EqualTo(kept), "what is kept is read as itself");
    }

    [TestCase("text", " ")]
    [TestCase("text", "two\nlines")]
    [TestCase("text", "turned \u202e round")]
    [TestCase("number", "")]
    [TestCase("number", "twelve")]
    [TestCase("number", "1,5")]
    [TestCase("number", "1 000")]
    [TestCase("number", "1000000000000000")]
    [TestCase("number", "0.0000001")]
    [TestCase("number", "NaN")]
    [TestCase("number", "0x10")]
    [TestCase("date", "2026-2-1")]
    [TestCase("date", "2026-02-30")]
    [TestCase("date", "01.02.2026")]
    [TestCase("date", "2026-05-31T10:00")]
    [TestCase("choice", "annex")]
    [TestCase("choice", "Roof")]
    [TestCase("choice", "")]
    [TestCase("yes-no", "yes")]
    [TestCase("yes-no", "True")]
    [TestCase("colour", "red")]
    public void Is_refused_where_its_field_holds_no_such_thing(string kind, string typed) => Assert.That(FieldText.Of(kind, Choices, typed), Is.Null);

    [Test]
    public void Is_no_text_beyond_its_length() =>
        Assert.That((FieldText.Of("text", [], new string('x', 200))?.Length, FieldText.Of("text", [], new string('x', 201))), Is.EqualTo(((int?)200, (string?)null)));

    [Test]
    public void Stands_in_order_as_numbers_do()
    {
        string[] rising = ["-999999999999999.999999", "-20", "-3", "-2.5", "-0.000001", "0", "0.000001", "2.5", "3", "20", "100", "999999999999999.999999"];
        Assert.That(rising.Select(n => FieldText.Sort("number", n)), Is.Ordered.Using((IComparer<string>)StringComparer.Ordinal).And.Unique);
        Assert.That(rising.Select(n => FieldText.Sort("number", n).Length), Is.All.LessThanOrEqualTo(FieldText.MaxText));
    }

    [Test]
    public void Is_found_whatever_the_size_of_its_letters() =>
        Assert.That((FieldText.Sort("text", "ÄRGER im Lager"), FieldText.Sort("choice", "Hall 3")), Is.EqualTo(("ärger im lager", "hall 3")));

    [TestCase("field.site", "annex", "annex", null, null)]
    [TestCase("field.hours", "2.50", "1000000000000002.500000", null, null)]
    [TestCase("field.hours.from", "2", null, "1000000000000002.000000", null)]
    [TestCase("field.visit.to", "2026-05-31", null, null, "2026-05-31")]
    [TestCase("field.old", "Gone", "gone", null, null)]
    public void Is_asked_for_in_an_address(string name, string value, string? equal, string? from, string? to)
    {
        var found = FieldFilter.Of(Fields, [KeyValuePair.Create(name, value)], out var wrong);
        Assert.That(wrong, Is.Empty);
        Assert.That(found.Select(f => (f.Is, f.From, f.To)), Is.EqualTo(new[] { (equal, from, to) }));
    }

    [TestCase("field.nowhere", "x")]
    [TestCase("field.", "x")]
    [TestCase("field.site.from", "Annex")]
    [TestCase("field.hours", "many")]
    [TestCase("field.visit.from", "soon")]
    public void Is_not_asked_for_by_nonsense(string name, string value)
    {
        Assert.That(FieldFilter.Of(Fields, [KeyValuePair.Create(name, value)], out var wrong), Is.Empty);
        Assert.That(wrong.Keys, Is.EqualTo(new[] { name }));
    }

    [Test]
    public void Narrows_from_and_to_at_once_and_no_list_by_more_than_five_fields()
    {
        var both = FieldFilter.Of(Fields, [KeyValuePair.Create("field.visit.from", "2026-01-01"), KeyValuePair.Create("field.visit.to", "2026-01-31")], out _);
        Assert.That(both.Select(f => (f.From, f.To)), Is.EqualTo(new[] { ("2026-01-01", "2026-01-31") }));
        var many = Enumerable.Range(0, 6).Select(n => new FieldView(Guid.Parse($"0195569e-3a00-7000-8000-00000000000{n}"), $"f{n}", "F", "text", [], false, false, n, false)).ToList();
        FieldFilter.Of(many, many.Select(f => KeyValuePair.Create($"field.{f.Key}", "x")), out var wrong);
        Assert.That(wrong, Has.Count.EqualTo(1));
    }

    private static readonly FieldView[] Fields =
    [
        new(Guid.Parse("0195569e-3a00-7000-8000-0000000000a1"), "site", "Site", "choice", Choices, false, false, 1, false),
        new(Guid.Parse("0195569e-3a00-7000-8000-0000000000a2"), "hours", "Hours", "number", [], false, false, 2, false),
        new(Guid.Parse("0195569e-3a00-7000-8000-0000000000a3"), "visit", "Visit", "date", [], false, false, 3, false),
        new(Guid.Parse("0195569e-3a00-7000-8000-0000000000a4"), "old", "Old", "choice", ["One", "Two"], false, false, 4, true),
    ];
}
