using Microsoft.Playwright;

namespace Exchange.Journeys.Screens;

/// <summary>What people do on a ticket's page, and find there.</summary>
static class OnATicket
{
    public static async Task Write(DeskOf desk, string text, string button)
    {
        await desk.Page.Locator(".door-p input").First.CheckAsync();
        await desk.Page.Locator("[data-body]").FillAsync(text);
        await Send(desk, button);
        await DeskOf.Sees(Item(desk, text));
        await desk.IsLive();
    }

    public static Task Send(DeskOf desk, string button) => desk.Page.Locator("button.send:visible", new() { HasText = button }).ClickAsync();

    public static async Task Command(DeskOf desk, string name)
    {
        await desk.Page.Locator("#panel .acts").GetByRole(AriaRole.Button, new() { Name = name, Exact = true }).ClickAsync();
        await desk.IsLive();
    }

    public static async Task Open(DeskOf desk, string name)
    {
        await desk.Page.Locator("#panel .acts a", new() { HasText = name }).ClickAsync();
        await DeskOf.Sees(desk.Page.Locator("#do form"));
    }

    public static Task Reads(DeskOf desk, string sentence) => DeskOf.Sees(desk.Page.Locator(".reads:visible", new() { HasText = sentence }));

    public static ILocator Item(DeskOf desk, string text) => desk.Page.Locator("#items .it", new() { HasText = text }).First;

    public static ILocator Partner(DeskOf desk, string state) => desk.Page.Locator(".hand", new() { HasText = state }).First;
}
