using System.Text.Json.Nodes;
using Exchange.Core.Accounts;
using Exchange.Core.Kernel;
using Exchange.Core.Relay;
using Exchange.Core.Store;
using Exchange.Edge.Tests.Routes;
using Exchange.Edge.Tests.TestKit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;

namespace Exchange.Edge.Tests.Pages;

/// <summary>The page of health, with a desk that refuses.</summary>
[TestFixture]
public sealed class When_a_desk_is_stuck
{
    private const string Cause = "The field <i>colour</i> has no mapping.";

    private ExchangeHost _host = null!;
    private TestDesk _desk = null!;
    private JsonNode _ada = null!;
    private JsonNode _bob = null!;
    private Browser _bea = null!;
    private string _link = "";

    [OneTimeSetUp]
    public async Task Set_the_scene()
    {
        _host = new ExchangeHost(more: services =>
        {
            services.AddSingleton<TestDesk>();
            services.AddSingleton<IDesk>(s => s.GetRequiredService<TestDesk>());
        });
        (_ada, _bob) = (await _host.SignUp("Ada"), await _host.SignUp("Bob"));
        _desk = _host.Services.GetRequiredService<TestDesk>();
        var account = new AccountId(_bob["id"]!.GetValue<Guid>());

        // No verb chooses another desk yet.
        await _host.Services.GetRequiredService<IDialect>().Do<Done>(
            async unit =>
            {
                await unit.Db.Accounts.Where(a => a.Id == account).ExecuteUpdateAsync(s => s.SetProperty(a => a.DeskKind, TestDesk.Name));
                return default(Done);
            },
            CancellationToken.None);
        var invited = await Post(_ada, "/links", "{}");
        _link = (string)(await Post(_bob, "/links/accept", $$"""{"inviteCode":"{{invited["inviteCode"]}}"}"""))["id"]!;
        _bea = await Browser.Of(_host, _bob, "Bea Bob", Roles.Dispatcher);
    }

    [OneTimeTearDown]
    public void Take_the_scene_away()
    {
        _bea.Dispose();
        _host.Dispose();
    }

    [Test]
    public async Task It_says_why_and_is_tried_again_or_skipped_with_a_note()
    {
        string[] stuck = [await Running(), await Running(), await Running()];
        _desk.Objection = TestDesk.RefusesText("red", () => new Fault(Codes.Validation, Cause));
        foreach (var handoff in stuck)
        {
            await Post(_ada, $"/handoffs/{handoff}/comments", """{"body":"red <script>"}""");
        }

        await Eventually.True(async () => (await _bea.Go("/at/bob/health")).Text.Contains("3 items are parked at your desk.", StringComparison.Ordinal));
        Assert.That(_bea.Now.Text, Does.Contain(Cause).And.Contain("see all 3"));
        Assert.That(_bea.Now.Html, Does.Not.Contain("<i>colour"));

        await _bea.Go($"/at/bob/health?cause={Uri.EscapeDataString(Cause)}&skip={stuck[0]}");
        Assert.That(_bea.Now.Html, Does.Not.Contain("red <script>"), "what is stuck is shown, as text");
        Assert.That(_bea.Now.Text, Does.Contain("What is stuck: entry"));
        await _bea.PressIn(stuck[0], "Skip and tell Ada", ("note", "we keep no colours"));
        Assert.That(_bea.Now.Text, Does.Contain("2 items are parked at your desk."));
        await Eventually.True(async () => (await Get(_ada, $"/handoffs/{stuck[0]}/comments")).ToJsonString().Contains("we keep no colours", StringComparison.Ordinal));

        _desk.Objection = null;
        await _bea.Press("Retry all 2");
        Assert.That(_bea.Now.Text, Does.Contain("2 are tried again."));
        await Eventually.True(async () => (await _bea.Go("/at/bob/health")).Text.Contains("Nothing is parked.", StringComparison.Ordinal));
        Assert.That((await _bea.Raw(HttpMethod.Get, "/at/bob/health?handler=list")).Text, Does.Contain("1 link keeps up."));
    }

    private async Task<string> Running()
    {
        var ticket = await Post(_ada, "/tickets", """{"subject":"Pump"}""");
        var handoff = (string)(await Post(_ada, $"/tickets/{ticket["id"]}/handoffs", $$"""{"linkId":"{{_link}}"}"""))["id"]!;
        await Post(_bob, $"/handoffs/{handoff}/accept", "{}");
        return handoff;
    }

    private async Task<JsonNode> Post(JsonNode who, string path, string body)
    {
        var answer = await _host.Call((string)who["apiKey"]!, HttpMethod.Post, $"/api/v1{path}", JsonNode.Parse(body));
        Assert.That(answer.Status, Is.InRange(200, 201), answer.Text);
        return answer.Body!;
    }

    private async Task<JsonNode> Get(JsonNode who, string path) => (await _host.Call((string)who["apiKey"]!, HttpMethod.Get, $"/api/v1{path}")).Body!;
}
