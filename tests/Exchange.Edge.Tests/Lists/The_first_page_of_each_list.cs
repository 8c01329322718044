using System.Diagnostics;
using System.Globalization;
using Exchange.Core.Store;
using Exchange.Edge.Tests.TestKit;
using NUnit.Framework;

namespace Exchange.Edge.Tests.Lists;

/// <summary>How long the first 200 rows of each list take among a thousand, and among a million (EXCHANGE_ROWS says otherwise). Nothing is judged.</summary>
[TestFixtureSource(typeof(When_there_are_a_million_handoffs), nameof(When_there_are_a_million_handoffs.Both))]
[Explicit("It takes many minutes, and a machine that does nothing else.")]
[Category("Measurement")]
[NonParallelizable]
public sealed class The_first_page_of_each_list(Engine engine)
{
    private const int Times = 15;

    [Test]
    public async Task Takes_as_long_as_this()
    {
        var many = int.Parse(Environment.GetEnvironmentVariable("EXCHANGE_ROWS") ?? "1000000", CultureInfo.InvariantCulture);
        var (few, lots) = (await Measure(1000), await Measure(many));
        await TestContext.Progress.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"\n| p50 on {engine}, ms | 1000 rows | {many} rows |\n|---|---|---|"));
        foreach (var (name, took) in few)
        {
            await TestContext.Progress.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"| {name} | {took:0.0} | {lots[name]:0.0} |"));
        }
    }

    private async Task<Dictionary<string, double>> Measure(int rows)
    {
        var began = Stopwatch.GetTimestamp();
        await using var crowd = await Crowd.Gather(engine, rows);
        await TestContext.Progress.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{engine}: {rows} rows in {Stopwatch.GetElapsedTime(began).TotalSeconds:0} s"));
        var figures = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var list in AllLists.All)
        {
            var took = new List<double>();
            for (var i = 0; i < Times + 2; i++)
            {
                var from = Stopwatch.GetTimestamp();
                await list.Ask(crowd, new PageAsk(200, null));
                took.Add(Stopwatch.GetElapsedTime(from).TotalMilliseconds);
            }

            // The first two warm up.
            figures[list.Name] = took.Skip(2).Order().ElementAt(Times / 2);
        }

        return figures;
    }
}
