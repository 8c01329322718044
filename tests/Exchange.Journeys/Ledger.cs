using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;

namespace Exchange.Journeys;

/// <summary>What the clients asked, what was acknowledged, and what was never answered. The audit compares the exchange with it.</summary>
sealed class Ledger
{
    readonly ConcurrentDictionary<string, HandoffLedger> handoffs = new(StringComparer.Ordinal);
    readonly ConcurrentQueue<Func<Task<bool>>> lost = [];
    readonly ConcurrentDictionary<string, bool> touched = new(StringComparer.Ordinal);
    int answers;
    int lostThisRound;

    sealed record Said(Company Writer, string Client, string Body, string Id, long Seq);

    /// <summary>In the order of the acknowledgements: each client asks one thing after the other, so this is each client's own order.</summary>
    sealed class HandoffLedger
    {
        public ConcurrentQueue<Said> Comments { get; } = [];

        public ConcurrentQueue<Upload> Files { get; } = [];
    }

    public IEnumerable<string> Handoffs => handoffs.Keys;

    public string RoundSummary => string.Create(
        CultureInfo.InvariantCulture,
        $"{answers} answered, {lostThisRound} lost and asked again; so far {handoffs.Count} handoffs, {handoffs.Values.Sum(h => h.Comments.Count)} comments, {handoffs.Values.Sum(h => h.Files.Count)} files");

    public void BeginRound()
    {
        touched.Clear();
        (answers, lostThisRound) = (0, 0);
    }

    public IReadOnlyList<string> ThisRound(IEnumerable<string> hot) => [.. hot.Union(touched.Keys, StringComparer.Ordinal)];

    public IReadOnlyList<Upload> FilesOf(string handoffId) => [.. Of(handoffId).Files];

    /// <summary>Asks with a key of its own. False when the answer was lost; then the same is asked again, with the same key, after the restart.</summary>
    public Task<bool> Ask(Func<string, Task<Reply>> send, Action<JsonNode> answered)
    {
        var once = Company.Once();
        return Try(() => send(once), answered);
    }

    public Task<bool> HandOver(Company who, string ticketId, string linkId, Action<string> answered) => Ask(
        once => who.Tell($"tickets/{ticketId}/handoffs", new { linkId }, once),
        handoff =>
        {
            Of(handoff.Need("id"));
            answered(handoff.Need("id"));
        });

    public Task<bool> Comment(Company who, string handoffId, string client, string body) => Ask(
        once => who.Tell($"handoffs/{handoffId}/comments", new { body }, once),
        comment => Of(handoffId).Comments.Enqueue(new(who, client, body, comment.Need("id"), comment.Number("seq"))));

    public Task<bool> File(Company who, string ticketId, Upload file) => Ask(
        once => who.TryUpload(ticketId, file, once),
        _ => Of(file.HandoffId!).Files.Enqueue(file));

    public async Task AskAgainWhatWasLost()
    {
        lostThisRound = lost.Count;
        while (lost.TryDequeue(out var again))
        {
            if (!await again())
            {
                throw new AssertionException("The host is ready, and an answer was lost without a kill.");
            }
        }
    }

    /// <summary>Every acknowledged comment once, under the number and (to its writer) the id that were acknowledged; nothing that nobody said.</summary>
    public IEnumerable<string> WhatIsWrongWith(IReadOnlyList<JsonNode> conversation, string handoffId, Company reader)
    {
        var acknowledged = Of(handoffId).Comments.ToArray();
        var shown = conversation.ToLookup(item => item.Text("body"), StringComparer.Ordinal);
        foreach (var one in acknowledged)
        {
            var found = shown[one.Body].ToArray();
            if (found.Length != 1 || found[0].Number("seq") != one.Seq || (reader == one.Writer && !found[0].Is("id", one.Id)))
            {
                yield return string.Create(CultureInfo.InvariantCulture, $"\"{one.Body}\" was acknowledged as {one.Id}, seq {one.Seq}, and is shown {found.Length} times: {string.Join(" and ", found.Select(f => f.ToJsonString()))}");
            }
        }

        var unknown = conversation.Select(item => item.Text("body")).Except(acknowledged.Select(s => s.Body), StringComparer.Ordinal).ToArray();
        if (unknown.Length > 0)
        {
            yield return $"shown, and acknowledged to nobody: {string.Join(", ", unknown)}";
        }

        foreach (var client in acknowledged.GroupBy(s => s.Client, StringComparer.Ordinal))
        {
            if (!client.Select(s => s.Seq).SequenceEqual(client.Select(s => s.Seq).Order()))
            {
                yield return $"{client.Key} said them in another order than their entries have";
            }
        }
    }

    HandoffLedger Of(string handoffId)
    {
        touched[handoffId] = true;
        return handoffs.GetOrAdd(handoffId, _ => new());
    }

    async Task<bool> Try(Func<Task<Reply>> send, Action<JsonNode> answered)
    {
        Reply reply;
        try
        {
            reply = await send();
        }
        catch (Exception e) when (e is HttpRequestException or IOException or TaskCanceledException)
        {
            lost.Enqueue(() => Try(send, answered));
            return false;
        }

        if (reply.Status is < 200 or > 299)
        {
            throw new AssertionException($"Under load: {reply}");
        }

        Interlocked.Increment(ref answers);
        answered(reply.Json);
        return true;
    }
}
