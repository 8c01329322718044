using System.Text.Json.Nodes;
using Exchange.Core.Accounts;
using Exchange.Edge.Tests.Routes;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;

namespace Exchange.Edge.Tests.Pages;

public sealed class When_a_company_settles_itself
{
    private Mailbox _mailbox = null!;
    private ExchangeHost _host = null!;

    [OneTimeSetUp]
    public void Start()
    {
        _mailbox = new Mailbox();
        _host = new ExchangeHost(more: services => services.AddSingleton(_mailbox.Settings));
    }

    [OneTimeTearDown]
    public void Stop()
    {
        _host.Dispose();
        _mailbox.Dispose();
    }

    [Test]
    public async Task Its_new_name_stands_on_every_page_at_once()
    {
        using var lena = await Browser.Of(_host, await _host.SignUp("Nameless"), "Lena Brandt", Roles.Admin);
        using var jonas = await Browser.OfNobody(_host, "Jonas Weber");
        await lena.Go("/at/nameless/settings");
        var saved = await lena.Press("Save", ("name", "Nordwind & <i>Sons</i>"), ("zone", "Europe/Paris"));
        Assert.That(saved.Text, Does.Contain("Saved.").And.Contain("Nordwind & <i>Sons</i>"));
        Assert.That(saved.Html, Does.Not.Contain("<i>Sons"));
        var refused = await lena.Press("Save", ("name", ""), ("zone", "Europe/Nowhere"));
        Assert.That(refused.Status, Is.EqualTo(400));
        Assert.That(refused.Html, Does.Contain("value=\"Europe/Nowhere\""));
        Assert.That((await jonas.Raw(HttpMethod.Get, "/at/nameless/settings")).Status, Is.EqualTo(404), "what is not his does not exist");
    }

    [Test]
    public async Task Somebody_is_invited_registers_joins_is_given_other_roles_and_is_out_at_once()
    {
        var account = await _host.SignUp("Inviting");
        using var lena = await Browser.Of(_host, account, "Lena Brandt", Roles.Admin);
        await lena.Go("/at/inviting/settings/members");
        var made = await lena.Press("Make an invitation", ("email", "tom@people.example"), ("roles", "Agent"), ("roles", "Quality"));
        var path = App.Find(made.Html, "<code class=\"key\">http://localhost([^<]+)</code>");
        var mail = await _mailbox.Next();
        Assert.That(mail.Text, Does.Contain($"https://desk.example{path}"), "the mail names the address of the settings, not of the request");

        using var tom = new Browser(_host);
        var invitation = await tom.Go(path);
        Assert.That(invitation.Text, Does.Contain("Inviting").And.Contain("Lena Brandt").And.Contain("agent").And.Contain("quality").And.Not.Contain("link admin"));
        var register = App.Find(invitation.Html, "href=\"(/register[^\"]+)\"");
        await tom.Go(register.Replace("&amp;", "&", StringComparison.Ordinal));
        await tom.Press("Go on", ("name", "Tom Ridley"), ("email", "tom@people.example"), ("password", "a wholly new sentence"));
        Assert.That(tom.Now.Path, Is.EqualTo(path), "back to the invitation");
        Assert.That((await tom.Press("Join as Tom Ridley")).Path, Is.EqualTo("/at/inviting/home"));
        Assert.That((await tom.Go(path)).Status, Is.EqualTo(404), "it works once");

        Assert.That((await tom.Go("/at/inviting/settings/routes")).Status, Is.EqualTo(403));
        var members = await lena.Go("/at/inviting/settings/members");
        var id = (string)(await _host.Call((string)account["apiKey"]!, HttpMethod.Get, "/api/v1/members")).Body!["items"]!.AsArray().Single(m => (string)m!["name"]! == "Tom Ridley")!["id"]!;
        Assert.That(members.Html, Does.Contain(id));
        await lena.PressIn(id, "Save the roles", ("roles", "LinkAdmin"));
        Assert.That((await tom.Go("/at/inviting/settings/routes")).Status, Is.EqualTo(200), "at once");

        await lena.PressIn(id, "Remove from Inviting");
        Assert.That((await tom.Go("/at/inviting/home")).Status, Is.EqualTo(404), "at once");
        Assert.That((await tom.Go("/me")).Status, Is.EqualTo(200), "a person stays a person");
    }

    [Test]
    public async Task A_withdrawn_invitation_leads_nowhere_and_the_last_admin_stays()
    {
        using var lena = await Browser.Of(_host, await _host.SignUp("Lonely"), "Lena Brandt", Roles.Admin);
        await lena.Go("/at/lonely/settings/members");
        var none = await lena.Press("Make an invitation", ("email", "eve@people.example"), ("roles", null), ("send", null));
        Assert.That((none.Status, none.Html.Contains("value=\"eve@people.example\"", StringComparison.Ordinal)), Is.EqualTo((400, true)), "what was typed stays");
        Assert.That(none.Text, Does.Contain("Choose at least one role."));
        var made = await lena.Press("Make an invitation", ("roles", "Admin"), ("send", null));
        var path = App.Find(made.Html, "<code class=\"key\">http://localhost([^<]+)</code>");
        Assert.That((await lena.Go("/at/lonely/settings/members")).Html, Does.Not.Contain(path), "shown once");
        Assert.That((await lena.Press("Withdraw the invitation of eve@people.example")).Text, Does.Contain("Withdrawn"));
        using var eve = await Browser.OfNobody(_host, "Eve");
        Assert.That((await eve.Go(path)).Status, Is.EqualTo(404));

        await lena.Go("/at/lonely/settings/members");
        Assert.That((await lena.PressIn(lena.Person.ToString(), "Save the roles", ("roles", "Agent"))).Text, Does.Contain("A company needs an admin"));
        Assert.That((await lena.PressIn(lena.Person.ToString(), "Remove from Lonely")).Status, Is.EqualTo(400));
        Assert.That((await lena.Go("/at/lonely/settings/members")).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task A_key_is_made_shown_once_and_revoked()
    {
        using var lena = await Browser.Of(_host, await _host.SignUp("Keyed"), "Lena Brandt", Roles.Admin);
        await lena.Go("/at/keyed/settings/keys");
        var made = await lena.Press("Make the key", ("name", "<script>alert(1)</script>"), ("scopes", "read"), ("scopes", "keys"));
        var key = App.Find(made.Html, "<code class=\"key\">(tx_[^<]+)</code>");
        Assert.That((await _host.Call(key, HttpMethod.Get, "/api/v1/account")).Status, Is.EqualTo(200));
        Assert.That((await _host.Call(key, HttpMethod.Post, "/api/v1/tickets", new JsonObject { ["subject"] = "Pump" })).Status, Is.EqualTo(403), "its scopes alone");
        Assert.That(made.Html, Does.Contain("&lt;script&gt;").And.Not.Contain("<script>alert"));

        Assert.That((await lena.Go("/at/keyed/settings/keys")).Html, Does.Not.Contain(key));
        await lena.Press("Revoke <script>alert(1)</script>");
        Assert.That((await _host.Call(key, HttpMethod.Get, "/api/v1/account")).Status, Is.EqualTo(401));
        Assert.That((await lena.Press("Make the key", ("name", "Nothing"), ("scopes", null))).Status, Is.EqualTo(400));
    }

    [Test]
    public async Task A_route_is_made_and_removed()
    {
        var (one, other) = (await _host.SignUp("Routing"), await _host.SignUp("Routed"));
        var invited = (await _host.Call((string)one["apiKey"]!, HttpMethod.Post, "/api/v1/links", new JsonObject())).Body!;
        var link = (string)(await _host.Call((string)other["apiKey"]!, HttpMethod.Post, "/api/v1/links/accept", new JsonObject { ["inviteCode"] = (string)invited["inviteCode"]! })).Body!["id"]!;
        using var lena = await Browser.Of(_host, one, "Lena Brandt", Roles.Dispatcher);
        using var tom = await Browser.Of(_host, other, "Tom Ridley", Roles.Admin);
        await lena.Go("/at/routing/settings/routes");
        Assert.That((await lena.Press("Make the rule", ("name", "Cooling"), ("category", "cooling"))).Status, Is.EqualTo(400), "a partner is wanted");
        var made = await lena.Press("Make the rule", ("links", link), ("hours", "4"), ("automatic", "true"));
        Assert.That(made.Text, Does.Contain("Cooling").And.Contain("Asks Routed.").And.Contain("goes on by itself").And.Contain("4 h to accept"));

        var id = App.Find(made.Html, "name=\"route\" value=\"([^\"]+)\"");
        await tom.Go("/at/routed/settings/routes");
        Assert.That((await tom.Raw(HttpMethod.Post, "/at/routed/settings/routes?handler=Remove", tom.Token(), ("route", id))).Status, Is.EqualTo(404), "the partner's rules are not his");
        Assert.That((await lena.Press("Remove the rule Cooling")).Text, Does.Contain("The rule is removed.").And.Not.Contain("Asks Routed."));
    }

    [Test]
    public async Task Others_ids_are_as_if_they_were_not()
    {
        using var lena = await Browser.Of(_host, await _host.SignUp("Mine"), "Lena Brandt", Roles.Admin);
        var theirs = await _host.SignUp("Theirs");
        using var tom = await Browser.Of(_host, theirs, "Tom Ridley", Roles.Admin);
        var key = (string)(await _host.Call((string)theirs["apiKey"]!, HttpMethod.Get, "/api/v1/keys")).Body!["items"]![0]!["id"]!;
        await lena.Go("/at/mine/settings/members");
        var token = lena.Token();
        Assert.That((await lena.Raw(HttpMethod.Post, "/at/mine/settings/members?handler=Remove", token, ("person", tom.Person.ToString()))).Status, Is.EqualTo(404));
        Assert.That((await lena.Raw(HttpMethod.Post, "/at/mine/settings/members?handler=Change", token, ("person", tom.Person.ToString()), ("roles", "Agent"))).Status, Is.EqualTo(404));
        Assert.That((await lena.Raw(HttpMethod.Post, "/at/mine/settings/keys?handler=Revoke", token, ("key", key))).Status, Is.EqualTo(404));
        Assert.That((await lena.Raw(HttpMethod.Post, "/at/theirs/settings/members?handler=Remove", token, ("person", tom.Person.ToString()))).Status, Is.EqualTo(404));
        Assert.That((await tom.Go("/at/theirs/settings/members")).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task A_program_brings_members_in_and_takes_them_out()
    {
        var account = await _host.SignUp("Provisioned");
        var key = (string)account["apiKey"]!;
        Assert.That((await _host.Call(key, HttpMethod.Post, "/api/v1/members/invitations", JsonNode.Parse("""{"email":"ann@people.example","roles":["cook"]}"""))).Status, Is.EqualTo(400));
        var invited = await _host.Call(key, HttpMethod.Post, "/api/v1/members/invitations", JsonNode.Parse("""{"email":"ann@people.example","roles":["agent","link_admin"]}"""));
        Assert.That(invited.Status, Is.EqualTo(201), invited.Text);
        using var ann = await Browser.OfNobody(_host, "Ann Lee");
        await ann.Go((string)invited.Body!["path"]!);
        await ann.Press("Join as Ann Lee");
        var listed = (await _host.Call(key, HttpMethod.Get, "/api/v1/members")).Body!["items"]![0]!;
        Assert.That(listed["roles"]!.ToJsonString(), Is.EqualTo("""["link_admin","agent"]"""));
        Assert.That((await _host.Call(key, HttpMethod.Patch, $"/api/v1/members/{listed["id"]}", JsonNode.Parse("""{"roles":["auditor"]}"""))).Status, Is.EqualTo(204));
        Assert.That((await ann.Go("/at/provisioned/settings/routes")).Status, Is.EqualTo(403));
        Assert.That((await _host.Call(key, HttpMethod.Delete, $"/api/v1/members/{listed["id"]}")).Status, Is.EqualTo(204));
        Assert.That((await ann.Go("/at/provisioned/home")).Status, Is.EqualTo(404));

        var other = (string)(await _host.SignUp("Provisioning"))["apiKey"]!;
        var pending = (await _host.Call(key, HttpMethod.Post, "/api/v1/members/invitations", JsonNode.Parse("""{"email":"bob@people.example","roles":["agent"]}"""))).Body!;
        Assert.That((await _host.Call(other, HttpMethod.Delete, $"/api/v1/members/invitations/{pending["id"]}")).Status, Is.EqualTo(404));
        Assert.That((await _host.Call(key, HttpMethod.Get, "/api/v1/members/invitations")).Body!["items"]!.AsArray(), Has.Count.EqualTo(1));
        Assert.That((await _host.Call(key, HttpMethod.Delete, $"/api/v1/members/invitations/{pending["id"]}")).Status, Is.EqualTo(204));
        var renamed = await _host.Call(key, HttpMethod.Patch, "/api/v1/account", JsonNode.Parse("""{"timeZone":"Europe/Paris"}"""));
        Assert.That(((string)renamed.Body!["name"]!, (string)renamed.Body!["timeZone"]!), Is.EqualTo(("Provisioned", "Europe/Paris")));
    }
}
