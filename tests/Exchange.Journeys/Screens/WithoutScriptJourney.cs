using Microsoft.Playwright;

namespace Exchange.Journeys.Screens;

/// <summary>Every page works without script: links and forms are all there is.</summary>
sealed class WithoutScriptJourney
{
    static readonly string[] Places = ["home", "tickets", "offers", "chains", "links", "health", "partners"];

    [Test]
    public async Task A_person_signs_in_and_reaches_every_place_with_script_off()
    {
        await using var desk = await DeskOf.Lena(script: false);
        await desk.At("home");
        foreach (var place in Places)
        {
            var link = desk.Page.Locator($".side a.go[href='/at/{desk.Slug}/{place}']");
            Assert.That(await link.GetAttributeAsync("href"), Is.EqualTo($"/at/{desk.Slug}/{place}"));
            var answer = await desk.Page.RunAndWaitForResponseAsync(() => link.ClickAsync(), $"**/{place}");
            Assert.That(answer.Status, Is.EqualTo(200), place);
            await DeskOf.Sees(desk.Page.Locator("h1").First);
            Assert.That(await desk.Page.Locator("h1").CountAsync(), Is.EqualTo(1), place);
            Assert.That(await desk.Page.Locator(".side a[aria-current=page]").First.GetAttributeAsync("href"), Is.EqualTo($"/at/{desk.Slug}/{place}"));
        }

        desk.NothingWentWrong();
    }

    [Test]
    public async Task A_form_that_opens_in_place_is_a_page_with_script_off()
    {
        await using var desk = await DeskOf.Lena(script: false);
        await desk.At("offers");
        await desk.Page.GetByRole(AriaRole.Link, new() { Name = "Decline …" }).First.ClickAsync();
        await DeskOf.Sees(desk.Page.GetByLabel("Why do you decline?"));
        await desk.Page.GetByRole(AriaRole.Link, new() { Name = "Keep the offer" }).ClickAsync();
        Assert.That(await desk.Page.GetByLabel("Why do you decline?").CountAsync(), Is.Zero);
        desk.NothingWentWrong();
    }

    [Test]
    public async Task Who_signs_out_is_out()
    {
        await using var desk = await DeskOf.Lena(script: false);
        await desk.Go("/sign-out");
        await desk.Page.Locator("main form button").First.ClickAsync();
        await desk.At("home");
        Assert.That(desk.Page.Url, Does.Contain("/sign-in?then="));
        await desk.SignIn(Stage.Lena, Stage.DemoPassword);
        await desk.At("home");
        Assert.That(desk.Page.Url, Does.EndWith("/home"));
        desk.NothingWentWrong();
    }
}
