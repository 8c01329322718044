using System.Text.Json.Nodes;

namespace Exchange.Journeys;

sealed partial class StoryJourney
{
    [Test, Order(20)]
    public async Task Both_sides_read_the_same_entries_byte_for_byte()
    {
        var (placed, fulfilled) = (await nordwind.Entries(handoffId), await brightfix.Entries(handoffId));
        Assert.That(fulfilled.Select(entry => entry.Text("raw")), Is.EqualTo(placed.Select(entry => entry.Text("raw"))));
        Assert.That(SharedHistory.Whole(fulfilled), Is.EqualTo(SharedHistory.Whole(placed)));
        Assert.That(placed.Select(entry => entry.Number("seq")), Is.EqualTo(Enumerable.Range(1, placed.Count).Select(n => (long)n)));
        Assert.That(placed.Select(entry => entry.Text("opId")), Is.Unique);
        Assert.That(placed.Select(entry => entry.Text("side")), Is.All.AnyOf("placer", "fulfiller", "exchange"));

        var pagedBySeven = await brightfix.All($"handoffs/{handoffId}/entries?raw=true", limit: 7);
        Assert.That(SharedHistory.Whole(pagedBySeven), Is.EqualTo(SharedHistory.Whole(placed)), "small pages give the same list");
    }

    [Test, Order(21)]
    public async Task Nothing_echoes_so_each_text_stands_in_one_entry()
    {
        var bodies = (await nordwind.Entries(handoffId)).Select(Canaries.Decoded).ToArray();
        foreach (var said in new[] { canaries.PartnerComment, "We come at eight.", "Ring at gate 2.", "Who has the key to hall 3?", "The porter at gate 2.", "Replaced the belt." })
        {
            Assert.That(bodies.Count(body => body.Contains(said, StringComparison.Ordinal)), Is.EqualTo(1), said);
        }
    }

    [Test, Order(22)]
    public async Task A_verifier_that_shares_no_code_finds_the_chain_whole_and_both_sides_hold_its_head()
    {
        var head = (await nordwind.Entries(handoffId))[^1].Need("hash");
        foreach (var side in new[] { nordwind, brightfix })
        {
            Assert.That((await side.Handoff(handoffId)).Text("head"), Is.EqualTo(head), side.Name);
            var ran = await Verifier.Online(exchange, side, handoffId, "--head", head);
            Assert.That(ran.ExitCode, Is.Zero, ran.Both);
            Assert.That(ran.Output, Does.Contain($"chain whole, head {head}"));
        }
    }

    [Test, Order(23)]
    public async Task No_answer_to_a_partner_holds_what_stays_at_home()
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var side in new[] { nordwind, brightfix })
        {
            ids.UnionWith(await Canaries.IdsThatSideKnows(side, handoffId));
        }

        Assert.That(await Canaries.LeaksTo(brightfix, ids, [canaries.PlacerNote, canaries.CustomerMessage, canaries.UnpickedFile]), Is.Empty);
        Assert.That(await Canaries.LeaksTo(nordwind, ids, [canaries.FulfillerNote]), Is.Empty);
        Assert.That(await Canaries.LeaksTo(nordwind, ids, [canaries.PlacerNote]), Is.Not.Empty, "the search itself finds a canary where it belongs");
    }

    [Test, Order(24)]
    public async Task No_log_line_holds_a_text_a_name_or_a_key()
    {
        if (exchange is Cluster cluster)
        {
            await cluster.IsTidy();
        }

        Assert.That(await exchange.Stop(), Is.Zero);
        var log = exchange.Log();
        Assert.That(log, Is.Not.Empty);
        string[] secrets = [.. canaries.Texts, .. canaries.Secrets, nordwind.Key, brightfix.Key, pdf.Name, "Nordwind", "Brightfix"];
        Assert.That(secrets.Where(text => log.Contains(text, StringComparison.OrdinalIgnoreCase)), Is.Empty);
    }

    static (string?, string?, string?, string?) Row(JsonNode shown)
    {
        var row = shown.Items("handoffs").Single();
        return (row.Text("direction"), row.Text("partner.name"), row.Text("partnerTicketNumber"), row.Text("state"));
    }

    /// <summary>Semantics 5 at one step: the state is the exchange's own and there at once; the desks follow.</summary>
    async Task Shows(string state, string ticketStatus, string mirrorStatus)
    {
        Assert.That((await nordwind.Handoff(handoffId)).Text("state"), Is.EqualTo(state));
        Assert.That((await brightfix.Handoff(handoffId)).Text("state"), Is.EqualTo(state));
        await Eventually.Is($"{state}: Nordwind's ticket is {ticketStatus}", ticketStatus, () => nordwind.StatusOf(TicketId));
        await Eventually.Is($"{state}: the mirror is {mirrorStatus}", mirrorStatus, () => brightfix.StatusOf(MirrorId));
    }

    static async Task Travels(JsonNode written, Company writer, string ownTicket, Company reader, string otherTicket, string otherNumber)
    {
        var body = written.Need("body");
        Assert.That((written.Text("audience"), written.Text("kind"), written.Text("author.account.name")), Is.EqualTo(("partner", "comment", writer.Name)));
        await Eventually.Holds($"{reader.Name} reads it once", async () =>
        {
            var found = (await reader.Comments(otherTicket)).Where(c => c.Is("body", body)).ToArray();
            return found.Length == 1 && found[0].Number("seq") == written.Number("seq") && found[0].Is("author.account.name", writer.Name)
                ? null
                : $"There: {found.Length} {found.FirstOrDefault()?.ToJsonString()}";
        });
        await Eventually.Holds($"{writer.Name} has the receipt", async () =>
        {
            var own = (await writer.Comments(ownTicket)).Single(c => c.Is("body", body));
            return (own.Text("receipt.state"), own.Text("receipt.number")) == ("applied", otherNumber) ? null : own.ToJsonString();
        });
        var receipt = (await writer.Comments(ownTicket)).Single(c => c.Is("body", body)).At("receipt")!;
        Assert.That((await writer.Entries(written.Need("handoffId"))).Select(entry => entry.Text("hash")), Does.Contain(receipt.Text("head")), "the receipt is a witness of the chain");
    }

    static async Task<JsonNode> Arrives(Company reader, string ticketId, Upload upload)
    {
        JsonNode? arrived = null;
        await Eventually.Holds($"{upload.Name} is available to {reader.Name}", async () =>
        {
            var found = (await reader.Files(ticketId)).Where(file => file.Is("name", upload.Name) && file.Text("audience") is null or "partner").ToArray();
            arrived = found.SingleOrDefault();
            return arrived?.Text("state") is "available" ? null : $"There: {found.Length} {arrived?.ToJsonString()}";
        });
        var file = arrived!;
        Assert.That((file.Number("size"), file.Text("sha256")), Is.EqualTo(((long)upload.Content.Length, upload.Sha256)));
        Assert.That((await reader.Get($"files/{file.Need("id")}")).Text("sha256"), Is.EqualTo(upload.Sha256));
        Assert.That((await reader.Download(file.Need("id"))).Must(200).Bytes, Is.EqualTo(upload.Content));
        return file;
    }
}
