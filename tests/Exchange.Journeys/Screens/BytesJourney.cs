using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Microsoft.Playwright;
using static Exchange.Journeys.Screens.OnATicket;

namespace Exchange.Journeys.Screens;

/// <summary>What goes over the line when a page is opened for the first time, and when something changes on an open one.</summary>
sealed class BytesJourney
{
    const int FirstLoad = 250_000;
    const int LiveUpdate = 10_000;

    [Test]
    public async Task A_first_load_stays_under_250_kB_on_every_place()
    {
        await using var known = await DeskOf.Lena();
        var ticket = await known.Page.EvaluateAsync<string>("fetch('tickets').then(a => a.text()).then(t => /tickets\\/\\d+/.exec(t)[0])");
        foreach (var place in new[] { "home", "tickets", ticket, "offers", "chains", "partners" })
        {
            await using var fresh = await known.WithEmptyCache();
            var line = await Line.Of(fresh.Page);
            await fresh.At(place);
            await fresh.IsLive();
            await TestContext.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{place}: {line.Bytes} bytes"));
            Assert.That(line.Bytes, Is.InRange(5_000, FirstLoad), place);
        }
    }

    [Test]
    public async Task A_live_update_stays_under_10_kB()
    {
        var exchange = await Stage.Exchange;
        var (lena, nordwind) = await DeskOf.Founder(exchange, "Lena Brandt", "Nordwind");
        await using var opened = lena;
        var brightfix = await Company.SignUp(exchange, "Brightfix");
        var link = await nordwind.LinkWith(brightfix);
        var ticket = await nordwind.OpenTicket(new { subject = "It hums" });
        var handoff = (await nordwind.HandOver(ticket.Need("id"), new { linkId = link })).Need("id");
        await brightfix.Do(handoff, "accept");
        for (var i = 0; i < 30; i++)
        {
            await brightfix.Say(handoff, string.Create(CultureInfo.InvariantCulture, $"It has hummed for {i} days, and nobody knows why. We looked at the belt, the motor and the switch."));
        }

        await lena.At($"tickets/{ticket.Need("number")}");
        await lena.IsLive();
        await DeskOf.Sees(Item(lena, "hummed for 29 days"));
        var line = await Line.Of(lena.Page);
        await brightfix.Say(handoff, "It was a bird");
        await lena.SeesLive(Item(lena, "It was a bird"));
        await lena.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        await TestContext.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"a comment on an open ticket: {line.Bytes} bytes in {line.Answers}"));
        Assert.That(line.Bytes, Is.InRange(100, LiveUpdate));
    }

    /// <summary>Counts what arrives at one page, as it goes over the line: packed, with its headers.</summary>
    sealed class Line
    {
        readonly ConcurrentDictionary<string, string> addresses = new(StringComparer.Ordinal);
        readonly ConcurrentDictionary<string, long> first = new(StringComparer.Ordinal);

        /// <summary>Of the first answer of each address: what comes again was changed once more.</summary>
        public long Bytes => first.Values.Sum();

        public string Answers => string.Join(", ", first.Select(one => string.Create(CultureInfo.InvariantCulture, $"{one.Key} {one.Value}")));

        public static async Task<Line> Of(IPage page)
        {
            var line = new Line();
            var session = await page.Context.NewCDPSessionAsync(page);
            session.Event("Network.requestWillBeSent").OnEvent += (_, told) =>
                line.addresses[Word(told, "requestId")] = told!.Value.GetProperty("request").GetProperty("url").GetString()!;
            session.Event("Network.loadingFinished").OnEvent += (_, told) =>
                line.Add(line.addresses.GetValueOrDefault(Word(told, "requestId"), "before"), (long)told!.Value.GetProperty("encodedDataLength").GetDouble());

            // A stream of events never finishes loading: each of them counts as it comes.
            session.Event("Network.eventSourceMessageReceived").OnEvent += (_, told) => line.Add($"event {Word(told, "eventName")}", Word(told, "data").Length);
            await session.SendAsync("Network.enable");
            return line;
        }

        static string Word(JsonElement? told, string name) => told!.Value.GetProperty(name).GetString()!;

        void Add(string address, long bytes) => first.TryAdd(address, bytes);
    }
}
