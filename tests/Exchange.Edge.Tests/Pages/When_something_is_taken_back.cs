using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Exchange.Contracts.V1;
using Exchange.Core.Accounts;
using Exchange.Core.Kernel;
using Exchange.Edge.Tests.Routes;
using Exchange.Edge.Tests.TestKit;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using NUnit.Framework;

namespace Exchange.Edge.Tests.Pages;

/// <summary>Messages, files, invitations and sessions, once they are good no more.</summary>
public sealed class When_something_is_taken_back
{
    [Test]
    public async Task A_message_to_the_customer_is_gone_with_its_files()
    {
        await using var scene = await CustomersScene.Begin();
        var page = await scene.Send();
        var ticket = (string)(await scene.Ticket())["id"]!;
        var file = await Upload(scene, ticket, "quote.txt");
        var said = (await scene.Post($"/api/v1/tickets/{ticket}/comments", $$"""{"body":"The price is nine hundred.","audience":"customer","files":["{{file}}"]}""")).Body!;
        await scene.Claire.Go(page.Path);
        Assert.That(scene.Claire.Now.Text, Does.Contain("The price is nine hundred.").And.Contains("quote.txt"));
        var link = Regex.Match(scene.Claire.Now.Html, "href=\"(?<at>/t/[^\"]+/files/[^\"]+)\"", RegexOptions.None, TimeSpan.FromSeconds(1)).Groups["at"].Value;
        Assert.That((await scene.Claire.Raw(HttpMethod.Get, link)).Status, Is.EqualTo(200));

        Assert.That((await scene.Post($"/api/v1/comments/{said["id"]}/retract", "{}")).Status, Is.EqualTo(200));
        await scene.Claire.Go(page.Path);
        Assert.That(scene.Claire.Now.Text, Does.Contain("Taken back.").And.Not.Contains("nine hundred").And.Not.Contains("quote.txt"));
        Assert.That((await scene.Claire.Raw(HttpMethod.Get, link)).Status, Is.EqualTo(404));
    }

    [TestCase("customer")]
    [TestCase("internal")]
    public async Task A_text_takes_along_no_file_of_another_ticket(string audience)
    {
        await using var scene = await CustomersScene.Begin();
        await scene.Send();
        var ticket = (string)(await scene.Ticket())["id"]!;
        var other = (string)(await scene.Post("/api/v1/tickets", """{"subject":"Somebody else's"}""")).Body!["id"]!;
        var stranger = (string)(await scene.Host.SignUp("Stranger"))["apiKey"]!;
        var theirs = (string)(await scene.Host.Call(stranger, HttpMethod.Post, "/api/v1/tickets", JsonNode.Parse("""{"subject":"Theirs"}"""))).Body!["id"]!;
        var far = (string)(await scene.Host.Call(stranger, HttpMethod.Post, $"/api/v1/tickets/{theirs}/files", file: "theirs"u8.ToArray())).Body!["id"]!;
        foreach (var file in (string[])[await Upload(scene, other, "other.txt"), far])
        {
            var refused = await scene.Post($"/api/v1/tickets/{ticket}/comments", $$"""{"body":"See there","audience":"{{audience}}","files":["{{file}}"]}""");
            Assert.That(refused.Status, Is.EqualTo(404), refused.Text);
        }
    }

    [Test]
    public async Task An_invitation_opens_once_and_not_after_its_time()
    {
        var clock = new LeapClock();
        using var host = new ExchangeHost(more: services => services.Replace(ServiceDescriptor.Singleton<TimeProvider>(clock)));
        var account = await host.SignUp("Inviter");
        var admin = new Caller(new AccountId(Guid.Parse((string)account["id"]!)), "Inviter", new Actor("key", "tests", "Tests"));
        var door = host.Services.GetRequiredService<Door>();
        var (once, late) = (await Invite(), await Invite());
        Assert.That((await Join(once)).Ok, Is.True);
        Assert.That((await Join(once)).Fault?.Code, Is.EqualTo(Codes.NotFound), "used");
        clock.Leap(MemberInvitation.GoodFor - TimeSpan.FromMinutes(1));
        Assert.That((await Join(await Invite())).Ok, Is.True);
        clock.Leap(TimeSpan.FromMinutes(2));
        Assert.That((await Join(late)).Fault?.Code, Is.EqualTo(Codes.NotFound), "run out");

        async Task<string> Invite() => (await door.Do<InviteMember, MemberInvited>(new InviteMember($"ann.{Guid.NewGuid():N}@people.example", Roles.Admin), admin, null, CancellationToken.None)).Value!.Code;

        Task<Outcome<Joined>> Join(string code) => door.Do<JoinAccount, Joined>(new JoinAccount(code, new PersonId(Guid.NewGuid()), "Ann Lee", "ann@people.example"), Caller.Stranger, null, CancellationToken.None);
    }

    [TestCase("session")]
    [TestCase("membership")]
    public async Task An_open_page_is_told_nothing_more(string taken)
    {
        using var host = new ExchangeHost();
        var account = await host.SignUp("Lively");
        var key = (string)account["apiKey"]!;
        using var lena = await Browser.Of(host, account, "Lena Brandt", Roles.Agent);
        using var client = host.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false });
        await SignIn(client, lena.Email);
        using var response = await client.GetAsync(new Uri("/at/lively/live", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
        using var stream = new StreamReader(await response.Content.ReadAsStreamAsync());
        Assert.That(await stream.ReadLineAsync(), Is.EqualTo("event: hello"));
        var others = (string)(await host.SignUp("Elsewhere"))["apiKey"]!;
        var far = (string)(await host.Call(others, HttpMethod.Post, "/api/v1/tickets", JsonNode.Parse("""{"subject":"Of others"}"""))).Body!["id"]!;
        var near = (string)(await host.Call(key, HttpMethod.Post, "/api/v1/tickets", JsonNode.Parse("""{"subject":"Seen"}"""))).Body!["id"]!;
        for (var line = ""; !line.Contains(near, StringComparison.Ordinal);)
        {
            line = (await stream.ReadLineAsync())!;
            Assert.That(line, Does.Not.Contain(far), "what changes at another company is nobody else's");
        }

        if (taken == "session")
        {
            await host.Services.GetRequiredService<IPeople>().EndOtherSessions(lena.Person, Guid.Empty, CancellationToken.None);
        }
        else
        {
            Assert.That((await host.Call(key, HttpMethod.Delete, $"/api/v1/members/{lena.Person}")).Status, Is.EqualTo(204));
        }

        var unseen = (string)(await host.Call(key, HttpMethod.Post, "/api/v1/tickets", JsonNode.Parse("""{"subject":"Not seen"}"""))).Body!["id"]!;
        var rest = await stream.ReadToEndAsync().WaitAsync(TimeSpan.FromSeconds(20));
        Assert.That(rest, Does.Not.Contain(unseen));
    }

    private static async Task SignIn(HttpClient client, string email)
    {
        var form = Markup.Forms(await client.GetStringAsync(new Uri("/sign-in", UriKind.Relative))).First();
        using var content = new FormUrlEncodedContent(form.Fill(null, [("email", email), ("password", Browser.Password)]).Fields);
        using var answer = await client.PostAsync(new Uri("/sign-in", UriKind.Relative), content);
        Assert.That((int)answer.StatusCode, Is.EqualTo(302));
    }

    private static async Task<string> Upload(CustomersScene scene, string ticket, string name)
    {
        using var client = scene.Host.CreateClient();
        client.DefaultRequestHeaders.Authorization = new("Bearer", scene.Key);
        using var content = new MultipartFormDataContent { { new StringContent("internal"), "audience" }, { new ByteArrayContent(Encoding.UTF8.GetBytes(name)), "file", name } };
        using var answer = await client.PostAsync(new Uri($"/api/v1/tickets/{ticket}/files", UriKind.Relative), content);
        return (string)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["id"]!;
    }
}
