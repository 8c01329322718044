using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Exchange.Core.Events;
using Exchange.Core.Kernel;
using Exchange.Edge.Tests.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using NUnit.Framework;

namespace Exchange.Edge.Tests.Routes;

/// <summary>The list and the stream of events over HTTP, with the worker's own rounds behind them.</summary>
[TestFixture]
public sealed class When_events_are_followed
{
    private TwoCompanies _two = null!;
    private string _handoff = "";

    [SetUp]
    public async Task Meet()
    {
        _two = await TwoCompanies.Meet();
        _handoff = await _two.Running();
        await Eventually.True(async () => (await Listed(_two.Fulfiller)).Count(e => (string?)e["data"]!["entryType"] == "started") == 1);
    }

    [TearDown]
    public void Part() => _two.Dispose();

    [Test]
    public async Task The_list_is_oldest_first_and_goes_on_from_any_event()
    {
        // What is no entry has its number from another round.
        await Eventually.True(async () => (await Listed(_two.Placer)) is var listed
            && listed.Any(e => (string?)e["data"]!["entryType"] == "started") && listed.Any(e => (string?)e["type"] == "exchange.ticket.opened"));
        var all = await Listed(_two.Placer);
        Assert.That(all.Select(e => long.Parse((string)e["id"]!, System.Globalization.CultureInfo.InvariantCulture)), Is.Ordered.And.Unique);
        Assert.That(all.Select(e => (string)e["type"]!), Does.Contain("exchange.link.active").And.Contain("exchange.ticket.opened").And.Contain("exchange.handoff.accepted"));
        Assert.That(all.Select(e => (string)e["specversion"]!), Is.All.EqualTo("1.0"));
        Assert.That(all.Select(e => (string)e["datacontenttype"]!), Is.All.EqualTo("application/json"));
        var pages = new List<string>();
        for (string? next = "0"; next is not null;)
        {
            var page = (await _two.Get(_two.Placer, $"/api/v1/events?limit=2&after={next}")).Body!;
            pages.AddRange(page["items"]!.AsArray().Select(e => (string)e!["id"]!));
            next = (string?)page["next"];
        }

        Assert.That(pages, Is.EqualTo(all.Select(e => (string)e["id"]!)));
        Assert.That((await _two.Get(_two.Placer, "/api/v1/events?after=latest")).Body!["items"]!.AsArray(), Is.Empty);
    }

    [TestCase("/api/v1/events?after=x")]
    [TestCase("/api/v1/events?after=-1")]
    [TestCase("/api/v1/events?limit=0")]
    [TestCase("/api/v1/events?limit=201")]
    [TestCase("/api/v1/events/stream?after=x")]
    public async Task A_position_that_is_none_is_refused(string path)
    {
        var answer = await _two.Get(_two.Placer, path);
        Assert.That((answer.Status, (string?)answer.Body?["code"]), Is.EqualTo((400, "validation")), answer.Text);
    }

    [TestCase("/api/v1/events?after={0}")]
    [TestCase("/api/v1/events/stream?after={0}")]
    public async Task A_position_after_which_events_were_forgotten_is_gone(string path)
    {
        await Eventually.True(async () => (await Listed(_two.Placer)).Count > 3);
        var ids = (await Listed(_two.Placer)).Select(e => long.Parse((string)e["id"]!, System.Globalization.CultureInfo.InvariantCulture)).ToList();
        var account = new AccountId(Guid.Parse(_two.PlacerId));
        (await _two.Host.Services.GetRequiredService<Door>().Do<ForgetEvents, Forgotten>(new ForgetEvents(account, ids[2]), Caller.Exchange, null, CancellationToken.None)).Must();
        foreach (var late in (long[])[0, ids[0], ids[1]])
        {
            var answer = await _two.Get(_two.Placer, string.Format(System.Globalization.CultureInfo.InvariantCulture, path, late));
            Assert.That((answer.Status, (string?)answer.Body?["code"]), Is.EqualTo((410, "events-forgotten")), answer.Text);
        }

        var whole = (await _two.Get(_two.Placer, $"/api/v1/events?after={ids[2]}")).Body!["items"]!.AsArray();
        Assert.That((string)whole[0]!["id"]!, Is.EqualTo($"{ids[3]}"));
        Assert.That((string)(await Listed(_two.Placer))[0]["id"]!, Is.EqualTo($"{ids[3]}"), "who names no position gets what there is");
    }

    [Test]
    public async Task The_stream_brings_each_event_as_it_comes()
    {
        using var line = await Line.Open(_two, _two.Fulfiller, "?after=latest", null);
        await _two.Done(_two.Placer, $"/api/v1/handoffs/{_handoff}/comments", """{"body":"On site at ten"}""");
        var e = await line.Until("exchange.handoff.commented");
        Assert.That((string)e.Data["data"]!["comment"]!["body"]!, Is.EqualTo("On site at ten"));
        Assert.That((e.Id, e.Type), Is.EqualTo(((string)e.Data["id"]!, (string)e.Data["type"]!)));
        Assert.That(line.ContentType, Is.EqualTo("text/event-stream"));
    }

    [Test]
    public async Task Last_Event_ID_resumes_without_a_gap_and_without_a_double()
    {
        var seen = new List<string>();
        using (var line = await Line.Open(_two, _two.Placer, "", null))
        {
            seen.Add((await line.Next()).Id);
            seen.Add((await line.Next()).Id);
        }

        for (var i = 0; i < 4; i++)
        {
            await _two.Done(_two.Fulfiller, $"/api/v1/handoffs/{_handoff}/comments", $$"""{"body":"while away {{i}}"}""");
        }

        using var again = await Line.Open(_two, _two.Placer, "?after=0", seen[^1]);
        for (var met = 0; met < 4;)
        {
            var e = await again.Next();
            seen.Add(e.Id);
            met += e.Type == "exchange.handoff.commented" ? 1 : 0;
        }

        Assert.That(seen, Is.EqualTo((await Listed(_two.Placer)).Select(e => (string)e["id"]!)));
    }

    [Test]
    public async Task A_line_that_breaks_before_the_first_event_knows_where_it_was()
    {
        using var line = await Line.Open(_two, _two.Placer, "?after=latest", null);
        var at = await line.Raw();

        // Numbers are given a moment after the commit, so more may have theirs by now.
        Assert.That((await Listed(_two.Placer)).Select(e => $"id: {(string)e["id"]!}"), Does.Contain(at));
    }

    [Test]
    public async Task The_stop_of_the_host_ends_the_line_at_once()
    {
        using var line = await Line.Open(_two, _two.Placer, "?after=latest", null);
        await line.Raw();
        _two.Host.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
        await line.End().WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Test]
    public async Task A_key_that_was_revoked_hears_no_more()
    {
        var made = (await _two.Post(_two.Placer, "/api/v1/keys", """{"name":"ear","scopes":["read"]}""")).Body!;
        using var line = await Line.Open(_two, (string)made["key"]!, "?after=latest", null);
        await line.Raw();
        await _two.Host.Call(_two.Placer, HttpMethod.Delete, $"/api/v1/keys/{made["id"]}");
        await _two.Done(_two.Fulfiller, $"/api/v1/handoffs/{_handoff}/comments", """{"body":"not for this key"}""");
        Assert.That(await line.End().WaitAsync(TimeSpan.FromSeconds(20)), Does.Not.Contain("not for this key"));
    }

    private async Task<IReadOnlyList<JsonNode>> Listed(string key) => [.. (await _two.Get(key, "/api/v1/events?limit=200")).Body!["items"]!.AsArray().Select(e => e!)];

    private sealed class Line : IDisposable
    {
        private readonly CancellationTokenSource _limit = new(TimeSpan.FromSeconds(40));
        private HttpClient _client = null!;
        private HttpResponseMessage _response = null!;
        private StreamReader _reader = null!;

        public string? ContentType => _response.Content.Headers.ContentType?.MediaType;

        public static async Task<Line> Open(TwoCompanies two, string key, string query, string? last)
        {
            var line = new Line { _client = two.Host.CreateClient() };
            using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/events/stream{query}");
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
            if (last is not null)
            {
                request.Headers.TryAddWithoutValidation("Last-Event-ID", last);
            }

            line._response = await line._client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, line._limit.Token);
            Assert.That((int)line._response.StatusCode, Is.EqualTo(200));
            line._reader = new StreamReader(await line._response.Content.ReadAsStreamAsync());
            return line;
        }

        public async Task<string?> Raw() => await _reader.ReadLineAsync(_limit.Token);

        /// <summary>The next event; comments and mere positions are passed over.</summary>
        public async Task<(string Id, string Type, JsonNode Data)> Next()
        {
            var (id, type) = ("", "");
            while (await Raw() is { } text)
            {
                if (text.StartsWith("id: ", StringComparison.Ordinal))
                {
                    id = text[4..];
                }
                else if (text.StartsWith("event: ", StringComparison.Ordinal))
                {
                    type = text[7..];
                }
                else if (text.StartsWith("data: ", StringComparison.Ordinal))
                {
                    return (id, type, JsonNode.Parse(text[6..])!);
                }
            }

            throw new EndOfStreamException();
        }

        public async Task<(string Id, string Type, JsonNode Data)> Until(string type)
        {
            while (true)
            {
                if (await Next() is var e && e.Type == type)
                {
                    return e;
                }
            }
        }

        public async Task<string> End() => await _reader.ReadToEndAsync(_limit.Token);

        public void Dispose()
        {
            _reader.Dispose();
            _response.Dispose();
            _client.Dispose();
            _limit.Dispose();
        }
    }
}
