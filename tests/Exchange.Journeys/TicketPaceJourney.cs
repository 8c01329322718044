using System.Globalization;

namespace Exchange.Journeys;

/// <summary>A ticket that is written on too fast waits its turn; nothing is lost, and the others do not wait with it.</summary>
[NonParallelizable]
sealed class TicketPaceJourney
{
    const int Flood = 160;
    const int Waiting = 100;

    ExchangeProcess exchange = null!;

    [OneTimeSetUp]
    public async Task Start() => exchange = await ExchangeProcess.Start(new Setup("--Exchange:TicketRate:PerSecond=20", "--Exchange:TicketRate:Burst=5"));

    [OneTimeTearDown]
    public async Task Stop() => await exchange.DisposeAsync();

    [Test]
    public async Task What_comes_too_fast_waits_what_would_wait_too_long_is_429_and_another_ticket_is_answered_meanwhile()
    {
        var company = await Company.SignUp(exchange, "Busy");
        var (flooded, other) = (await Ticket(company), await Ticket(company));

        var flood = Enumerable.Range(0, Flood).Select(n => Say(company, flooded, n)).ToArray();
        await Eventually.Is("the flood has gone through with as much as may come at once", true, () => Task.FromResult(flood.Count(answer => answer.IsCompleted) >= 5));
        var calm = await Task.WhenAll(Enumerable.Range(0, 5).Select(n => Say(company, other, n)));

        Assert.That(flood.Count(answer => !answer.IsCompleted), Is.GreaterThan(0), "they were answered while the flood waited");
        Assert.That(calm.Select(answer => answer.Status), Is.All.EqualTo(201));
        (await company.Ask($"tickets/{flooded}/comments")).Must(200);

        var answers = await Task.WhenAll(flood);
        Assert.That(answers.Select(answer => answer.Status), Is.All.AnyOf(201, 429));
        var refused = answers.Where(answer => answer.Status == 429).ToArray();
        Assert.That(refused, Has.Length.InRange(1, Flood - Waiting - 5));
        foreach (var answer in refused)
        {
            answer.Refused(429, "rate-limited");
            Assert.That(int.Parse(answer.Header("Retry-After"), CultureInfo.InvariantCulture), Is.InRange(1, 60), answer.ToString());
        }

        var said = await company.Comments(flooded);
        Assert.That(
            said.Select(comment => comment.Text("body")),
            Is.EquivalentTo(answers.Select((answer, n) => (answer, n)).Where(x => x.answer.Status == 201).Select(x => Body(x.n))));
    }

    static string Body(int n) => string.Create(CultureInfo.InvariantCulture, $"Line {n} of the flood");

    static async Task<string> Ticket(Company company) => (await company.OpenTicket(new { subject = "The line is down" })).Need("id");

    static Task<Reply> Say(Company company, string ticket, int n) => company.Tell($"tickets/{ticket}/comments", new { body = Body(n), audience = "internal" });
}
