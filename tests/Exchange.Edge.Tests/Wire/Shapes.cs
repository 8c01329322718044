using Exchange.Contracts.V1;

namespace Exchange.Edge.Tests.Wire;

/// <summary>Every shape that was ever shipped: the file of its bytes, and what they say.</summary>
/// <param name="File">In Samples. Once released, the file never changes; a shape that grows gets a further file.</param>
internal sealed record Shape(string File, string Type, string Side, IEntryData Data)
{
    public override string ToString() => File;
}

internal static class Shapes
{
    public const string Salt = "c2FsdHNhbHRzYWx0";

    public static readonly Actor Anna = new("person", "0195569e-3a00-7000-8000-00000000000a", "Anna Ährlich");

    public static readonly DateTimeOffset At = new DateTimeOffset(2026, 3, 2, 12, 0, 0, TimeSpan.Zero).AddTicks(1_234_560);

    private static readonly FileData Photo = new(
        Guid.Parse("0195569e-3a00-7000-8000-0000000000f1"), "Gerät vorne.png", 48_213, "image/png", "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08");

    private static readonly FileData Manual = new(
        Guid.Parse("0195569e-3a00-7000-8000-0000000000f2"), "取扱説明書.pdf", 4_294_967_296, "application/pdf", "60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752");

    public static readonly IReadOnlyList<Shape> All =
    [
        new("offered.v1.json", "offered", "placer", new OfferedData(
            "offered", "1017", 2, "Pumpe undicht", "Tropft seit Montag.\nBitte <vor> 12 & \"leise\".", "urgent",
            new ContactData("Eva Nuñez", "eva@example.org", "+49 30 1234"), new AssetData("Pumpe P-7", "SN-00815", "Halle 3, links"),
            "Schlüssel beim Pförtner 🔑", 3, new DateTimeOffset(2026, 3, 2, 16, 0, 0, TimeSpan.Zero), new DateTimeOffset(2026, 3, 3, 8, 30, 0, TimeSpan.Zero),
            new DateTimeOffset(2026, 3, 5, 16, 0, 0, TimeSpan.Zero).AddTicks(10))),
        new("offered.v1.least.json", "offered", "placer", new OfferedData("offered", "1", 1, "修理", null, "normal", null, null, null, 0, null, null, null)),
        new("offered.v1.partial.json", "offered", "placer", new OfferedData(
            "offered", "2", 1, "x", null, "low", new ContactData("Eva"), new AssetData("P-7"), null, 0, null, null, null)),
        new("accepted.v1.json", "accepted", "fulfiller", new AcceptedData("accepted", "204", new DateTimeOffset(2026, 3, 4, 9, 0, 0, TimeSpan.Zero))),
        new("accepted.v1.least.json", "accepted", "fulfiller", new AcceptedData("accepted", null, null)),
        new("declined.v1.json", "declined", "fulfiller", new DeclinedData("declined", "no_capacity", "Messewoche")),
        new("declined.v1.least.json", "declined", "fulfiller", new DeclinedData("declined", "price", null)),
        new("recalled.v1.json", "recalled", "placer", new RecalledData("recalled", "The customer withdrew", "Sorry")),
        new("recalled.v1.least.json", "recalled", "placer", new RecalledData("recalled", "x", null)),
        new("started.v1.json", "started", "fulfiller", new StartedData("in_progress")),
        new("asked.v1.json", "asked", "fulfiller", new AskedData("waiting_placer", "Welches Stockwerk?")),
        new("answered.v1.json", "answered", "placer", new AnsweredData("in_progress", "Das dritte.", [Photo])),
        new("answered.v1.least.json", "answered", "placer", new AnsweredData("in_progress", "3", [])),
        new("resumed.v1.json", "resumed", "fulfiller", new ResumedData("in_progress", "Answered by telephone")),
        new("held.v1.json", "held", "fulfiller", new HeldData("on_hold", "parts", "Freitag")),
        new("held.v1.least.json", "held", "fulfiller", new HeldData("on_hold", "force_majeure", null)),
        new("unheld.v1.json", "unheld", "fulfiller", new UnheldData("in_progress")),
        new("returned.v1.json", "returned", "fulfiller", new ReturnedData("returned", "needs_higher_level", "Firmware")),
        new("returned.v1.least.json", "returned", "fulfiller", new ReturnedData("returned", "safety", null)),
        new("resolved.v1.json", "resolved", "fulfiller", new ResolvedData("resolved", "Dichtung getauscht", "seal", 90)),
        new("resolved.v1.least.json", "resolved", "fulfiller", new ResolvedData("resolved", "Done", null, null)),
        new("confirmed.v1.json", "confirmed", "placer", new ConfirmedData("closed")),
        new("reworked.v1.json", "reworked", "placer", new ReworkedData("in_progress", "not_fixed", "Tropft wieder")),
        new("reworked.v1.least.json", "reworked", "placer", new ReworkedData("in_progress", "damage", null)),
        new("commented.v1.json", "commented", "placer", new CommentedData("Grüße 修理 เสีย 🚲 <b>&amp;</b> 'x' \"y\" \\ / \t\n\u2028\u00a0.", [Photo, Manual])),
        new("commented.v1.least.json", "commented", "exchange", new CommentedData("", [])),
        new("file_added.v1.json", "file_added", "placer", new FileAddedData(Manual)),
        new("retracted.v1.json", "retracted", "fulfiller", new RetractedData(42)),
        new("offered.v1.sealed.json", "offered", "placer", new OfferedData(
            "offered", "1018", 3, "Something in Lyon", null, "high", null, null, null, 0, null, null, null, "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")),
        new("offered.v1.fields.json", "offered", "placer", new OfferedData(
            "offered", "1019", 4, "Kasse 4 dunkel", null, "normal", null, null, null, 0, null, null, null, null,
            [new FieldData("site", "Filiale <Süd>", "choice", "Halle 3"), new FieldData("hours", "Stunden", "number", "-2.5"), new FieldData("warranty", "Garantie", "yes-no", "true")])),
        new("countered.v1.json", "countered", "fulfiller", new CounteredData("offered", new CounterData(
            new DateTimeOffset(2026, 3, 9, 16, 0, 0, TimeSpan.Zero), new MoneyData(1250.50m, "EUR"), "Ohne Anfahrt", "Erst nächste Woche"))),
        new("countered.v1.least.json", "countered", "fulfiller", new CounteredData("offered", new CounterData(null, null, "x", null))),
        new("counter_accepted.v1.json", "counter_accepted", "placer", new CounterAcceptedData("accepted", "205", new CounterData(
            new DateTimeOffset(2026, 3, 9, 16, 0, 0, TimeSpan.Zero), new MoneyData(99m, "JPY"), null, null))),
        new("counter_accepted.v1.least.json", "counter_accepted", "placer", new CounterAcceptedData("accepted", null, new CounterData(null, null, null, "y"))),
        new("counter_rejected.v1.json", "counter_rejected", "placer", new CounterRejectedData("offered")),
        new("expired.v1.json", "expired", "exchange", new ExpiredData("expired")),
        new("recall_requested.v1.json", "recall_requested", "placer", new RecallRequestedData("recall_requested", "Customer withdrew", "Désolé")),
        new("recall_requested.v1.least.json", "recall_requested", "placer", new RecallRequestedData("recall_requested", "x", null)),
        new("recall_agreed.v1.json", "recall_agreed", "fulfiller", new RecallAgreedData("recalled")),
        new("recall_refused.v1.json", "recall_refused", "fulfiller", new RecallRefusedData("on_hold", "Half done")),
        new("recall_withdrawn.v1.json", "recall_withdrawn", "placer", new RecallWithdrawnData("waiting_placer")),
        new("severed.v1.json", "severed", "exchange", new SeveredData("severed")),
        new("revealed.v1.json", "revealed", "exchange", new RevealedData("{\"salt\":\"c2FsdA==\",\"subject\":\"Pumpe undicht\"}")),
        new("skipped.v1.json", "skipped", "fulfiller", new SkippedData(7, "Too long for our desk")),
        new("skipped.v1.least.json", "skipped", "placer", new SkippedData(8, null)),
        new("rated.v1.json", "rated", "placer", new RatedData(5, 4, 3, 2, "Sehr sauber")),
        new("rated.v1.least.json", "rated", "placer", new RatedData(1, null, null, null, null)),
        new("rating_changed.v1.json", "rating_changed", "placer", new RatingChangedData(4, 4, 3, 2, "Doch nicht")),
        new("rating_changed.v1.least.json", "rating_changed", "placer", new RatingChangedData(2, null, null, null, null)),
        new("rating_replied.v1.json", "rating_replied", "fulfiller", new RatingRepliedData("Danke")),
    ];

    public static readonly EntriesAppended Bus = new(
    [
        new Envelope(Guid.Parse("0195569e-3a00-7000-8000-000000000001"), 1, "offered", "placer", Convert.FromHexString("ae89e8b5fe37024a6ce0d0c8ef1c06d94a165634f9230a6b44f5bf825d6023f3")),
        new Envelope(Guid.Parse("0195569e-3a00-7000-8000-000000000001"), 4_294_967_297, "file_added", "exchange", Convert.FromHexString("02f7410cd3150dc435428e42f511732b8c8b7233005ebbebda5662ba1c0183a9")),
    ]);

    public static readonly Changed Changed = new(Guid.Parse("0195569e-3a00-4000-8000-0000000000aa"),
    [
        new Change(Guid.Parse("0195569e-3a00-7000-8000-00000000000b"), "ticket", Guid.Parse("0195569e-3a00-7000-8000-00000000000c")),
        new Change(Guid.Parse("0195569e-3a00-7000-8000-00000000000b"), "handoff", Guid.Parse("0195569e-3a00-7000-8000-000000000001")),
        new Change(Guid.Parse("0195569e-3a00-7000-8000-00000000000d"), "link", Guid.Parse("0195569e-3a00-7000-8000-00000000000e")),
    ]);

    public static readonly Probe Probe = new(Guid.Parse("0195569e-3a00-4000-8000-0000000000aa"), 3);
}
