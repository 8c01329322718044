using Exchange.Core.Accounts;
using Exchange.Core.Desk;
using Exchange.Core.Kernel;
using Exchange.Core.Store;
using Exchange.Edge.Tests.Lists;
using Exchange.Edge.Tests.TestKit;
using NUnit.Framework;

namespace Exchange.Edge.Tests.Desk;

[TestFixtureSource(typeof(Engines))]
public sealed class When_a_company_has_fields_of_its_own(Engine engine)
{
    private World _world = null!;
    private Caller _ada = null!;
    private Caller _bob = null!;

    [SetUp]
    public async Task Begin()
    {
        Plans.Listen();
        _world = World.Open(engine);
        (_ada, _bob) = (await _world.Join("Ada"), await _world.Join("Bob"));
    }

    [TearDown]
    public ValueTask End() => _world.DisposeAsync();

    [Test]
    public async Task Each_has_a_key_of_its_own_and_a_place_that_can_be_changed()
    {
        var first = await Add("Numéro de série!");
        await Add("Numero de serie");
        await Add("Серийный номер");
        await Add("Site", "choice", ["Hall 3", "Annex"], key: "where");
        Assert.That(await Keys(), Is.EqualTo(new[] { "numero-de-serie", "numero-de-serie-2", "field", "where" }));
        Assert.That((await _world.Ask<AddField, FieldId>(new AddField("Other", "text", null, null, null, "where"), _ada)).Fault?.Errors?.Keys, Is.EqualTo(new[] { "key" }));
        Assert.That((await _world.Ask<AddField, FieldId>(new AddField("Other", "text", null, null, null, "where"), _bob)).Ok, Is.True, "another company's keys are its own");

        (await Change(first, place: 3)).Must();
        Assert.That(await Keys(), Is.EqualTo(new[] { "numero-de-serie-2", "field", "numero-de-serie", "where" }));
        (await Change(first, label: "Serial", place: 30)).Must();
        Assert.That((await Fields()).Select(f => (f.Label, f.Position)).Last(), Is.EqualTo(("Serial", 4)));
        Assert.That((await Change(first, _bob, label: "Mine")).Fault?.Code, Is.EqualTo(Codes.NotFound), "nobody changes another company's");
        Assert.That((await Change(first, choices: ["a", "b"])).Fault?.Errors?.Keys, Is.EqualTo(new[] { "choices" }), "a text has no choices");
    }

    [Test]
    public async Task A_retired_one_is_asked_for_no_more_and_its_values_can_be_read_and_found()
    {
        var field = await Add("Site");
        await Add("Visit", "date");
        var ticket = await Open(("site", "Hall 3"));
        (await _world.Ask<RetireField, Done>(new RetireField(field.Value), _ada)).Must();
        Assert.That((await Fields()).Select(f => (f.Key, f.Position, f.Retired)), Is.EqualTo(new[] { ("visit", 1, false), ("site", 0, true) }).Using<(string Key, int Position, bool Retired)>(
            (a, b) => a.Key == b.Key && a.Retired == b.Retired && (a.Retired || a.Position == b.Position)));
        Assert.That(await Values(ticket), Is.EqualTo(new[] { ("site", "Hall 3") }));
        Assert.That(await Found(("field.site", "hall 3")), Is.EqualTo(new[] { ticket }));
        Assert.That((await Set(ticket, ("site", "Annex"))).Fault?.Errors?.Keys, Is.EqualTo(new[] { "fields.site" }));
        Assert.That((await _world.Ask<RetireField, Done>(new RetireField(field.Value), _ada)).Fault?.Code, Is.EqualTo(Codes.NotFound));
        Assert.That((await _world.Ask<AddField, FieldId>(new AddField("Site", "number", null, null, null), _ada)).Ok, Is.True);
        Assert.That(await Keys(), Does.Contain("site-2"), "a key never comes back for another field");
    }

    [Test]
    public async Task There_are_thirty_at_most_at_once()
    {
        for (var i = 0; i < TicketField.Most; i++)
        {
            await Add($"Field {i}");
        }

        var refused = await _world.Ask<AddField, FieldId>(new AddField("One more", "text", null, null, null), _ada);
        Assert.That(refused.Fault?.Code, Is.EqualTo(Codes.Validation));
        (await _world.Ask<RetireField, Done>(new RetireField((await Fields())[0].Id), _ada)).Must();
        await Add("One more");
    }

    [Test]
    public async Task A_change_is_merged_counts_as_one_of_the_ticket_and_an_equal_one_is_none()
    {
        await Add("Site", "choice", ["Hall 3", "Annex"]);
        await Add("Hours", "number");
        await Add("Warranty", "yes-no");
        var ticket = await Open(("site", "Hall 3"), ("hours", "2.50"), ("warranty", null));
        Assert.That(await Values(ticket), Is.EqualTo(new[] { ("site", "Hall 3"), ("hours", "2.5") }));
        var before = await Read(ticket);

        (await Set(ticket, ("hours", null), ("warranty", "true"))).Must();
        var after = await Read(ticket);
        Assert.That(await Values(ticket), Is.EqualTo(new[] { ("site", "Hall 3"), ("warranty", "true") }));
        Assert.That((after.Version, after.ChangedAt >= before.ChangedAt), Is.EqualTo((before.Version + 1, true)));

        (await Set(ticket, ("warranty", "true"), ("hours", null), ("site", "Hall 3"))).Must();
        Assert.That((await Read(ticket)).Version, Is.EqualTo(after.Version), "nothing is another now");
        Assert.That((await _world.Ask<ChangeTicket, TicketId>(Ask(ticket, ("site", "Annex")) with { IfVersion = before.Version }, _ada)).Fault?.Code, Is.EqualTo(Codes.VersionConflict));
    }

    [TestCase("hours", "many")]
    [TestCase("hours", "1000000000000000")]
    [TestCase("visit", "31.05.2026")]
    [TestCase("site", "Roof")]
    [TestCase("warranty", "perhaps")]
    [TestCase("note", "two\nlines")]
    [TestCase("nowhere", "x")]
    public async Task A_bad_value_is_refused_by_its_name_and_nothing_is_written(string key, string value)
    {
        await Add("Hours", "number");
        await Add("Visit", "date");
        await Add("Site", "choice", ["Hall 3", "Annex"]);
        await Add("Warranty", "yes-no");
        await Add("Note");
        await Add("Other");
        var opened = await _world.Ask<OpenTicket, TicketId>(new OpenTicket("Pump", null, null, null, null, null, null, Given((key, value))), _ada);
        Assert.That((opened.Fault?.Code, opened.Fault?.Errors?.Keys.Single()), Is.EqualTo((Codes.Validation, $"fields.{key}")));
        var ticket = await Open(("other", "as it was"));
        Assert.That((await Set(ticket, ("other", "changed"), (key, value))).Fault?.Errors?.Keys, Does.Contain($"fields.{key}"));
        Assert.That(await Values(ticket), Is.EqualTo(new[] { ("other", "as it was") }));
    }

    [Test]
    public async Task People_cannot_open_a_ticket_without_what_is_required_and_programs_can()
    {
        await Add("Site", required: true);
        var person = _ada with { Roles = Roles.Agent };
        var refused = await _world.Ask<OpenTicket, TicketId>(new OpenTicket("Pump", null, null, null, null, null), person);
        Assert.That(refused.Fault?.Errors?.Keys, Is.EqualTo(new[] { "fields.site" }));
        var opened = (await _world.Ask<OpenTicket, TicketId>(new OpenTicket("Pump", null, null, null, null, null, null, Given(("site", "Hall"))), person)).Must();
        Assert.That((await _world.Ask<ChangeTicket, TicketId>(Ask(opened, ("site", null)), person)).Fault?.Errors?.Keys, Is.EqualTo(new[] { "fields.site" }), "nor empty it");
        (await Set(opened, ("site", null))).Must();
        await Open();
    }

    [Test]
    public async Task By_the_form_only_what_it_asks_for_is_taken_and_what_it_requires_is_needed()
    {
        (await _world.Ask<ChangeCustomerForm, AccountId>(new ChangeCustomerForm(true, null, "hidden", "hidden", "hidden", "hidden", "hidden", Files: false), _ada)).Must();
        (await _world.Ask<AddField, FieldId>(new AddField("Machine", "text", null, true, true), _ada)).Must();
        await Add("Margin", "number", required: true);
        var claire = Requester.As(_ada.Account, "Ada", "Claire");
        var ask = new OpenByCustomer("Claire", "claire@people.example", null, "Till is dark", null, null, null, null, null, Given(("margin", "99")));
        Assert.That((await _world.Ask<OpenByCustomer, RequesterInvited>(ask, claire)).Fault?.Errors?.Keys, Is.EqualTo(new[] { "fields.machine" }));
        var opened = (await _world.Ask<OpenByCustomer, RequesterInvited>(ask with { Fields = Given(("machine", "4"), ("margin", "99")) }, claire)).Must();
        Assert.That(await Values(opened.Ticket), Is.EqualTo(new[] { ("machine", "4") }));
    }

    [Test]
    public async Task A_mirror_comes_without_them_and_may_be_given_them_afterwards()
    {
        (await _world.Ask<AddField, FieldId>(new AddField("Site", "text", null, true, null), _bob)).Must();
        var handoff = await _world.Running(_ada, _bob, await _world.Link(_ada, _bob));
        var mirror = (await _world.Get<Core.Handoffs.HandoffViews>().One(_bob, handoff, CancellationToken.None))!.TicketId!.Value;
        var person = _bob with { Roles = Roles.Agent };
        (await _world.Ask<ChangeTicket, TicketId>(Ask(mirror, ("site", "Hall")), person)).Must();
        (await _world.Ask<ChangeTicket, TicketId>(Ask(mirror, ("site", null)), person)).Must();
    }

    [Test]
    public async Task Lists_are_narrowed_by_them_alone_and_with_other_things()
    {
        await Add("Site");
        await Add("Hours", "number");
        await Add("Visit", "date");
        await Add("Warranty", "yes-no");
        var one = await Open(("site", "Hall 3"), ("hours", "-2.5"), ("visit", "2026-05-31"), ("warranty", "true"));
        var two = await Open(("site", "HALL 3"), ("hours", "10"), ("visit", "2026-06-01"), ("warranty", "false"));
        var three = await Open(("site", "Hall 33"), ("hours", "9"));
        await Open();
        Assert.That(await Found(("field.site", "hall 3")), Is.EqualTo(new[] { two, one }), "whatever the size of its letters, and whole");
        Assert.That(await Found(("field.hours", "10.0")), Is.EqualTo(new[] { two }));
        Assert.That(await Found(("field.hours.from", "-3"), ("field.hours.to", "9")), Is.EqualTo(new[] { three, one }));
        Assert.That(await Found(("field.hours.from", "9.5")), Is.EqualTo(new[] { two }));
        Assert.That(await Found(("field.visit.to", "2026-05-31")), Is.EqualTo(new[] { one }));
        Assert.That(await Found(("field.warranty", "true")), Is.EqualTo(new[] { one }));
        Assert.That(await Found(("field.site", "Hall 3"), ("field.warranty", "false")), Is.EqualTo(new[] { two }));
        Assert.That(await Found(("field.site", "Annex")), Is.Empty);
        (await _world.Ask<ChangeTicket, TicketId>(new ChangeTicket(two, "closed", null, null, null, null, null), _ada)).Must();
        var filter = new TicketFilter(Open: true, Fields: FieldFilter.Of(await Fields(), [KeyValuePair.Create("field.site", "Hall 3")], out _));
        foreach (var sort in Enum.GetValues<TicketSort>())
        {
            Assert.That((await List(_ada, filter with { Sort = sort })).Select(t => t.Id), Is.EqualTo(new[] { one }), $"{sort}");
        }

        Assert.That(await List(_bob, filter), Is.Empty, "another company's fields find nothing");
    }

    [Test]
    public async Task Pages_of_one_value_follow_one_another_without_gap_or_double()
    {
        await Add("Site");
        var all = new List<TicketId>();
        for (var i = 0; i < 7; i++)
        {
            all.Insert(0, await Open(("site", "Hall 3")));
            await Open(("site", "Annex"));
        }

        var filter = new TicketFilter(Fields: FieldFilter.Of(await Fields(), [KeyValuePair.Create("field.site", "Hall 3")], out _));
        var (read, after) = (new List<TicketId>(), (Cursor?)null);
        do
        {
            var page = await _world.Get<TicketViews>().List(_ada, filter, new PageAsk(3, after), CancellationToken.None);
            read.AddRange(page.Items.Select(t => t.Id));
            after = page.Next is null ? null : Cursor.TryParse(page.Next);
        }
        while (after is not null);
        Assert.That(read, Is.EqualTo(all));
        Assert.That((await _world.Get<TicketViews>().Count(_ada, filter, CancellationToken.None)).Count, Is.EqualTo(7));
    }

    [Test]
    public async Task A_full_page_takes_as_many_statements_as_one_ticket()
    {
        Assume.That(engine, Is.Not.EqualTo(Engine.SqlServer), "plans are read on the others");
        await Add("Site");
        await Add("Hours", "number");
        await Open(("site", "Hall 3"), ("hours", "1"));
        Task Asking() => _world.Get<TicketRows>().List(_ada, new TicketFilter(), new PageAsk(50, null), words: false, CancellationToken.None);
        var one = await Plans.Of(_world, Asking);
        for (var i = 0; i < 9; i++)
        {
            await Open(("site", $"Hall {i}"), ("hours", "1"));
        }

        var ten = await Plans.Of(_world, Asking);
        Assert.That(one.Count(p => p.Sql.Contains("ticket_value", StringComparison.Ordinal)), Is.EqualTo(1), "it listens");
        Assert.That(ten, Has.Count.EqualTo(one.Count));
    }

    private async Task<FieldId> Add(string label, string kind = "text", string[]? choices = null, bool required = false, string? key = null) =>
        (await _world.Ask<AddField, FieldId>(new AddField(label, kind, choices, required, null, key), _ada)).Must();

    private Task<Outcome<FieldId>> Change(FieldId field, Caller? by = null, string? label = null, string[]? choices = null, int? place = null) =>
        _world.Ask<ChangeField, FieldId>(new ChangeField(field.Value, label, choices, null, null, place), by ?? _ada);

    private Task<IReadOnlyList<FieldView>> Fields() => _world.Get<FieldViews>().All(_ada, CancellationToken.None);

    private async Task<IEnumerable<string>> Keys() => (await Fields()).Where(f => !f.Retired).Select(f => f.Key);

    private async Task<TicketId> Open(params (string Key, string? Value)[] fields) =>
        (await _world.Ask<OpenTicket, TicketId>(new OpenTicket("Pump", null, null, null, null, null, null, Given(fields)), _ada)).Must();

    private Task<Outcome<TicketId>> Set(TicketId ticket, params (string Key, string? Value)[] fields) => _world.Ask<ChangeTicket, TicketId>(Ask(ticket, fields), _ada);

    private static ChangeTicket Ask(TicketId ticket, params (string Key, string? Value)[] fields) => new(ticket, null, null, null, null, null, null, null, Given(fields));

    private static Dictionary<string, FieldInput?> Given(params (string Key, string? Value)[] fields) =>
        fields.ToDictionary(f => f.Key, f => f.Value is null ? null : FieldInput.Typed(f.Value), StringComparer.Ordinal);

    private async Task<TicketView> Read(TicketId ticket) => (await _world.Get<TicketViews>().One(_ada, ticket, CancellationToken.None))!;

    private async Task<IEnumerable<(string Key, string Text)>> Values(TicketId ticket) => (await Read(ticket)).Fields.Select(f => (f.Key, f.Value.Text));

    private async Task<IEnumerable<TicketId>> Found(params (string Name, string Value)[] said)
    {
        var filter = FieldFilter.Of(await Fields(), said.Select(s => KeyValuePair.Create(s.Name, s.Value)), out var wrong);
        Assert.That(wrong, Is.Empty);
        return (await List(_ada, new TicketFilter(Fields: filter))).Select(t => t.Id);
    }

    private async Task<IReadOnlyList<TicketView>> List(Caller caller, TicketFilter filter) =>
        (await _world.Get<TicketViews>().List(caller, filter, new PageAsk(50, null), CancellationToken.None)).Items;
}
