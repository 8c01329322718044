using System.Text.Json.Nodes;

namespace Exchange.Journeys;

sealed partial class ChainJourney
{
    [Test, Order(10)]
    public async Task What_is_said_on_one_link_hops_nowhere_by_itself()
    {
        await alder.Say(handoffs.AB, Talk(alder, birch));
        await birch.Say(handoffs.BC, Talk(birch, cedar));
        await dogwood.Comment(tickets.D, new { body = Talk(cedar, dogwood), audience = "partner" });
        await Reads(birch, tickets.B, Talk(alder, birch));
        await Reads(cedar, tickets.C, Talk(birch, cedar));
        await Reads(cedar, tickets.C, Talk(cedar, dogwood));

        // A ticket with two open handoffs has to say to whom.
        (await cedar.Tell($"tickets/{tickets.C}/comments", new { body = "To whom?", audience = "partner" })).RefusedFor("handoffId");
    }

    [Test, Order(11)]
    public async Task A_comment_and_a_file_are_passed_down_hop_by_hop_each_time_by_somebody()
    {
        var photo = await alder.Upload(tickets.A, new Upload("photo.png", Upload.Noise(20_000, 7), ContentType: "image/png"));
        await alder.Comment(tickets.A, new { body = Down, audience = "partner", handoffId = handoffs.AB, files = new[] { photo.Need("id") } });
        var here = await Reads(birch, tickets.B, Down);
        await Arrives(birch, tickets.B, "photo.png");
        Assert.That(await Bodies(cedar, tickets.C), Has.None.EqualTo(Down));

        await PassOn(birch, tickets.B, handoffs.BC, here, "photo.png");
        var further = await Reads(cedar, tickets.C, Down);
        Assert.That(await Bodies(dogwood, tickets.D), Has.None.EqualTo(Down));

        await PassOn(cedar, tickets.C, handoffs.CD, further, "photo.png");
        await Reads(dogwood, tickets.D, Down);
        var last = await Arrives(dogwood, tickets.D, "photo.png");
        Assert.That(last.Text("sha256"), Is.EqualTo(photo.Text("sha256")));
        Assert.That((await dogwood.Download(last.Need("id"))).Must(200).Bytes, Is.EqualTo(Upload.Noise(20_000, 7)));
        (await dogwood.Download(photo.Need("id"))).Refused(404, "not-found");
    }

    [Test, Order(12)]
    public async Task And_back_up_but_a_file_only_where_the_terms_it_came_under_let_it_go_onward()
    {
        var report = await dogwood.Upload(tickets.D, new Upload("report.txt", "p = 4 bar\n"u8.ToArray(), ContentType: "text/plain"));
        await dogwood.Comment(tickets.D, new { body = Up, audience = "partner", files = new[] { report.Need("id") } });
        var here = await Reads(cedar, tickets.C, Up);
        var file = await Arrives(cedar, tickets.C, "report.txt");
        (await cedar.Tell($"tickets/{tickets.C}/comments", new { audience = "partner", handoffId = handoffs.BC, derivedFrom = here.Need("id"), files = new[] { file.Need("id") } }))
            .Refused(422, "share-forbidden");
        Assert.That(await Bodies(birch, tickets.B), Has.None.EqualTo(Up), "refused as a whole");

        var drawing = await cedar.Upload(tickets.C, new Upload("drawing.txt", "valve left\n"u8.ToArray(), ContentType: "text/plain"));
        await cedar.Comment(tickets.C, new { audience = "partner", handoffId = handoffs.BC, derivedFrom = here.Need("id"), files = new[] { drawing.Need("id") } });
        var higher = await Reads(birch, tickets.B, Up);
        await Arrives(birch, tickets.B, "drawing.txt");
        await PassOn(birch, tickets.B, handoffs.AB, higher, "drawing.txt");
        var top = await Reads(alder, tickets.A, Up);
        Assert.That((top.Text("derivedFrom"), top.Text("author.account.name")), Is.EqualTo(((string?)null, birch.Name)), "it is Birch who says it");
        await Arrives(alder, tickets.A, "drawing.txt");
        Assert.That((await alder.Files(tickets.A)).Concat(await birch.Files(tickets.B)).Select(f => f.Text("name")), Has.None.EqualTo("report.txt"));

        var toCustomer = await alder.Comment(tickets.A, new { audience = "customer", derivedFrom = top.Need("id") });
        Assert.That((toCustomer.Text("body"), toCustomer.Text("audience"), toCustomer.Text("derivedFrom")), Is.EqualTo((Up, "customer", top.Text("id"))));
        var note = (await birch.Comments(tickets.B)).First(c => c.Is("audience", "internal")).Need("id");
        (await birch.Tell($"handoffs/{handoffs.BC}/comments", new { derivedFrom = note })).Refused(422, "audience-forbidden");
    }

    /// <summary>The text as it came, with one file: a copy under the picker's own name, and where it came from is known to the picker alone.</summary>
    static async Task PassOn(Company company, string ticketId, string handoffId, JsonNode comment, string file)
    {
        var picked = (await company.Files(ticketId)).First(f => f.Is("name", file)).Need("id");
        var copy = await company.Comment(ticketId, new { audience = "partner", handoffId, derivedFrom = comment.Need("id"), files = new[] { picked } });
        Assert.That((copy.Text("body"), copy.Text("derivedFrom"), copy.Text("author.account.name"), copy.Text("handoffId")), Is.EqualTo((comment.Text("body"), comment.Text("id"), company.Name, handoffId)));
        Assert.That(copy.Items("files").Single().Text("name"), Is.EqualTo(file));
        var entry = (await company.Entries(handoffId)).Single(e => e.Is("opId", copy.Need("id")));
        Assert.That(Canaries.Decoded(entry), Does.Not.Contain(comment.Need("id")).And.Not.Contain("derivedFrom"));
    }

    static async Task<JsonNode> Reads(Company company, string ticketId, string body)
    {
        JsonNode[] found = [];
        await Eventually.Holds($"{company.Name} reads it once", async () =>
        {
            found = [.. (await company.Comments(ticketId)).Where(c => c.Is("body", body) && !c.Is("author.account.id", company.Id))];
            return found.Length == 1 ? null : $"There: {found.Length}";
        });
        return found[0];
    }

    static async Task<JsonNode> Arrives(Company company, string ticketId, string name)
    {
        JsonNode[] found = [];
        await Eventually.Holds($"{name} is available to {company.Name}", async () =>
        {
            found = [.. (await company.Files(ticketId)).Where(f => f.Is("name", name))];
            return found is [var one] && one.Is("state", "available") ? null : $"There: {found.Length} {found.FirstOrDefault()?.ToJsonString()}";
        });
        return found[0];
    }

    static async Task<IEnumerable<string?>> Bodies(Company company, string ticketId) => (await company.Comments(ticketId)).Select(c => c.Text("body"));
}
