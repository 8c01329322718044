using System.Text.Json;

namespace Exchange.Benchmarks;

/// <summary>
/// Parks handoffs at the fulfiller's desk and lets them go again. No healthy desk refuses an entry, so they are parked
/// below the API; what waits behind is posted, and they go on by the API's own retry.
/// </summary>
sealed class Parking(Stage stage, Product product, IGround ground, Api api, int backlog)
{
    const string Cause = "Parked by the benchmark.";

    readonly Dictionary<Conversation, int> before = [];
    readonly List<string> complaints = [];

    /// <summary>What went past a parked bond, or was missing before it.</summary>
    public IReadOnlyList<string> Complaints => complaints;

    /// <summary>Everything of theirs is visible by now, so nothing of the relay's is under way on them.</summary>
    public async Task Park(CancellationToken stop)
    {
        var parked = await ground.Park(product, [.. stage.Parked.Select(c => Guid.Parse(c.HandoffId))], Cause, stop);
        if (parked != stage.Parked.Count) throw new BenchmarkFailure(FormattableString.Invariant($"{parked} of {stage.Parked.Count} handoffs could be parked."));

        using var line = new HttpLine(product.DoorOf(0));
        foreach (var conversation in stage.Parked)
        {
            before[conversation] = conversation.Placer.Acknowledged;
            for (var i = 0; i < backlog; i++)
            {
                if (!conversation.Placer.Say(line)) throw new BenchmarkFailure("A comment was refused: " + conversation.Placer.Trouble);
            }
        }
    }

    /// <summary>What was said since the parking has to be at the sender's desk, and must not be at the other.</summary>
    public async Task Look(CancellationToken stop)
    {
        foreach (var conversation in stage.Parked)
        {
            var voice = conversation.Placer;
            await Shows("the sender's", conversation.TicketId, stage.Placer.Key, voice, voice.Acknowledged, stop);
            await Shows("the parked", conversation.MirrorId, stage.Fulfiller.Key, voice, before[conversation], stop);
        }
    }

    public async Task Free(CancellationToken stop)
    {
        var answer = await api.Post("/api/v1/parked/retry", new { cause = Cause }, stage.Fulfiller.Key, stop);
        var count = answer.GetProperty("count").GetInt32();
        if (count == stage.Parked.Count) return;
        complaints.Add(FormattableString.Invariant($"{count} of {stage.Parked.Count} parked handoffs were tried again"));
        throw new BenchmarkFailure(string.Join('\n', complaints));
    }

    async Task Shows(string whose, string ticketId, string key, Voice voice, int expected, CancellationToken stop)
    {
        var found = 0;
        await foreach (var item in api.List($"/api/v1/tickets/{ticketId}/comments", key, stop))
        {
            if (item.TryGetProperty("body", out var body) && body.ValueKind == JsonValueKind.String && voice.NumberOf(body.GetString()!) is not null) found++;
        }

        if (found != expected) complaints.Add(FormattableString.Invariant($"{voice.Prefix}: while parked, {whose} desk shows {found} and not {expected}"));
    }
}
