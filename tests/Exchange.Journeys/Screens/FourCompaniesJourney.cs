using System.Globalization;
using Microsoft.Playwright;
using static Exchange.Journeys.Screens.OnATicket;

namespace Exchange.Journeys.Screens;

/// <summary>
/// A ticket goes from Alder by Birch and Cedar to Dogwood and back, by four people in four browsers. Alder's page of the chain is open
/// all the while; each of the four finds there what the terms let him see, and no more.
/// </summary>
sealed class FourCompaniesJourney
{
    static readonly (string Person, string Company)[] Founders = [("Ada Alm", "Alder"), ("Bo Berg", "Birch"), ("Cleo Carr", "Cedar"), ("Dan Dahl", "Dogwood")];

    readonly List<DeskOf> desks = [];
    readonly List<Company> companies = [];
    readonly string subject = $"The pump leaks {Guid.NewGuid():N}"[..24];

    [OneTimeSetUp]
    public async Task Four_companies_and_a_link_between_each_and_the_next()
    {
        var exchange = await Stage.Exchange;
        foreach (var (person, company) in Founders)
        {
            var (desk, founded) = await DeskOf.Founder(exchange, person, company);
            desks.Add(desk);
            companies.Add(founded);
        }

        await companies[0].LinkWith(companies[1], new { disclosure = "name" });
        await companies[1].LinkWith(companies[2], new { disclosure = "alias" });
        await companies[2].LinkWith(companies[3], new { disclosure = "name", showAncestors = true });
    }

    [OneTimeTearDown]
    public async Task They_go_home()
    {
        foreach (var desk in desks)
        {
            await desk.DisposeAsync();
        }
    }

    [Test]
    public async Task A_ticket_goes_down_three_hops_and_climbs_back_and_each_sees_his_part()
    {
        var ticket = await companies[0].OpenTicket(new { subject, description = "Below the second valve." });
        var numbers = new List<string> { ticket.Need("number") };
        foreach (var desk in desks)
        {
            desk.Record();
        }

        for (var hop = 0; hop < 3; hop++)
        {
            await HandOver(hop, numbers[hop]);
            numbers.Add(await Accept(hop + 1));
            if (hop == 0)
            {
                await desks[0].Page.Locator(".hand a", new() { HasText = "who is in it" }).ClickAsync();
                await desks[0].IsLive();
            }
            else
            {
                await desks[0].SeesLive(Rows(desks[0]).Nth(hop + 1));
            }
        }

        await DeskOf.Sees(Rows(desks[0]).Nth(3));
        await Each_sees_his_part();
        await Climb(numbers);
        await desks[0].Sees("All of it is over: nobody has to act.");
        foreach (var desk in desks)
        {
            desk.NothingWentWrong();
        }

        Assert.That(await desks[3].Recorded(), Does.Not.Contain("Alder").And.Not.Contain("Ada Alm"), "Dogwood never learns of Alder: Birch's link with Cedar hides it");
    }

    async Task HandOver(int hop, string number)
    {
        var desk = desks[hop];
        await desk.At($"tickets/{number}/hand-over");
        await desk.Page.Locator(".radio-card", new() { HasText = Founders[hop + 1].Company }).Locator("input").CheckAsync();
        await desk.Press($"Offer to {Founders[hop + 1].Company}");
        await DeskOf.Sees(Partner(desk, "Offered"));
    }

    async Task<string> Accept(int at)
    {
        var desk = desks[at];
        await desk.At("offers");
        await desk.Page.Locator(".offer", new() { HasText = subject }).GetByRole(AriaRole.Button, new() { Name = "Accept" }).ClickAsync();
        var number = "";
        await Eventually.Holds("the mirror is there", async () =>
        {
            number = (await companies[at].All("tickets")).SingleOrDefault()?.Need("number") ?? "";
            return number.Length > 0 ? null : "no ticket yet";
        });
        await desk.At($"tickets/{number}");
        await desk.IsLive();
        await Command(desk, "Start");
        await DeskOf.Sees(Partner(desk, "In progress"));
        return number;
    }

    async Task Each_sees_his_part()
    {
        var root = await RowsOf(desks[0]);
        Assert.That(root, Has.Count.EqualTo(4), "every hop counts for the root");
        Assert.That(root[1], Does.Contain("Birch"));
        Assert.That(root[2], Does.Contain("Cedar"), "its link with Birch shows names");
        Assert.That(string.Join(' ', root), Does.Not.Contain("Dogwood"), "Birch's link with Cedar shows an alias");

        var last = await RowsAt(3);
        Assert.That(string.Join(' ', last), Does.Contain("Cedar").And.Not.Contain("Alder"));
    }

    /// <summary>Each resolves when the one below him has, and is confirmed.</summary>
    async Task Climb(List<string> numbers)
    {
        for (var at = 3; at > 0; at--)
        {
            var (desk, above) = (desks[at], Founders[at - 1].Company);
            await desk.At($"tickets/{numbers[at]}");
            await desk.Page.Locator(".hand", new() { HasText = above }).Locator(".acts a", new() { HasText = "Resolve …" }).ClickAsync();
            await desk.Fill("do-text", string.Create(CultureInfo.InvariantCulture, $"Tightened by the company at {at}"));
            await desk.Press($"Send the solution to {above}");
            var placer = desks[at - 1];
            if (at - 1 > 0)
            {
                await placer.At($"tickets/{numbers[at - 1]}");
                await Command(placer, "Confirm");
                await DeskOf.Sees(Partner(placer, "Closed"));
            }
            else
            {
                await companies[0].Do((await companies[0].Ticket((await companies[0].All("tickets")).Single().Need("id"))).Items("handoffs").Single().Need("id"), "confirm");
            }
        }
    }

    static ILocator Rows(DeskOf desk) => desk.Page.Locator("#relay .relay tbody tr");

    static async Task<IReadOnlyList<string>> RowsOf(DeskOf desk) => [.. (await Rows(desk).AllInnerTextsAsync()).Select(DeskOf.Plainly)];

    async Task<IReadOnlyList<string>> RowsAt(int at)
    {
        var desk = desks[at];
        await desk.Page.Locator(".hand a", new() { HasText = "who is in it" }).First.ClickAsync();
        await DeskOf.Sees(Rows(desk).First);
        var rows = await RowsOf(desk);
        await desk.Page.GoBackAsync();
        return rows;
    }
}
