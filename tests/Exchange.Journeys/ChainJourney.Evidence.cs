using System.Globalization;
using System.Text.Json.Nodes;

namespace Exchange.Journeys;

sealed partial class ChainJourney
{
    string CustomerMessage => $"customer-message-{run}";

    string Email => $"ada-{run}@customer.example";

    string OfferNote => $"offer-note-{run}";

    string DeclineText => $"decline-text-{run}";

    string Down => $"passed-down-{run}";

    string Up => $"passed-up-{run}";

    /// <summary>Each text that may be known, and to whom.</summary>
    IEnumerable<(string Text, Company[] To)> Known() =>
    [
        .. Everybody.Select(company => (Note(company), new[] { company })),
        .. Judged().Select(j => (PrivateNote(j.Placer), new[] { j.Placer })),
        (CustomerMessage, [alder]), (Email, [alder, birch]), (OfferNote, [cedar, dogwood]), (DeclineText, [cedar, dogwood]),
        (Talk(alder, birch), [alder, birch]), (Talk(birch, cedar), [birch, cedar]), (Talk(cedar, dogwood), [cedar, dogwood]), (Talk(cedar, elm), [cedar, elm]),
        (Down, [alder, birch, cedar, dogwood]), (Up, [alder, birch, cedar, dogwood]),
        // Who is in the chain beyond one's partners, by name and by whatever else names it; Dogwood has links to Alder and Elm.
        (alder.Name, [alder, birch, dogwood]), (alder.Id, [alder, birch, dogwood]), (birch.Name, [alder, birch, cedar]), (birch.Id, [alder, birch, cedar]),
        (cedar.Id, [alder, birch, cedar, dogwood, elm]), (dogwood.Name, [alder, cedar, dogwood, elm]), (dogwood.Id, [alder, cedar, dogwood, elm]),
        (elm.Name, [cedar, dogwood, elm]), (elm.Id, [cedar, dogwood, elm]),
        (handoffs.AB, [alder, birch]), (handoffs.BC, [birch, cedar]), (handoffs.CD, [cedar, dogwood]), (handoffs.Again, [cedar, dogwood]),
        (tickets.A, [alder]), (tickets.B, [birch]), (tickets.C, [cedar]), (tickets.D, [dogwood]),
        (links.AB, [alder, birch]), (links.BC, [birch, cedar]), (links.CD, [cedar, dogwood]), (links.CE, [cedar, elm]),
    ];

    [Test, Order(50)]
    public async Task Each_account_heard_every_event_once_and_in_order_although_it_was_cut_off_again_and_again()
    {
        foreach (var line in lines)
        {
            var company = line.Company;
            await Eventually.Holds($"{company.Name} has heard all that the list has", async () =>
            {
                // The log is whole first; then the list; then the line.
                var (listed, heard) = (await company.All("events"), line.Ids);
                return await Missing(company, listed) ?? (heard.SequenceEqual(listed.Select(e => e.Need("id")), StringComparer.Ordinal)
                    ? null
                    : $"The list has {listed.Count}, the line {heard.Count}; first difference {SharedHistory.FirstDifference([.. listed.Select(e => e.Need("id"))], heard)}");
            });
            Assert.That(line.Ids.Select(id => long.Parse(id, CultureInfo.InvariantCulture)), Is.Ordered.And.Unique, company.Name);
            Assert.That(line.Opened, Is.GreaterThan(5), "it was cut off");
            Assert.That(line.Seen.Select(e => e.Text("source")), Is.All.EqualTo($"/accounts/{company.Id}"));
            Assert.That(line.Seen.Select(e => e.Text("type")), Is.All.StartsWith("exchange."));
        }
    }

    [Test, Order(51)]
    public async Task Both_sides_of_every_handoff_hold_the_same_log_and_a_verifier_finds_it_whole()
    {
        foreach (var (company, partner, id) in (IEnumerable<(Company, Company, string)>)[(alder, birch, handoffs.AB), (birch, cedar, handoffs.BC), (cedar, dogwood, handoffs.CD), (cedar, dogwood, handoffs.Again)])
        {
            Assert.That(SharedHistory.Whole(await partner.Entries(id)), Is.EqualTo(SharedHistory.Whole(await company.Entries(id))));
            await Verifier.FindsWhole(exchange, partner, id);
        }

        // Of what it declined Dogwood keeps numbers and hashes.
        var declined = (await dogwood.All("handoffs?state=declined")).Single().Need("id");
        var (placed, kept) = (await cedar.Entries(declined), await dogwood.Entries(declined));
        Assert.That(kept.Select(e => (e.Text("hash"), e.Text("bodyHash"))), Is.EqualTo(placed.Select(e => (e.Text("hash"), e.Text("bodyHash")))));
        Assert.That((kept[0].Text("withheld"), kept[0].Text("data"), kept[0].Text("raw")), Is.EqualTo(("true", (string?)null, (string?)null)));

        // Read now: the line may have brought the offer while it was open.
        Assert.That((await dogwood.All("events")).Where(e => e.Is("data.handoffId", declined)).Select(e => e.Text("data.withheld")), Is.EqualTo(new[] { "true", null }), "its events keep it too");
    }

    [Test, Order(52)]
    public async Task No_answer_to_anybody_holds_what_belongs_to_others()
    {
        var ids = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal) { ["partners"] = [.. Everybody.Select(company => company.Id)], ["files"] = [] };
        foreach (var list in new[] { "tickets", "handoffs", "links", "routes" })
        {
            ids[list] = [.. (await Task.WhenAll(Everybody.Select(company => company.All(list)))).SelectMany(items => items.Select(item => item.Need("id")))];
        }

        foreach (var (company, ticket) in Everybody.SelectMany(company => ids["tickets"].Select(ticket => (company, ticket))))
        {
            var files = await company.Ask($"tickets/{ticket}/files?limit=200");
            ids["files"].UnionWith(files.Status == 200 ? files.Json.Items("items").Select(file => file.Need("id")) : []);
        }

        ids["parked"] = ids["handoffs"];
        var (leaks, lost) = (new List<string>(), new List<string>());
        var all = Known().Select(known => known.Text).ToArray();
        foreach (var (company, found) in await Task.WhenAll(Everybody.Select(async company => (company, await Canaries.LeaksTo(company, noun => ids.GetValueOrDefault(noun, []), all)))))
        {
            var known = Known().ToLookup(known => known.To.Contains(company), known => known.Text);
            bool Names(string text, string leak) => leak.StartsWith(text + " in ", StringComparison.Ordinal);
            leaks.AddRange(found.Where(leak => known[false].Any(text => Names(text, leak))).Select(leak => $"{company.Name} {leak}"));
            lost.AddRange(known[true].Where(text => !found.Any(leak => Names(text, leak))).Select(text => $"{company.Name} {text}"));
        }

        Assert.That(leaks, Is.Empty);
        Assert.That(lost, Is.Empty, "the search finds them where they belong");
    }

    [Test, Order(53)]
    public void Nothing_was_heard_as_an_event_that_belongs_to_others()
    {
        foreach (var line in lines)
        {
            var heard = string.Concat(line.Seen.Select(e => e.ToJsonString()));
            Assert.That(Known().Where(known => !known.To.Contains(line.Company)).Select(known => known.Text).Where(text => heard.Contains(text, StringComparison.OrdinalIgnoreCase)), Is.Empty, line.Company.Name);
        }
    }

    [Test, Order(54)]
    public async Task No_log_line_holds_a_text_a_name_or_a_key_and_none_is_an_error()
    {
        Assert.That(await exchange.Stop(), Is.Zero);
        var log = exchange.Log();
        string[] secrets = [.. Known().Select(known => known.Text).Where(text => text.Contains(run, StringComparison.Ordinal)), .. codes, .. Everybody.Select(c => c.Key), "photo.png"];
        Assert.That(secrets.Where(text => log.Contains(text, StringComparison.OrdinalIgnoreCase)), Is.Empty);
        Assert.That((exchange is Cluster cluster ? cluster.Members : [(ExchangeProcess)exchange]).SelectMany(member => member.Errors()), Is.Empty);
    }

    /// <summary>What of the logs that the account may read has no event, or more than one; null when it is as it should be. That a time went by is no entry.</summary>
    static async Task<string?> Missing(Company company, IReadOnlyList<JsonNode> events)
    {
        foreach (var handoff in await company.All("handoffs"))
        {
            var id = handoff.Need("id");
            var entries = (await company.All($"handoffs/{id}/entries")).Select(e => $"{e.Number("seq")} {e.Text("type")} {e.Text("side")}").ToArray();
            var told = events.Where(e => e.Is("data.handoffId", id) && e["data"]!["seq"] is not null).OrderBy(e => e.Number("data.seq"))
                .Select(e => $"{e.Number("data.seq")} {e.Text("data.entryType")} {e.Text("data.side")}").ToArray();
            if (!told.SequenceEqual(entries, StringComparer.Ordinal))
            {
                return $"{company.Name}, handoff {id}: {entries.Length} entries, {told.Length} events, first difference {SharedHistory.FirstDifference(entries, told)}";
            }
        }

        return null;
    }

    async Task<Company> SignUp(string name, int node) => await Company.SignUp(exchange.Nodes[node % exchange.Nodes.Count], $"{name}-{run}");

    async Task<string> Link(Company inviter, Company invitee, object terms)
    {
        var invitation = await inviter.Post("links", new { terms });
        codes.Add(invitation.Need("inviteCode"));
        return (await invitee.Post("links/accept", new { inviteCode = invitation.Need("inviteCode") }, 200)).Need("id");
    }

    static async Task<string> Offer(Company company, string ticketId, string linkId, object share) => (await company.HandOver(ticketId, new { linkId, share })).Need("id");

    /// <summary>Accepts and starts; gives the mirror.</summary>
    static async Task<string> Accept(Company company, string handoffId)
    {
        await company.Do(handoffId, "accept");
        return (await company.Do(handoffId, "start")).Need("ticketId");
    }

    static Task<JsonNode> Resolve(Company company, string handoffId, string solution, int minutes) => company.Do(handoffId, "resolve", new { solution, minutes });

    Task<JsonNode> NoteDown(Company company, string ticketId) => company.Comment(ticketId, new { body = Note(company) });

    string Note(Company company) => $"internal-note-of-{Letter(company)}-{run}";

    string PrivateNote(Company company) => $"private-note-of-{Letter(company)}-{run}";

    string Talk(Company one, Company other) => $"talk-{Letter(one)}{Letter(other)}-{run}";

    static char Letter(Company company) => char.ToLowerInvariant(company.Name[0]);

    async Task KillOne()
    {
        HostProcess[] victims = exchange is Cluster cluster ? [cluster.Apis[0], cluster.Workers[0]] : [(ExchangeProcess)exchange];
        foreach (var victim in victims)
        {
            await victim.Kill();
            await victim.StartAgain();
        }
    }

    /// <summary>The chain as a line of text, from the highest hop that is shown: direction, company or alias, state.</summary>
    async Task Sees(Company company, string handoffId, string chain, string ball)
    {
        var view = await company.Get($"handoffs/{handoffId}/chain");
        Assert.That((Drawn(view.At("top")!), string.Join(", ", view.Items("ball").Select(Holder))), Is.EqualTo((chain, ball)), $"{company.Name}: {view.ToJsonString()}");
    }

    string Drawn(JsonNode hop)
    {
        var below = hop.Items("children").Select(Drawn).ToArray();
        var direction = hop.Text("direction") is { } known ? known + " " : "";
        return $"{direction}{Short(hop.Text("account.name")) ?? hop.Text("alias") ?? "-"}:{hop.Text("state")}{(below.Length == 0 ? "" : below.Length == 1 ? $" > {below[0]}" : $" > [{string.Join(" | ", below)}]")}";
    }

    string Holder(JsonNode ball) => $"{Short(ball.Text("who")) ?? "-"}: {ball.Text("why")}";

    string? Short(string? name) => name?.Replace($"-{run}", "", StringComparison.Ordinal);

    static async Task Lists(Company company, string[] me, string[] partner)
    {
        Assert.That(await Ids(company, "handoffs?waitingFor=me"), Is.EquivalentTo(me), $"{company.Name}: for me");
        Assert.That(await Ids(company, "handoffs?waitingFor=partner"), Is.EquivalentTo(partner), $"{company.Name}: for a partner");
        foreach (var handoff in await company.All("handoffs"))
        {
            var id = handoff.Need("id");
            Assert.That(handoff.Text("waitingFor"), Is.EqualTo(me.Contains(id) ? "me" : partner.Contains(id) ? "partner" : null), $"{company.Name}, {handoff.ToJsonString()}");
        }
    }

    static async Task<IEnumerable<string>> Ids(Company company, string path) => (await company.All(path)).Select(item => item.Need("id"));
}
