using System.Diagnostics;

namespace Exchange.Edge.Tests.Bus;

/// <summary>Waits for a fact, and looks often; the machine has other work too.</summary>
internal static class Soon
{
    private static readonly TimeSpan Often = TimeSpan.FromMilliseconds(15);

    public static Task True(string fact, Func<bool> holds, int seconds = 30) => True(fact, () => Task.FromResult(holds()), seconds);

    /// <returns>How long it took.</returns>
    public static async Task<TimeSpan> True(string fact, Func<Task<bool>> holds, int seconds = 30)
    {
        var began = Stopwatch.GetTimestamp();
        using var looks = new PeriodicTimer(Often);
        while (!await holds())
        {
            if (Stopwatch.GetElapsedTime(began) > TimeSpan.FromSeconds(seconds))
            {
                throw new TimeoutException($"After {seconds} s it is still not so that {fact}.");
            }

            await looks.WaitForNextTickAsync();
        }

        return Stopwatch.GetElapsedTime(began);
    }
}
