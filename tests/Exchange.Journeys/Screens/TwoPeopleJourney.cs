using System.Globalization;
using Microsoft.Playwright;
using static Exchange.Journeys.Screens.OnATicket;

namespace Exchange.Journeys.Screens;

/// <summary>
/// The story of a handoff, played by two people at the same time, each in a browser of his own. What the one does, the other sees on
/// the page that is open, without loading it again; and what one keeps to oneself never reaches the other's browser.
/// </summary>
sealed class TwoPeopleJourney
{
    const string Note = "Keller is three months behind with paying";
    const string Customer = "We are on it, Anna";
    const string Own = "Marek has the key, ask him first";

    DeskOf lena = null!;
    DeskOf tom = null!;
    Company nordwind = null!;
    Company brightfix = null!;
    string subject = "";
    long number;

    [OneTimeSetUp]
    public async Task Two_people_found_two_companies()
    {
        var exchange = await Stage.Exchange;
        var both = await Task.WhenAll(DeskOf.Founder(exchange, "Lena Brandt", "Nordwind"), DeskOf.Founder(exchange, "Tom Ridley", "Brightfix"));
        ((lena, nordwind), (tom, brightfix)) = (both[0], both[1]);
        await nordwind.LinkWith(brightfix);
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
    public async Task Two_people_work_on_one_ticket_and_see_what_the_other_does()
    {
        subject = $"The scanner is stuck {Guid.NewGuid():N}"[..30];
        var ticket = await nordwind.OpenTicket(new { subject, description = "It hums, but the belt does not move.", contact = new { name = "Anna Keller", email = "anna@keller.example" } });
        number = long.Parse(ticket.Need("number"), CultureInfo.InvariantCulture);
        tom.Record();
        await tom.At("offers");
        await tom.IsLive();

        await Lena_writes_a_note_and_to_her_customer();
        await Lena_hands_it_over_and_the_offer_appears_before_Tom();
        await Tom_accepts_and_Lena_sees_it();
        await What_Tom_types_stays_while_Lenas_comment_comes();
        await Tom_starts_asks_and_Lena_answers();
        await Tom_resolves_and_Lena_sends_it_back();
        await Tom_resolves_again_and_Lena_confirms();
        await Lena_rates_and_Tom_reads_it();

        await Nothing_of_Nordwinds_own_reached_Tom();
        lena.NothingWentWrong();
        tom.NothingWentWrong();
    }

    async Task Lena_writes_a_note_and_to_her_customer()
    {
        await lena.At($"tickets/{number}");
        await Reads(lena, "Only Nordwind will read this.");
        await lena.Page.Locator("[data-body]").FillAsync(Note);
        await Send(lena, "Keep as note");
        await DeskOf.Sees(Item(lena, Note));
        await lena.Page.Locator(".door-c input").CheckAsync();
        await Reads(lena, "Anna Keller will read this.");
        await lena.Page.Locator("[data-body]").FillAsync(Customer);
        await Send(lena, "Send to Anna Keller");
        await DeskOf.Sees(Item(lena, Customer));
    }

    async Task Lena_hands_it_over_and_the_offer_appears_before_Tom()
    {
        await lena.Page.Locator("#panel a", new() { HasText = "Hand over" }).ClickAsync();
        await lena.Fill("nt", "Please bring a spare belt.");
        await lena.Press("Offer to Brightfix");
        await DeskOf.Sees(Partner(lena, "Offered"));
        await tom.SeesLive(tom.Page.Locator("#offers-in .offer", new() { HasText = subject }));
        await tom.Sees("Please bring a spare belt.");
    }

    async Task Tom_accepts_and_Lena_sees_it()
    {
        await lena.IsLive();
        await tom.Page.Locator(".offer", new() { HasText = subject }).GetByRole(AriaRole.Button, new() { Name = "Accept" }).ClickAsync();
        await lena.SeesLive(Partner(lena, "Accepted"));
        var mirror = (await brightfix.All("tickets")).Single();
        await tom.At($"tickets/{mirror.Need("number")}");
        await tom.IsLive();
    }

    async Task What_Tom_types_stays_while_Lenas_comment_comes()
    {
        await tom.Page.Locator(".door-i input").CheckAsync();
        await tom.Page.Locator("[data-body]").PressSequentiallyAsync(Own);
        await Write(lena, "The gate opens at seven.", "Send to Brightfix");
        await tom.SeesLive(Item(tom, "The gate opens at seven."));
        Assert.That(await tom.Page.Locator("[data-body]").InputValueAsync(), Is.EqualTo(Own), "what Tom was typing");
        Assert.That(await tom.Page.EvaluateAsync<bool>("document.activeElement.matches('[data-body]')"), Is.True, "Tom still stands in the box");
        await Send(tom, "Keep as note");
        await DeskOf.Sees(Item(tom, Own));
    }

    async Task Tom_starts_asks_and_Lena_answers()
    {
        await Command(tom, "Start");
        await lena.SeesLive(Partner(lena, "In progress"));
        await Open(tom, "Ask …");
        await tom.Fill("do-text", "Who has the key to hall 3?");
        await tom.Press("Ask Nordwind");
        await lena.SeesLive(Item(lena, "Who has the key to hall 3?"));
        await lena.Page.Locator("#panel a", new() { HasText = "Answer …" }).ClickAsync();
        await lena.Page.Locator("[data-body]").FillAsync("The porter, at gate 2.");
        await Send(lena, "Answer Brightfix");
        await tom.SeesLive(Item(tom, "The porter, at gate 2."));
    }

    async Task Tom_resolves_and_Lena_sends_it_back()
    {
        await Resolve("Tightened the belt.");
        await Open(lena, "Send back …");
        await lena.Page.Locator("#do-reason").SelectOptionAsync("not_fixed");
        await lena.Fill("do-text", "It stopped again after ten minutes.");
        await lena.Press("Send back to Brightfix");
        await tom.SeesLive(Item(tom, "It stopped again after ten minutes."));
    }

    async Task Tom_resolves_again_and_Lena_confirms()
    {
        await Resolve("Replaced the belt.");
        await Command(lena, "Confirm");
        await tom.SeesLive(Partner(tom, "Closed"));
    }

    async Task Lena_rates_and_Tom_reads_it()
    {
        await Open(lena, "Rate …");
        await lena.Page.Locator("#do input[name=score][value='5']").CheckAsync();
        await lena.Page.Locator("#do textarea[name=comment]").FillAsync("Quick, and the place was swept.");
        await lena.Page.Locator("#do textarea[name=note]").FillAsync(Note);
        await lena.Press("Send the rating to Brightfix");
        await DeskOf.Sees(lena.Page.Locator(".rated", new() { HasText = "Quick, and the place was swept." }).First);
        await tom.SeesLive(tom.Page.Locator(".rated", new() { HasText = "Quick, and the place was swept." }).First);
    }

    /// <summary>Neither on a page nor in an answer behind it.</summary>
    async Task Nothing_of_Nordwinds_own_reached_Tom()
    {
        await new Walk(tom).Each(_ => Task.CompletedTask);
        var sent = await tom.Recorded();
        Assert.That(sent, Does.Contain("The gate opens at seven.").And.Contain(Own), "what he may read was recorded");
        Assert.That(sent, Does.Not.Contain(Note).And.Not.Contain(Customer));
    }

    async Task Resolve(string solution)
    {
        await Open(tom, "Resolve …");
        await tom.Fill("do-text", solution);
        await tom.Press("Send the solution to Nordwind");
        await lena.SeesLive(Item(lena, solution));
    }
}
