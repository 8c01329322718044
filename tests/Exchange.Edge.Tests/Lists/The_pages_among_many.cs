using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Exchange.Core.Accounts;
using Exchange.Edge.Tests.Pages;
using Exchange.Edge.Tests.Routes;
using Exchange.Edge.Tests.TestKit;
using Exchange.Worker;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;

namespace Exchange.Edge.Tests.Lists;

/// <summary>P8: how long the server takes for the list and for a ticket among a thousand, and among a million (EXCHANGE_ROWS says otherwise). Nothing is judged.</summary>
[TestFixtureSource(typeof(When_there_are_a_million_handoffs), nameof(When_there_are_a_million_handoffs.Both))]
[Explicit("It takes many minutes, and a machine that does nothing else.")]
[Category("Measurement")]
[NonParallelizable]
public sealed class The_pages_among_many(Engine engine)
{
    private const int Few = 1000;
    private const int Times = 25;
    private const int Warm = 5;

    [Test]
    public async Task Take_as_long_as_this()
    {
        var many = int.Parse(Environment.GetEnvironmentVariable("EXCHANGE_ROWS") ?? "1000000", CultureInfo.InvariantCulture);
        var (few, lots) = (await Measure(Few), await Measure(many));
        await TestContext.Progress.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"\n| p50 on {engine}, ms | {Few} tickets | {many} tickets | ratio |\n|---|---|---|---|"));
        foreach (var (page, took) in few)
        {
            await TestContext.Progress.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"| {page} | {took:0.0} | {lots[page]:0.0} | {lots[page] / took:0.00} |"));
        }
    }

    private async Task<Dictionary<string, double>> Measure(int tickets)
    {
        // On SQLite one process at a time has the folder: the crowd gathers in it, and leaves it to the host.
        var folder = engine.IsServer ? null : Path.Combine(Path.GetTempPath(), $"exchange-many-{Path.GetRandomFileName()}");
        var crowd = await Crowd.Gather(folder is null ? World.Open(engine) : World.Open(folder), tickets);
        try
        {
            var (account, slug) = (crowd.Ada.Account, Slug(crowd));
            await Settle(crowd);
            var place = crowd.World.Place;
            if (folder is not null)
            {
                await crowd.DisposeAsync();
            }

            using var host = folder is null ? new ExchangeHost(place, more: WithoutRounds) : new ExchangeHost(folder: folder, more: WithoutRounds);
            using var ada = await Browser.Of(host, new JsonObject { ["id"] = account.ToString(), ["name"] = "Ada" }, "Ada Alm", Roles.Dispatcher);
            var first = Regex.Match((await ada.Go($"/at/{slug}/tickets")).Html, @"tickets/(?<number>\d+)", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)).Groups["number"].Value;
            var figures = new Dictionary<string, double>(StringComparer.Ordinal);
            foreach (var (name, path) in new[] { ("list", "tickets"), ("list, the ball with me", "tickets?ball=us"), ("list, over time", "tickets?over=true"), ("ticket", $"tickets/{first}"), ("home", "home") })
            {
                figures[name] = await Median(ada, $"/at/{slug}/{path}");
            }

            return figures;
        }
        finally
        {
            await crowd.DisposeAsync();
        }
    }

    /// <summary>The crowd's entries have come nowhere, and an eighth of it is stuck. Here all but 500 are where they belong, as at a desk that works.</summary>
    private static async Task Settle(Crowd crowd)
    {
        await using var connection = crowd.World.Tables(write: true);
        await Engine.Run(connection, "UPDATE handoff SET unsettled_since = NULL WHERE id NOT IN (SELECT handoff FROM bond WHERE parked_at IS NOT NULL ORDER BY handoff LIMIT 500)");
        await Engine.Run(connection, "UPDATE bond SET applied_seq = (SELECT last_seq FROM handoff h WHERE h.id = bond.handoff), parked_at = NULL, parked_cause = NULL WHERE handoff IN (SELECT id FROM handoff WHERE unsettled_since IS NULL)");
    }

    // The crowd was copied below the API: what comes by every second would find work in it for hours.
    private static void WithoutRounds(IServiceCollection services)
    {
        var rounds = services.Where(s => s.ImplementationType?.IsSubclassOf(typeof(Rounds)) == true).ToList();
        Assert.That(rounds, Is.Not.Empty);
        rounds.ForEach(round => services.Remove(round));
    }

    private static async Task<double> Median(Browser browser, string path)
    {
        var took = new List<double>();
        for (var i = 0; i < Times + Warm; i++)
        {
            var from = Stopwatch.GetTimestamp();
            var seen = await browser.Raw(HttpMethod.Get, path);
            var ms = Stopwatch.GetElapsedTime(from).TotalMilliseconds;
            Assert.That(seen.Status, Is.EqualTo(200), path);
            if (i >= Warm)
            {
                took.Add(ms);
            }
        }

        took.Sort();
        return took[took.Count / 2];
    }

    private static string Slug(Crowd crowd)
    {
        using var connection = crowd.World.Tables();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT slug FROM account WHERE name = 'Ada'";
        return (string)command.ExecuteScalar()!;
    }
}
