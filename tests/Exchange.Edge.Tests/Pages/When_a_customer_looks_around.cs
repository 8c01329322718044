using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Exchange.Core.Accounts;
using Exchange.Core.Desk;
using NUnit.Framework;

namespace Exchange.Edge.Tests.Pages;

/// <summary>Words are planted in every text that is not the customer's; his pages, their files and headers are searched for them.</summary>
public sealed class When_a_customer_looks_around
{
    private const string Planted = "canary";

    [Test]
    public async Task He_finds_what_is_meant_for_him_and_nothing_else()
    {
        await using var scene = await CustomersScene.Begin();
        var page = await scene.Send();
        var id = (string)(await scene.Ticket())["id"]!;
        await Plant(scene, id);
        var clean = page.Path;
        foreach (var status in new[] { "open", "waiting", "resolved" })
        {
            await scene.Status(status, id);
            var seen = await scene.Claire.Go(clean);
            Assert.That(seen.Text, Does.Contain("We come at ten.").And.Contain("for-claire.txt"));
            Search(seen.Html, seen.Response, status);
        }

        var links = Regex.Matches(scene.Claire.Now.Html, "href=\"(?<at>/t/[^\"]+/files/[^\"]+)\"", RegexOptions.None, TimeSpan.FromSeconds(1)).Select(m => m.Groups[1].Value).ToList();
        Assert.That(links, Has.Count.EqualTo(1));
        var file = await scene.Claire.Raw(HttpMethod.Get, links[0]);
        Assert.That(file.Html, Is.EqualTo("for Claire"));
        Search(file.Html, file.Response, "file");
        foreach (var other in (await scene.Host.Call(scene.Key, HttpMethod.Get, $"/api/v1/tickets/{id}/files")).Body!["items"]!.AsArray().Where(f => (string)f!["audience"]! != "customer"))
        {
            Assert.That((await scene.Claire.Raw(HttpMethod.Get, $"{clean}/files/{other!["id"]}")).Status, Is.EqualTo(404), (string)other["name"]!);
        }

        var form = await scene.Claire.Go("/for/nordwind");
        Search(form.Html, form.Response, "form");
    }

    /// <summary>With whom a ticket lies shows on no page: the same bytes, whether a partner has it or not.</summary>
    [Test]
    public void A_partner_leaves_no_trace_in_how_far_it_is() =>
        Assert.That(new[] { TicketStatus.Open, TicketStatus.WithPartner, TicketStatus.Waiting, TicketStatus.Check }.Select(CustomerViews.StepOf).Distinct(), Is.EqualTo(new[] { CustomerStep.AtWork }));

    /// <summary>The records that the pages are made of can hold nothing else: who adds a member here reads this.</summary>
    [Test]
    public void What_a_page_is_made_of_is_counted() =>
        Assert.That(
            new[] { typeof(CustomerRequest), typeof(CustomerItem), typeof(CustomerFile), typeof(CustomerContent), typeof(WorkTime) }.Select(t => $"{t.Name}: {string.Join(' ', t.GetProperties().Where(p => p.Name != "EqualityContract").Select(p => p.Name))}"),
            Is.EqualTo(new[]
            {
                "CustomerRequest: Number Subject Step OpenedAt Name Company TimeZone FormSlug Items Works",
                "CustomerItem: Own Author Body Retracted At Files",
                "CustomerFile: Id Name Size",
                "CustomerContent: Name ContentType Blob",
                "WorkTime: Zone Week UsualWeek",
            }));

    private static async Task Plant(CustomersScene scene, string id)
    {
        var partner = await scene.Host.SignUp("CanaryPartner");
        var theirs = (string)partner["apiKey"]!;
        var invited = (await scene.Post("/api/v1/links", "{}")).Body!;
        var link = (await scene.Host.Call(theirs, HttpMethod.Post, "/api/v1/links/accept", new JsonObject { ["inviteCode"] = (string)invited["inviteCode"]! })).Body!;
        var ticket = $"/api/v1/tickets/{id}";
        await Done(scene.Post($"{ticket}/comments", """{"body":"canary note"}"""));
        await Done(scene.Host.Call(scene.Key, HttpMethod.Patch, ticket, JsonNode.Parse("""{"assignee":"Canary Assignee","category":"canary category"}""")));
        var handoff = (string)(await Done(scene.Post($"{ticket}/handoffs", $$"""{"linkId":"{{link["id"]}}","note":"canary note to the partner"}""")))["id"]!;
        await Done(scene.Host.Call(theirs, HttpMethod.Post, $"/api/v1/handoffs/{handoff}/accept", new JsonObject()));
        await Done(scene.Host.Call(theirs, HttpMethod.Post, $"/api/v1/handoffs/{handoff}/start", new JsonObject()));
        await Done(scene.Post($"{ticket}/comments", """{"body":"canary to the partner","audience":"partner"}"""));
        await Done(scene.Host.Call(theirs, HttpMethod.Post, $"/api/v1/handoffs/{handoff}/comments", JsonNode.Parse("""{"body":"canary of the partner"}""")));
        await Done(scene.Post("/api/v1/tickets", """{"subject":"canary of another ticket","description":"canary","contact":{"name":"Canary Contact","email":"canary@else.example"}}"""));
        await Done(scene.Post($"{ticket}/comments", """{"body":"We come at ten.","audience":"customer"}"""));
        await Upload(scene, ticket, "internal", "canary-internal.txt", "canary");
        await Upload(scene, ticket, "partner", "canary-partner.txt", "canary");
        await Upload(scene, ticket, "customer", "for-claire.txt", "for Claire");
        using var jonas = await Browser.Of(scene.Host, scene.Nordwind, "Canary Member", Roles.Agent);
    }

    private static async Task Upload(CustomersScene scene, string ticket, string audience, string name, string text)
    {
        using var client = scene.Host.CreateClient();
        client.DefaultRequestHeaders.Authorization = new("Bearer", scene.Key);
        using var content = new MultipartFormDataContent { { new StringContent(audience), "audience" }, { new StringContent(text), "file", name } };
        using var answer = await client.PostAsync(new Uri($"{ticket}/files", UriKind.Relative), content);
        Assert.That((int)answer.StatusCode, Is.EqualTo(201), await answer.Content.ReadAsStringAsync());
    }

    private static async Task<JsonNode> Done(Task<(int Status, JsonNode? Body, string Text)> call)
    {
        var answer = await call;
        Assert.That(answer.Status, Is.InRange(200, 201), answer.Text);
        return answer.Body!;
    }

    private static void Search(string html, HttpResponseMessage response, string where)
    {
        Assert.That(html, Does.Not.Contain(Planted).IgnoreCase, where);
        Assert.That($"{response.Headers}{response.Content.Headers}", Does.Not.Contain(Planted).IgnoreCase, where);
    }
}
