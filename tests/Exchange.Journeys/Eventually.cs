using System.Diagnostics;

namespace Exchange.Journeys;

/// <summary>The only place of the journeys that waits: for a fact, with a generous deadline, never for a guess of how long it takes.</summary>
static class Eventually
{
    static readonly TimeSpan Generous = TimeSpan.FromSeconds(60);

    // Often at first, then less: each look is an ask, and those who wait would take the machine from what they wait for.
    static readonly TimeSpan Soonest = TimeSpan.FromMilliseconds(20);
    static readonly TimeSpan Latest = TimeSpan.FromMilliseconds(250);

    /// <summary>Asks until nothing is missing any more. <paramref name="missing"/> gives null when the fact is true, and what is not yet so otherwise.</summary>
    public static async Task Holds(string fact, Func<Task<string?>> missing, TimeSpan? within = null)
    {
        var deadline = within ?? Generous;
        var watch = Stopwatch.StartNew();
        using var tick = new PeriodicTimer(Soonest);
        while (true)
        {
            var still = await Ask(missing);
            if (still is null)
            {
                return;
            }

            if (watch.Elapsed > deadline)
            {
                // Not Assert.Fail: NUnit would count it even where a caller catches it.
                throw new AssertionException($"Not true after {deadline.TotalSeconds:0} s: {fact}. {still}");
            }

            await tick.WaitForNextTickAsync();
            tick.Period = tick.Period * 1.2 < Latest ? tick.Period * 1.2 : Latest;
        }
    }

    public static Task Is<T>(string fact, T expected, Func<Task<T>> actual, TimeSpan? within = null) => Holds(
        fact,
        async () =>
        {
            var value = await actual();
            return EqualityComparer<T>.Default.Equals(value, expected) ? null : $"Expected {expected}, it is {value}.";
        },
        within);

    /// <summary>The answer, as soon as there is one.</summary>
    public static async Task<System.Text.Json.Nodes.JsonNode> Gets(string fact, Func<Task<Reply>> ask)
    {
        Reply? last = null;
        await Holds(fact, async () => (last = await ask()).Status == 200 ? null : $"{last}");
        return last!.Json;
    }

    /// <summary>For load that is bounded by time, and for a kill at a random moment: here the time itself is the fact.</summary>
    public static async Task Passes(TimeSpan time)
    {
        if (time <= TimeSpan.Zero)
        {
            return;
        }

        using var tick = new PeriodicTimer(time);
        await tick.WaitForNextTickAsync();
    }

    static async Task<string?> Ask(Func<Task<string?>> missing)
    {
        try
        {
            return await missing();
        }
        catch (HttpRequestException e)
        {
            return e.Message;
        }
    }
}
