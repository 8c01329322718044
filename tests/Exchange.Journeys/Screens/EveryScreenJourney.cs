namespace Exchange.Journeys.Screens;

/// <summary>Every screen, as Lena of the demo opens it by following links: without an error in the console and without a violation of WCAG 2.2 AA.</summary>
sealed class EveryScreenJourney
{
    static readonly string[] Some =
    [
        "home", "tickets", "tickets-new", "tickets-n", "tickets-n-hand-over", "offers", "chains", "links", "health", "partners", "settings", "settings-members", "settings-keys",
        "settings-routes", "settings-calendars", "settings-fields", "settings-form", "settings-notifications", "notices", "links-id", "chains-id", "partners-id", "me",
    ];

    [Test]
    public async Task Every_screen_opens_without_an_error_and_can_be_used_by_everybody()
    {
        await using var desk = await DeskOf.Lena();
        var sight = new Sight();
        await new Walk(desk).Each(name => sight.Of(desk.Page, name));
        await sight.WasFine(Some);
        desk.NothingWentWrong();
    }
}
