using Exchange.Contracts.V1;
using MassTransit;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Exchange.Worker.Bus;

/// <summary>
/// Sees that every endpoint still receives. One that was silent is sent a probe; two probes that the broker took and that did not
/// arrive, and the bus is started anew, once; if that does not help, the process ends with a clear line. Its supervisor starts
/// it again, and the log makes that cheap. While the broker takes no probe it is taken to be away; but since the library can also hold
/// on to a connection that was closed under it, the bus is started anew now and then meanwhile, and the process never ended for it.
/// </summary>
public sealed class Watchdog(IBusControl bus, Node node, Pulse pulse, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<Watchdog> log)
    : Rounds(Every, time, log)
{
    /// <summary>Exit code of a process that gave itself up.</summary>
    public const int GaveUp = 70;

    private readonly Dictionary<string, Seen> _seen = new(StringComparer.Ordinal);
    private readonly Restart _restart = new(bus);

    /// <summary>Between two looks.</summary>
    public static TimeSpan Every => TimeSpan.FromSeconds(10);

    private static int MostMissed => 2;

    /// <summary>Rounds in which it has to receive after a new start, to count as living: what lay in the queue comes even to one that dies again.</summary>
    private static int Convalescence => 2;

    /// <summary>So long without a probe that is taken, and the bus is connected anew.</summary>
    private static TimeSpan MostWaited => TimeSpan.FromMinutes(1);

    protected override async Task Round(CancellationToken ct)
    {
        foreach (var (name, address) in node.Endpoints)
        {
            var seen = Look(name, _seen.GetValueOrDefault(name, new Seen(0, null, 0, null, 0)));
            if (Time.GetUtcNow() - seen.Waiting >= MostWaited)
            {
                _seen[name] = seen with { Probe = null, Waiting = null };
                await Reconnect(ct);
                return;
            }

            if (seen.Missed < MostMissed)
            {
                _seen[name] = seen with { Probe = seen.Probe ?? Probe(address) };
                continue;
            }

            _seen[name] = seen with { Missed = 0, Doubt = Convalescence };
            await Revive(name, seen.Doubt > 0, ct);
            return;
        }
    }

    private Seen Look(string name, Seen before) => (pulse.Of(name), before.Probe) switch
    {
        var (beats, _) when beats > before.Beats => new Seen(beats, null, 0, null, Math.Max(0, before.Doubt - 1)),

        // It works on what it received: something is slow, and the bus is not.
        _ when pulse.AtWork(name) => before with { Probe = null, Missed = 0 },

        // Not taken (yet): the broker is away, which says nothing about the endpoint. Another one would only wait with it.
        (_, { IsCompleted: false }) => before with { Waiting = before.Waiting ?? Time.GetUtcNow() },
        (_, { IsCompletedSuccessfully: true }) => before with { Probe = null, Missed = before.Missed + 1, Waiting = null },
        (_, null) => before,
        _ => before with { Probe = null, Waiting = before.Waiting ?? Time.GetUtcNow() },
    };

    private async Task Probe(Uri address)
    {
        var endpoint = await bus.GetSendEndpoint(address);
        await endpoint.Send(new Probe(node.Id, 0), CancellationToken.None);
    }

    private async Task Reconnect(CancellationToken ct)
    {
        Log.LogWarning("The broker has taken nothing for {Time}: the bus is connected anew", MostWaited);
        await _restart.Do(ct);
    }

    private async Task Revive(string name, bool restarted, CancellationToken ct)
    {
        if (restarted)
        {
            GiveUp(name);
            return;
        }

        Log.LogError("The endpoint {Endpoint} receives nothing though the broker takes messages for it: the bus is started anew", name);
        try
        {
            await _restart.Do(ct);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            Log.LogError(e, "The bus could not be started anew");
            GiveUp(name);
        }
    }

    private void GiveUp(string name)
    {
        Log.LogCritical("The endpoint {Endpoint} receives nothing though the broker takes messages for it, and a new start of the bus did not help: this process ends. Start it again", name);
        Environment.ExitCode = GaveUp;
        lifetime.StopApplication();
    }

    /// <param name="Beats">Of its pulse, when it was last looked at.</param>
    /// <param name="Probe">The one that is under way.</param>
    /// <param name="Missed">Probes in a row that the broker took and that did not arrive.</param>
    /// <param name="Waiting">Since when the broker has taken none.</param>
    /// <param name="Doubt">Above zero since the bus was started anew for it, until it has received again for a while.</param>
    private sealed record Seen(long Beats, Task? Probe, int Missed, DateTimeOffset? Waiting, int Doubt);
}
