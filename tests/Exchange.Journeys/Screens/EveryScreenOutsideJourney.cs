namespace Exchange.Journeys.Screens;

/// <summary>
/// The screens to which no link of a desk leads, each reached as people reach it: those of a customer, of an invitation, of a password
/// that is lost, of a second factor, of an address where nothing is; and what is shown where something is refused, made, or can be taken back.
/// </summary>
sealed class EveryScreenOutsideJourney
{
    const string Password = "a sentence is easy to keep";

    /// <summary>Milliseconds. Sooner only a machine sends a form.</summary>
    const double HasBeenRead = 3100;

    readonly Sight sight = new();
    DeskOf mira = null!;
    Company nordlicht = null!;

    [OneTimeSetUp]
    public async Task Mira_founds_a_company() => (mira, nordlicht) = await DeskOf.Founder(await Stage.Exchange, "Mira Holm", "Nordlicht");

    [OneTimeTearDown]
    public async Task She_goes_home()
    {
        if (mira is not null)
        {
            await mira.DisposeAsync();
        }
    }

    [Test]
    public async Task Every_screen_outside_of_a_desk_can_be_used_by_everybody()
    {
        await A_customer_writes_and_follows_his_request();
        await Somebody_is_to_join_and_a_company_to_link();
        await Somebody_is_lost();
        await Mira_can_take_a_change_back();
        await Mira_signs_in_with_a_second_factor();
        await sight.WasFine(
            "for-slug", "for-slug--refused", "t-token--sent", "t-token", "t-token--over", "join-code", "links--made", "invited-code", "sign-in--refused", "reset-code", "trouble",
            "tickets--undo", "me--app", "me--codes", "sign-in--code");
        mira.NothingWentWrong();
    }

    async Task A_customer_writes_and_follows_his_request()
    {
        await mira.At("settings/form");
        await mira.Page.Locator("[name=open]").CheckAsync();
        await mira.Press("Save");
        await mira.Sees("The form’s address");

        await using var anna = await Nobody(400);
        await anna.Go($"/for/{mira.Slug}");
        await sight.Of(anna.Page, "for-slug");
        await Eventually.Holds("the form has been read", async () => await anna.Page.EvaluateAsync<double>("performance.now()") > HasBeenRead ? null : "Not yet.");
        await anna.Fill("name", " ");
        await anna.Fill("email", "anna@keller.example");
        await anna.Fill("subject", "The scanner is stuck");
        await anna.Fill("description", "It hums, but the belt does not move.");
        await anna.Press("Send to Nordlicht");
        await DeskOf.Sees(anna.Page.Locator("#problems"));
        await sight.Of(anna.Page, "for-slug--refused");
        await anna.Fill("name", "Anna Keller");
        await anna.Press("Send to Nordlicht");
        await anna.Page.WaitForURLAsync("**/t/*");
        await sight.Of(anna.Page, "t-token--sent");
        await Mira_answers(anna);
        anna.NothingWentWrong();
    }

    async Task Mira_answers(DeskOf anna)
    {
        var ticket = (await nordlicht.All("tickets")).Single().Need("id");
        await nordlicht.Comment(ticket, new { body = "We come at ten. Is the gate open then?", audience = "customer" });
        await anna.Page.ReloadAsync();
        await anna.Sees("We come at ten.");
        await anna.Fill("body", "It is, until one.");
        await anna.Press("Send to Nordlicht");
        await anna.Sees("Sent to Nordlicht.");
        await sight.Of(anna.Page, "t-token");
        (await nordlicht.Change($"tickets/{ticket}", new { status = "closed" })).Must(200);
        await anna.Page.ReloadAsync();
        await anna.Sees("Open a new request");
        await sight.Of(anna.Page, "t-token--over");
    }

    async Task Somebody_is_to_join_and_a_company_to_link()
    {
        await mira.At("settings/members");
        await mira.Fill("email", "jonas@people.example");
        await mira.Press("Make an invitation");
        await using var jonas = await Nobody();
        await jonas.Go(new Uri(await mira.Page.Locator("code.key").InnerTextAsync()).AbsolutePath);
        await sight.Of(jonas.Page, "join-code");

        await mira.At("links?invite=true");
        await mira.Press("Make the invitation");
        await mira.Sees("The invitation is ready");
        await sight.Of(mira.Page, "links--made");
        await using var lena = await DeskOf.Lena();
        await lena.Go(new Uri(await mira.Page.Locator("#address").InputValueAsync()).AbsolutePath);
        await lena.Sees("For which company do you answer?");
        await sight.Of(lena.Page, "invited-code");
        lena.NothingWentWrong();
        jonas.NothingWentWrong();
    }

    async Task Somebody_is_lost()
    {
        await using var lost = await Nobody(401, 404);
        await lost.Go("/sign-in");
        await lost.Fill("email", $"{mira.Slug}@people.example");
        await lost.Fill("password", "not the password");
        await Send(lost);
        await DeskOf.Sees(lost.Page.Locator("#problems"));
        await sight.Of(lost.Page, "sign-in--refused");

        // Whether a code is good is told when it is used.
        await lost.Go($"/reset/{new string('A', 40)}");
        await sight.Of(lost.Page, "reset-code");
        Assert.That(await lost.Open("/nowhere/at/all"), Is.EqualTo(404));
        await lost.Sees("Not here");
        await sight.Of(lost.Page, "trouble");
        lost.NothingWentWrong();
    }

    async Task Mira_can_take_a_change_back()
    {
        await nordlicht.OpenTicket(new { subject = "The printer prints nothing", priority = "high" });
        await nordlicht.OpenTicket(new { subject = "The scale shows too much" });
        await mira.At("tickets");
        await mira.Page.Locator("[data-all]").CheckAsync();
        await mira.Press("Assign");
        await DeskOf.Sees(mira.Page.Locator(".undo .btn"));
        await sight.Of(mira.Page, "tickets--undo");
    }

    async Task Mira_signs_in_with_a_second_factor()
    {
        await mira.Go("/me");
        await mira.Press("Set up an app");
        await DeskOf.Sees(mira.Page.Locator("#code"));
        await sight.Of(mira.Page, "me--app");
        await mira.Fill("code", AppCode.Now(await mira.Page.Locator("code.key").InnerTextAsync()));
        await mira.Press("Ask for it from now on");
        await mira.Sees("Your recovery codes");
        await sight.Of(mira.Page, "me--codes");

        await using var again = await Nobody();
        await again.Go("/sign-in");
        await again.Fill("email", $"{mira.Slug}@people.example");
        await again.Fill("password", Password);
        await Send(again);
        await DeskOf.Sees(again.Page.Locator("#code"));
        await sight.Of(again.Page, "sign-in--code");
        again.NothingWentWrong();
    }

    // Beside the form stand buttons that sign people of the demo in.
    static Task Send(DeskOf desk) => desk.Page.Locator("form:has(#password) button").ClickAsync();

    static async Task<DeskOf> Nobody(params int[] refusals)
    {
        var desk = await DeskOf.Nobody(await Stage.Exchange);
        desk.Awaited.UnionWith(refusals);
        return desk;
    }
}
