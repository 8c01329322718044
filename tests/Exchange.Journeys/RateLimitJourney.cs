using System.Globalization;

namespace Exchange.Journeys;

/// <summary>Who asks too much is told when to come back, and takes nothing from the others.</summary>
[NonParallelizable]
sealed class RateLimitJourney
{
    ExchangeProcess exchange = null!;

    [OneTimeSetUp]
    public async Task Start() => exchange = await ExchangeProcess.Start(new Setup("--Exchange:RateLimit:PerSecond=2", "--Exchange:RateLimit:Burst=10"));

    [OneTimeTearDown]
    public async Task Stop() => await exchange.DisposeAsync();

    [Test]
    public async Task Over_the_limit_of_its_key_it_is_429_with_Retry_After()
    {
        var (busy, calm) = (await Company.SignUp(exchange, "Busy"), await Company.SignUp(exchange, "Calm"));
        var answers = await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => busy.Ask("account")));

        Assert.That(answers.Select(answer => answer.Status), Is.All.AnyOf(200, 429));
        Assert.That(answers.Count(answer => answer.Status == 200), Is.GreaterThanOrEqualTo(10), "the burst is granted");
        var refused = answers.Where(answer => answer.Status == 429).ToArray();
        Assert.That(refused, Is.Not.Empty);
        foreach (var answer in refused)
        {
            answer.Refused(429, "rate-limited");
            Assert.That(int.Parse(answer.Header("Retry-After"), CultureInfo.InvariantCulture), Is.InRange(1, 60), answer.ToString());
        }

        (await calm.Ask("account")).Must(200);
        (await Company.Nobody(exchange).Ask("/health/ready")).Must(200);
        await Eventually.Is("it may ask again", 200, async () => (await busy.Ask("account")).Status, within: TimeSpan.FromSeconds(30));
    }
}
