using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;

namespace Exchange.Journeys;

/// <summary>What a client does with what it was not answered.</summary>
enum Unanswered
{
    /// <summary>It stops; the same is asked again after the restart.</summary>
    WaitsForTheRestart,

    /// <summary>It asks again at once, with the same key, until there is an answer; then it goes on, until the round ends.</summary>
    IsAskedAgain,
}

/// <summary>What the clients asked, what was acknowledged, and what was never answered. The audit compares the exchange with it.</summary>
sealed class Ledger(Unanswered unanswered = Unanswered.WaitsForTheRestart)
{
    /// <summary>Between an answer and the next ask of a client that goes on: enough load to have asks under way at any moment, and room for processes to start.</summary>
    static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(50);
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    static readonly TimeSpan LongestWithoutAnswer = TimeSpan.FromSeconds(90);

    readonly ConcurrentDictionary<string, HandoffLedger> handoffs = new(StringComparer.Ordinal);
    readonly ConcurrentQueue<Func<Task<bool>>> lost = [];
    readonly ConcurrentDictionary<string, bool> touched = new(StringComparer.Ordinal);
    int answers;
    int lostThisRound;
    int notReady;
    volatile bool over;

    sealed record Said(Company Writer, string Client, string Body, string Id, long Seq);

    /// <summary>In the order of the acknowledgements: each client asks one thing after the other, so this is each client's own order.</summary>
    sealed class HandoffLedger
    {
        public ConcurrentQueue<Said> Comments { get; } = [];

        public ConcurrentQueue<Upload> Files { get; } = [];
    }

    public IEnumerable<string> Handoffs => handoffs.Keys;

    /// <summary>Whether the database may be away: then 503 not-ready is no answer.</summary>
    public bool MayBeNotReady { get; set; }

    public int Answers => answers;

    /// <summary>Asks without an answer in this round.</summary>
    public int Lost => lostThisRound;

    /// <summary>Answers in this round that said: not ready.</summary>
    public int NotReady => notReady;

    public string RoundSummary => string.Create(
        CultureInfo.InvariantCulture,
        $"{answers} answered, {lostThisRound} lost and asked again{(MayBeNotReady ? $", {notReady} not ready" : "")}; so far {handoffs.Count} handoffs, {handoffs.Values.Sum(h => h.Comments.Count)} comments, {handoffs.Values.Sum(h => h.Files.Count)} files");

    public void BeginRound()
    {
        touched.Clear();
        (answers, lostThisRound, notReady, over) = (0, 0, 0, false);
    }

    /// <summary>Clients that ask again work while something happens to the exchange, and stop when they have the answer to their latest ask.</summary>
    public async Task While(Func<Task> load, Func<Task> happens)
    {
        var working = load();
        try
        {
            await happens();
        }
        finally
        {
            over = true;
            await working;
        }
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

    /// <summary>A look in between: an answer, or none, but no fault.</summary>
    public async Task Read(Company who, string path)
    {
        try
        {
            var reply = await who.Ask(path);
            if (!(IsNotReady(reply) && MayBeNotReady))
            {
                reply.Must(200);
            }
        }
        catch (Exception e) when (IsNoAnswer(e))
        {
            Interlocked.Increment(ref lostThisRound);
        }
    }

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
        for (var since = Stopwatch.StartNew(); ; )
        {
            if (await Answer(send) is { } reply)
            {
                Interlocked.Increment(ref answers);
                answered(reply.Json);
                if (unanswered == Unanswered.IsAskedAgain && !over)
                {
                    await Eventually.Passes(Breath);
                }

                return !over;
            }

            if (unanswered == Unanswered.WaitsForTheRestart)
            {
                lost.Enqueue(() => Try(send, answered));
                return false;
            }

            if (since.Elapsed > LongestWithoutAnswer)
            {
                throw new AssertionException($"No answer for {LongestWithoutAnswer.TotalSeconds:0} s, asked again and again");
            }

            await Eventually.Passes(Pause);
        }
    }

    /// <summary>Null when there is none: then nobody knows whether it was done.</summary>
    async Task<Reply?> Answer(Func<Task<Reply>> send)
    {
        Reply reply;
        try
        {
            reply = await send();
        }
        catch (Exception e) when (IsNoAnswer(e))
        {
            Interlocked.Increment(ref lostThisRound);
            return null;
        }

        if (MayBeNotReady && IsNotReady(reply))
        {
            Interlocked.Increment(ref notReady);
            return null;
        }

        // The first one of the same key is still under way, at another node or in the database.
        if (unanswered == Unanswered.IsAskedAgain && reply is { Status: 409, Code: "in-flight" })
        {
            return null;
        }

        return reply.Status is >= 200 and <= 299 ? reply : throw new AssertionException($"Under load: {reply}");
    }

    static bool IsNotReady(Reply reply) => reply.Status == 503 && reply.Refused(503, "not-ready") is not null;

    static bool IsNoAnswer(Exception e) => e is HttpRequestException or IOException or TaskCanceledException;
}
