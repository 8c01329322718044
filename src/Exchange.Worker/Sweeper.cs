using Exchange.Core.Events;
using Microsoft.Extensions.Logging;

namespace Exchange.Worker;

/// <summary>Rings for what has been unsettled too long: after a crash, a lost message, or a broker that was away.</summary>
public sealed class Sweeper(Core.Relay.Relay relay, TimeProvider time, ILogger<Sweeper> log) : Rounds(TimeSpan.FromSeconds(1), time, log)
{
    protected override async Task Round(CancellationToken ct)
    {
        if (await relay.Sweep(ct) is > 0 and var found)
        {
            Log.LogInformation("Swept {Count} handoffs that were behind", found);
        }
    }
}

/// <summary>Numbers events and notes which handoffs are settled, a little after the fact.</summary>
public sealed class Settler(Core.Relay.Relay relay, Sequencer sequencer, TimeProvider time, ILogger<Settler> log) : Rounds(TimeSpan.FromMilliseconds(250), time, log)
{
    protected override async Task Round(CancellationToken ct)
    {
        await relay.Settle(ct);
        await sequencer.NumberPending(ct);
    }
}
