using System.Collections.Concurrent;
using Exchange.Contracts.V1;
using MassTransit;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Exchange.Worker.Bus;

/// <summary>When each endpoint of this node last received anything.</summary>
public sealed class Pulse
{
    private readonly ConcurrentDictionary<string, long> _beats = new(StringComparer.Ordinal);

    public void Beat(string endpoint) => _beats.AddOrUpdate(endpoint, 1, (_, count) => count + 1);

    /// <summary>How often it beat.</summary>
    public long Of(string endpoint) => _beats.GetValueOrDefault(endpoint);
}

/// <summary>
/// Sees that every endpoint still receives. One that was silent is sent a probe; two probes that the broker took and that did not
/// arrive, and the bus is started anew, once; if that does not help, the process ends with a clear line. Its supervisor starts
/// it again, and the log makes that cheap.
/// </summary>
public sealed class Watchdog(IBusControl bus, Node node, Pulse pulse, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<Watchdog> log)
    : Rounds(Every, time, log)
{
    /// <summary>Exit code of a process that gave itself up.</summary>
    public const int GaveUp = 70;

    private readonly Dictionary<string, (long Beats, bool Probed, int Missed)> _seen = new(StringComparer.Ordinal);
    private bool _restarted;

    /// <summary>Between two looks.</summary>
    public static TimeSpan Every => TimeSpan.FromSeconds(10);

    private static int MostMissed => 2;

    protected override async Task Round(CancellationToken ct)
    {
        foreach (var (name, address) in node.Endpoints)
        {
            if (await Silent(name, address))
            {
                await Revive(name, ct);
                return;
            }
        }
    }

    /// <summary>Whether probes were taken by the broker, and did not come.</summary>
    private async Task<bool> Silent(string name, Uri address)
    {
        var beats = pulse.Of(name);
        var before = _seen.GetValueOrDefault(name);
        if (beats > before.Beats)
        {
            _seen[name] = (beats, false, 0);
            _restarted = false;
            return false;
        }

        var missed = before.Missed + (before.Probed ? 1 : 0);
        if (missed >= MostMissed)
        {
            _seen[name] = (beats, false, 0);
            return true;
        }

        _seen[name] = (beats, await Probe(address), missed);
        return false;
    }

    /// <returns>False when the broker did not take it: then it is away, and says nothing about the endpoint.</returns>
    private async Task<bool> Probe(Uri address)
    {
        try
        {
            var endpoint = await bus.GetSendEndpoint(address).WaitAsync(Window.Limit);
            await endpoint.Send(new Probe(node.Id, 0), CancellationToken.None).WaitAsync(Window.Limit);
            return true;
        }
        catch (Exception e)
        {
            Log.LogDebug(e, "A probe was not sent");
            return false;
        }
    }

    private async Task Revive(string name, CancellationToken ct)
    {
        if (_restarted)
        {
            Log.LogCritical("The endpoint {Endpoint} receives nothing though the broker takes messages for it, and a new start of the bus did not help: this process ends. Start it again", name);
            Environment.ExitCode = GaveUp;
            lifetime.StopApplication();
            return;
        }

        Log.LogError("The endpoint {Endpoint} receives nothing though the broker takes messages for it: the bus is started anew", name);
        _restarted = true;
        await bus.StopAsync(ct);
        await bus.StartAsync(ct);
    }
}
