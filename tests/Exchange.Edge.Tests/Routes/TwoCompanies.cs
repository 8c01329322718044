using System.Text.Json.Nodes;
using NUnit.Framework;

namespace Exchange.Edge.Tests.Routes;

/// <summary>Two linked companies at a real host, and what they do through the API alone.</summary>
internal sealed class TwoCompanies : IDisposable
{
    public required ExchangeHost Host { get; init; }

    public required string Placer { get; init; }

    public required string PlacerId { get; init; }

    public required string Fulfiller { get; init; }

    public required string FulfillerId { get; init; }

    public required string Link { get; init; }

    public static async Task<TwoCompanies> Meet()
    {
        var host = new ExchangeHost();
        var (placer, fulfiller) = (await host.SignUp("Nordwind"), await host.SignUp("Brightfix"));
        var (one, other) = ((string)placer["apiKey"]!, (string)fulfiller["apiKey"]!);
        var invited = (await host.Call(one, HttpMethod.Post, "/api/v1/links", new JsonObject())).Body!;
        var accepted = await host.Call(other, HttpMethod.Post, "/api/v1/links/accept", new JsonObject { ["inviteCode"] = (string)invited["inviteCode"]! });
        return new TwoCompanies
        {
            Host = host, Placer = one, PlacerId = (string)placer["id"]!, Fulfiller = other, FulfillerId = (string)fulfiller["id"]!, Link = (string)accepted.Body!["id"]!,
        };
    }

    public async Task<string> Offer()
    {
        var ticket = await Made(Placer, "/api/v1/tickets", """{"subject":"Pump"}""");
        return await Made(Placer, $"/api/v1/tickets/{ticket}/handoffs", $$"""{"linkId":"{{Link}}"}""");
    }

    public async Task<string> Running()
    {
        var handoff = await Offer();
        await Done(Fulfiller, $"/api/v1/handoffs/{handoff}/accept");
        await Done(Fulfiller, $"/api/v1/handoffs/{handoff}/start");
        return handoff;
    }

    public async Task<string> Closed()
    {
        var handoff = await Running();
        await Done(Fulfiller, $"/api/v1/handoffs/{handoff}/resolve", """{"solution":"done","minutes":30}""");
        await Done(Placer, $"/api/v1/handoffs/{handoff}/confirm");
        return handoff;
    }

    public async Task Done(string key, string path, string body = "{}")
    {
        var answer = await Post(key, path, body);
        Assert.That(answer.Status, Is.InRange(200, 201), answer.Text);
    }

    public Task<(int Status, JsonNode? Body, string Text)> Post(string key, string path, string body) => Host.Call(key, HttpMethod.Post, path, JsonNode.Parse(body));

    public Task<(int Status, JsonNode? Body, string Text)> Patch(string key, string path, string body) => Host.Call(key, HttpMethod.Patch, path, JsonNode.Parse(body));

    public Task<(int Status, JsonNode? Body, string Text)> Get(string key, string path) => Host.Call(key, HttpMethod.Get, path);

    public void Dispose() => Host.Dispose();

    private async Task<string> Made(string key, string path, string body)
    {
        var answer = await Post(key, path, body);
        Assert.That(answer.Status, Is.EqualTo(201), answer.Text);
        return (string)answer.Body!["id"]!;
    }
}
