using System.Text.Json;

namespace Exchange.Benchmarks;

/// <summary>
/// What makes a run count: every acknowledged comment exactly once and in order in both desks, nothing else there,
/// and two identical logs. It shares no code with the load's reading of lists.
/// </summary>
sealed class Audit(Stage stage, Api api)
{
    readonly List<string> complaints = [];

    public int Comments { get; private set; }

    public async Task<IReadOnlyList<string>> Run(CancellationToken stop)
    {
        foreach (var voice in stage.Voices.Where(v => v.Trouble is not null))
        {
            Complain(FormattableString.Invariant(
                $"{voice.Prefix}: {voice.Posted - voice.Acknowledged} of {voice.Posted} were not acknowledged; first: {voice.Trouble}"));
        }

        foreach (var c in stage.Conversations)
        {
            Voice[] both = [c.Placer, c.Fulfiller];
            var placer = await Desk("the placer's desk", c.TicketId, stage.Placer.Key, both, stop);
            var fulfiller = await Desk("the fulfiller's desk", c.MirrorId, stage.Fulfiller.Key, both, stop);
            foreach (var (body, seq) in placer.Where(p => fulfiller.TryGetValue(p.Key, out var other) && other != p.Value))
            {
                Complain($"{Short(body)}: entry {seq} for the placer, entry {fulfiller[body]} for the fulfiller");
            }

            await Logs(c, stop);
            Comments += c.Placer.Acknowledged + c.Fulfiller.Acknowledged;
        }

        foreach (var ticket in stage.Local)
        {
            await Desk("the local desk", ticket.TicketId, stage.Placer.Key, [ticket.Internal, ticket.Customer], stop);
            Comments += ticket.Internal.Acknowledged + ticket.Customer.Acknowledged;
        }

        return complaints;
    }

    /// <summary>Holds one list of comments against what was acknowledged; returns the entry number by text.</summary>
    async Task<Dictionary<string, long?>> Desk(
        string where, string ticketId, string key, Voice[] voices, CancellationToken stop)
    {
        var last = new int[voices.Length];
        var counts = new int[voices.Length];
        var entries = new Dictionary<string, long?>(StringComparer.Ordinal);
        await foreach (var item in api.List($"/api/v1/tickets/{ticketId}/comments", key, stop))
        {
            var body = item.TryGetProperty("body", out var text) && text.ValueKind == JsonValueKind.String ? text.GetString()! : "";
            if (!body.StartsWith("bench-", StringComparison.Ordinal)) continue;
            var voice = Array.FindIndex(voices, v => v.NumberOf(body) is not null);
            if (voice < 0)
            {
                Complain($"{Short(body)} does not belong in {where} on this ticket");
                continue;
            }

            if (!entries.TryAdd(body, Seq(item))) Complain($"{Short(body)} is twice in {where}");
            var number = voices[voice].NumberOf(body)!.Value;
            if (number < last[voice]) Complain($"{Short(body)} is out of order in {where}");
            if (number > voices[voice].Posted) Complain($"{Short(body)} in {where} was never posted");
            last[voice] = number;
            if (voices[voice].WasAcknowledged(number)) counts[voice]++;
        }

        for (var i = 0; i < voices.Length; i++)
        {
            if (counts[i] != voices[i].Acknowledged)
            {
                Complain(FormattableString.Invariant(
                    $"{voices[i].Prefix}: {voices[i].Acknowledged} acknowledged, {counts[i]} found in {where}"));
            }
        }

        return entries;
    }

    async Task Logs(Conversation c, CancellationToken stop)
    {
        var placer = await Log(c.HandoffId, stage.Placer.Key, stop);
        var fulfiller = await Log(c.HandoffId, stage.Fulfiller.Key, stop);
        if (placer.Count == 0 || !placer.SequenceEqual(fulfiller))
        {
            Complain(FormattableString.Invariant(
                $"handoff {c.HandoffId}: the two logs differ ({placer.Count} and {fulfiller.Count} entries)"));
        }

        for (var i = 0; i < placer.Count; i++)
        {
            if (placer[i].Seq == i + 1) continue;
            Complain(FormattableString.Invariant($"handoff {c.HandoffId}: entry {i + 1} has the number {placer[i].Seq}"));
            break;
        }
    }

    async Task<List<(long Seq, string Hash)>> Log(string handoffId, string key, CancellationToken stop)
    {
        var log = new List<(long, string)>();
        await foreach (var entry in api.List($"/api/v1/handoffs/{handoffId}/entries", key, stop))
        {
            log.Add((entry.GetProperty("seq").GetInt64(), entry.GetProperty("hash").GetString()!));
        }

        return log;
    }

    static long? Seq(JsonElement item) =>
        item.TryGetProperty("seq", out var seq) && seq.ValueKind == JsonValueKind.Number ? seq.GetInt64() : null;

    static string Short(string body) => body[..Math.Min(body.Length, 40)];

    void Complain(string complaint) => complaints.Add(complaint);
}
