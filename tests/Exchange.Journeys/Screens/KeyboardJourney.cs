using Microsoft.Playwright;
using static Exchange.Journeys.Screens.OnATicket;

namespace Exchange.Journeys.Screens;

/// <summary>A ticket goes to a partner and comes back without a mouse; whatever has the focus shows it.</summary>
sealed class KeyboardJourney
{
    const int MostTabs = 150;

    // Nobody can use by keys what he cannot see that he stands on.
    const string Focus = """
        () => {
          const on = document.activeElement;
          if (!on || on === document.body) return { name: '', shown: true };
          const name = (on.getAttribute('aria-label') || on.innerText || on.labels?.[0]?.innerText || on.value || on.name || on.tagName).trim();
          const marked = (one) => { const style = getComputedStyle(one); return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0 || style.boxShadow !== 'none'; };
          const near = [on, on.parentElement, ...(on.labels ?? []), on.nextElementSibling].filter(Boolean);
          const box = on.getBoundingClientRect();
          return { name, how: near.map((one) => `${one.tagName} ${getComputedStyle(one).outline} ${one.matches(':focus')} ${one.matches(':focus-visible')}`).join('; '), shown: near.some(marked) && (box.width > 0 || near.length > 1) };
        }
        """;

    DeskOf lena = null!;
    DeskOf tom = null!;
    Company nordwind = null!;
    Company brightfix = null!;

    [OneTimeSetUp]
    public async Task Two_people_found_two_companies()
    {
        var exchange = await Stage.Exchange;
        ((lena, nordwind), (tom, brightfix)) = (await DeskOf.Founder(exchange, "Lena Brandt", "Nordwind"), await DeskOf.Founder(exchange, "Tom Ridley", "Brightfix"));
        await nordwind.LinkWith(brightfix);
        await nordwind.OpenTicket(new { subject = "The scanner is stuck" });
    }

    [OneTimeTearDown]
    public async Task They_go_home()
    {
        foreach (var desk in new[] { lena, tom })
        {
            if (desk is not null)
            {
                await desk.DisposeAsync();
            }
        }
    }

    [Test]
    public async Task A_ticket_goes_to_a_partner_and_comes_back_by_keys_alone()
    {
        await Lena_signs_in_anew();
        await Lena_writes_a_note_and_hands_over();
        await Tom_accepts_starts_and_resolves();
        await Lena_confirms();
        lena.NothingWentWrong();
        tom.NothingWentWrong();
    }

    async Task Lena_signs_in_anew()
    {
        await lena.Go("/sign-out");
        await TabTo(lena, "Sign out");
        await lena.Page.Keyboard.PressAsync("Enter");
        await lena.Page.WaitForURLAsync(url => !url.Contains("/sign-out", StringComparison.Ordinal));
        await lena.Go("/sign-in");
        await lena.Page.Keyboard.TypeAsync($"{lena.Slug}@people.example");
        await lena.Page.Keyboard.PressAsync("Tab");
        await lena.Page.Keyboard.TypeAsync("a sentence is easy to keep");
        await lena.Page.Keyboard.PressAsync("Enter");
        await lena.Page.WaitForURLAsync("**/home");
    }

    async Task Lena_writes_a_note_and_hands_over()
    {
        await Keys(lena, "g", "t");
        await lena.Page.WaitForURLAsync("**/tickets");
        await Keys(lena, "j", "Enter");
        await DeskOf.Sees(lena.Page.Locator("[data-composer]"));
        await Keys(lena, "2");
        await Reads(lena, "Only Nordwind will read this.");
        await lena.Page.Keyboard.TypeAsync("Marek has the key");
        await lena.Page.Keyboard.PressAsync("Control+Enter");
        await DeskOf.Sees(Item(lena, "Marek has the key"));
        await TabTo(lena, "Hand over");
        await Keys(lena, "Enter");
        await lena.Page.WaitForURLAsync("**/hand-over*");
        await TabTo(lena, "Offer to Brightfix");
        await Keys(lena, "Enter");
        await DeskOf.Sees(Partner(lena, "Offered"));
        await lena.IsLive();
    }

    async Task Tom_accepts_starts_and_resolves()
    {
        await Keys(tom, "g", "o");
        await tom.Page.WaitForURLAsync("**/offers");
        await Keys(tom, "a");
        await lena.SeesLive(Partner(lena, "Accepted"));
        var mirror = (await brightfix.All("tickets")).Single();
        await tom.At($"tickets/{mirror.Need("number")}");
        await TabTo(tom, "Start");
        await Keys(tom, "Enter");
        await DeskOf.Sees(Partner(tom, "In progress"));
        await tom.IsLive();
        await Keys(tom, "r");
        await DeskOf.Sees(tom.Page.Locator("#do form"));
        await Expecting(tom, "#do textarea");
        await tom.Page.Keyboard.TypeAsync("Replaced the belt");
        await TabTo(tom, "Send the solution to Nordwind");
        await Keys(tom, "Enter");
        await lena.SeesLive(Item(lena, "Replaced the belt"));
    }

    async Task Lena_confirms()
    {
        await TabTo(lena, "Confirm");
        await Keys(lena, "Enter");
        await DeskOf.Sees(Partner(lena, "Closed"));
    }

    static async Task Keys(DeskOf desk, params string[] keys)
    {
        foreach (var key in keys)
        {
            await desk.Page.Keyboard.PressAsync(key);
        }
    }

    /// <summary>The form takes the focus by itself.</summary>
    static Task Expecting(DeskOf desk, string selector) => Assertions.Expect(desk.Page.Locator(selector).First).ToBeFocusedAsync();

    static async Task TabTo(DeskOf desk, string name)
    {
        var passed = new List<string>();
        for (var i = 0; i < MostTabs; i++)
        {
            await desk.Page.Keyboard.PressAsync("Tab");
            var on = await desk.Page.EvaluateAsync<Focused>(Focus);
            Assert.That(on.Shown, Is.True, $"one sees that '{on.Name}' has the focus on {desk.Page.Url}: {on.How}");
            if (on.Name.StartsWith(name, StringComparison.Ordinal))
            {
                return;
            }

            passed.Add(on.Name);
        }

        Assert.Fail($"'{name}' is not reached on {desk.Page.Url}, but: {string.Join(" | ", passed)}");
    }

    sealed class Focused
    {
        public string Name { get; set; } = "";

        /// <summary>What marks it, for messages.</summary>
        public string How { get; set; } = "";

        public bool Shown { get; set; }
    }
}
