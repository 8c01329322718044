using Exchange.Contracts.V1;
using Exchange.Core.Handoffs;

namespace Exchange.Core.Tests.Handoffs;

/// <summary>What each entry is in the conversation (semantics 3, Talk).</summary>
public sealed class An_entry_in_the_conversation
{
    private static readonly FileData Photo = new(Guid.Parse("0195569e-3a00-7000-8000-0000000000f1"), "photo.png", 7, "image/png", new string('a', 64));

    public static IEnumerable<TestCaseData> Items() =>
    [
        new(new CommentedData("Hello", [Photo]), "comment", "Hello", 1),
        new(new AskedData("waiting_placer", "Which floor?"), "question", "Which floor?", 0),
        new(new AnsweredData("in_progress", "The third", [Photo]), "answer", "The third", 1),
        new(new ResolvedData("resolved", "New pump", "pump", 90), "solution", "New pump", 0),
        new(new ReworkedData("in_progress", "not_fixed", "It still drips"), "rework", "not_fixed: It still drips", 0),
        new(new ReworkedData("in_progress", "not_fixed", null), "rework", "not_fixed", 0),
        new(new ReworkedData("in_progress", "not_fixed", "  "), "rework", "not_fixed", 0),
        new(new ReturnedData("returned", "safety", "Gas"), "return", "safety: Gas", 0),
        new(new ReturnedData("returned", "safety", null), "return", "safety", 0),
        new(new DeclinedData("declined", "no_capacity", "Fair week"), "system", "Declined: no_capacity: Fair week", 0),
        new(new DeclinedData("declined", "price", null), "system", "Declined: price", 0),
        new(new RecalledData("recalled", "The customer withdrew", null), "system", "Recalled: The customer withdrew", 0),
        new(new HeldData("on_hold", "parts", "On Friday"), "system", "On hold: parts: On Friday", 0),
        new(new HeldData("on_hold", "parts", null), "system", "On hold: parts", 0),
        new(new ResumedData("in_progress", "Answered by telephone"), "system", "Resumed: Answered by telephone", 0),
        new(new CounteredData("offered", Counter), "system", "Counter-offer: done by 2026-03-09 16:00 UTC; 12.5 EUR; No journey; Sorry", 0),
        new(new CounterAcceptedData("accepted", "4", Counter with { ResolveBy = null, Price = null, Text = " " }), "system", "Counter-offer accepted: No journey", 0),
        new(new CounterRejectedData("offered"), "system", "Counter-offer rejected: the first offer stands.", 0),
        new(new ExpiredData("expired"), "system", "The offer expired: nobody accepted it in time.", 0),
        new(new RecallRequestedData("recall_requested", "Customer withdrew", "Sorry"), "system", "Recall requested: Customer withdrew: Sorry", 0),
        new(new RecallAgreedData("recalled"), "system", "The recall was agreed to.", 0),
        new(new RecallRefusedData("on_hold", "Half done"), "system", "Recall refused: Half done", 0),
        new(new RecallWithdrawnData("in_progress"), "system", "The recall was withdrawn: the work goes on.", 0),
        new(new SeveredData("severed"), "system", "The link between the companies has ended: this ticket is no longer shared.", 0),
        new(new SkippedData(7, "Too long"), "system", "Our desk could not take entry 7 of this handoff, and goes on without it: Too long", 0),
        new(new SkippedData(7, null), "system", "Our desk could not take entry 7 of this handoff, and goes on without it", 0),
        new(new RatedData(4, 1, 2, 3, "Clean work"), "system", "Rated 4 of 5: Clean work", 0),
        new(new RatingChangedData(5, null, null, null, null), "system", "Rating changed to 5 of 5", 0),
        new(new RatingRepliedData("Thank you"), "system", "Reply to the rating: Thank you", 0),
    ];

    private static CounterData Counter => new(new DateTimeOffset(2026, 3, 9, 16, 0, 0, TimeSpan.Zero), new MoneyData(12.5m, "EUR"), "No journey", "Sorry");

    public static IEnumerable<IEntryData> Silent() =>
    [
        new OfferedData("offered", "17", 1, "Pump", null, "normal", null, null, "For you", 0, null, null, null),
        new AcceptedData("accepted", "4", null),
        new StartedData("in_progress"),
        new UnheldData("in_progress"),
        new ConfirmedData("closed"),
        new FileAddedData(Photo),
        new RetractedData(3),
        new RevealedData("{}"),
    ];

    [TestCaseSource(nameof(Items))]
    public void Is_an_item_of_its_kind(IEntryData data, string kind, string body, int files)
    {
        var item = Item.Of(Chain.Of(data)[0]);
        Assert.That((item?.Kind, item?.Body, item?.Files.Count), Is.EqualTo((kind, body, (int?)files)));
    }

    [TestCaseSource(nameof(Silent))]
    public void Is_none_where_nobody_said_anything(IEntryData data) => Assert.That(Item.Of(Chain.Of(data)[0]), Is.Null);

    [Test]
    public void Is_none_for_a_type_that_this_code_does_not_know()
    {
        var unknown = Chain.With(Chain.Of(new CommentedData("x", []))[0], type: "sung");
        Assert.That(unknown.Body.Data, Is.Null);
        Assert.That(Item.Of(unknown), Is.Null);
    }

    [Test]
    public void Is_told_for_every_type_there_is()
    {
        var told = Items().Select(c => c.Arguments[0]!.GetType()).Concat(Silent().Select(d => d.GetType())).Distinct();
        Assert.That(told, Is.EquivalentTo(EntryCodec.All.Values));
    }

    [Test]
    public void Reads_the_same_from_the_stored_bytes([Values] bool stored)
    {
        foreach (var data in Items().Select(c => (IEntryData)c.Arguments[0]!))
        {
            var entry = Chain.Of(data)[0];
            var item = Item.Of(stored ? Chain.With(entry) : entry)!;
            Assert.That((item.Body, item.Files.Count), Is.EqualTo((Item.Of(entry)!.Body, Item.Of(entry)!.Files.Count)));
        }
    }
}
