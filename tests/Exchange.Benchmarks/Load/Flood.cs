using System.Diagnostics;

namespace Exchange.Benchmarks;

sealed record FloodRun(int Comments, TimeSpan Answered)
{
    public double PerSecond => Comments / Answered.TotalSeconds;
}

/// <summary>One handoff that floods: each side comments on a connection of its own, as fast as it is answered.</summary>
sealed class Flood(Conversation flooding, Product product)
{
    /// <summary>A side that is refused so often gives up: the audit fails in any case.</summary>
    const int MostRefusals = 20;

    public async Task<FloodRun> Run(Budget budget, CancellationToken stop)
    {
        var already = Acknowledged;
        var start = Stopwatch.GetTimestamp();
        var allowance = budget.Open(stop);
        await Task.WhenAll(new[] { flooding.Placer, flooding.Fulfiller }.Select((voice, client) => Task.Factory.StartNew(
            () => Talk(voice, client, allowance), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)));
        return new(Acknowledged - already, Stopwatch.GetElapsedTime(start));
    }

    int Acknowledged => flooding.Placer.Acknowledged + flooding.Fulfiller.Acknowledged;

    void Talk(Voice voice, int client, Allowance allowance)
    {
        using var line = new HttpLine(product.DoorOf(client));
        for (var refusals = 0; refusals < MostRefusals && allowance.Take();)
        {
            if (!voice.Say(line)) refusals++;
        }
    }
}
