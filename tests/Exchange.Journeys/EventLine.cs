using System.Text.Json.Nodes;

namespace Exchange.Journeys;

/// <summary>
/// An account that follows its events for as long as a journey lasts. Whenever the line breaks, by us or by a host that dies, it
/// comes again with the number of the last event it has; everything that comes is kept, doubles too.
/// </summary>
sealed class EventLine : IAsyncDisposable
{
    static readonly TimeSpan BeforeItComesAgain = TimeSpan.FromMilliseconds(50);

    readonly Company company;
    readonly CancellationTokenSource ended = new();
    readonly Lock door = new();
    readonly List<JsonNode> seen = [];
    readonly Task following;
    CancellationTokenSource line = new();
    string? lastId;
    int opened;

    EventLine(Company company)
    {
        this.company = company;
        following = Follow();
    }

    public Company Company => company;

    /// <summary>All that came, in the order in which it came.</summary>
    public IReadOnlyList<JsonNode> Seen
    {
        get
        {
            lock (door)
            {
                return [.. seen];
            }
        }
    }

    public IReadOnlyList<string> Ids => [.. Seen.Select(e => e.Need("id"))];

    /// <summary>How often it has had an answer to its request.</summary>
    public int Opened => Volatile.Read(ref opened);

    public static EventLine Of(Company company) => new(company);

    /// <summary>Breaks the line, in the middle of whatever is coming.</summary>
    public void CutOff()
    {
        lock (door)
        {
            line.Cancel();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await ended.CancelAsync();
        await following;
        ended.Dispose();
        line.Dispose();
    }

    async Task Follow()
    {
        while (!ended.IsCancellationRequested)
        {
            lock (door)
            {
                line.Dispose();
                line = CancellationTokenSource.CreateLinkedTokenSource(ended.Token);
            }

            try
            {
                await Listen(line.Token);
            }
            catch (Exception e) when (e is OperationCanceledException or HttpRequestException or IOException)
            {
                // Cut off, or nobody answers just now.
            }

            await Eventually.Passes(BeforeItComesAgain);
        }
    }

    async Task Listen(CancellationToken until)
    {
        using var request = company.Request(HttpMethod.Get, "events/stream");
        if (lastId is not null)
        {
            request.Headers.TryAddWithoutValidation("Last-Event-ID", lastId);
        }

        using var answer = await company.Start(request, until);
        if (!answer.IsSuccessStatusCode)
        {
            throw new HttpRequestException($"The stream answers {answer.StatusCode}");
        }

        Interlocked.Increment(ref opened);
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync(until));
        string? id = null, data = null;
        while (await reader.ReadLineAsync(until) is { } text)
        {
            if (text.StartsWith("id: ", StringComparison.Ordinal))
            {
                id = text[4..];
            }
            else if (text.StartsWith("data: ", StringComparison.Ordinal))
            {
                data = text[6..];
            }
            else if (text.Length == 0)
            {
                Keep(id, data);
                (id, data) = (null, null);
            }
        }
    }

    void Keep(string? id, string? data)
    {
        lastId = id ?? lastId;
        if (data is not null)
        {
            lock (door)
            {
                seen.Add(JsonNode.Parse(data)!);
            }
        }
    }
}
