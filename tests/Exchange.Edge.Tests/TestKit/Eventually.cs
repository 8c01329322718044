using System.Diagnostics;

namespace Exchange.Edge.Tests.TestKit;

/// <summary>Waits for a fact, not for a time.</summary>
internal static class Eventually
{
    public static async Task True(Func<Task<bool>> fact, int seconds = 20)
    {
        var began = Stopwatch.GetTimestamp();
        while (!await fact())
        {
            if (Stopwatch.GetElapsedTime(began) > TimeSpan.FromSeconds(seconds))
            {
                throw new TimeoutException($"It did not become true within {seconds} s.");
            }

            await Task.Yield();
        }
    }
}
