using System.Globalization;
using System.Text;
using Exchange.Api.Http;
using Exchange.Core.Accounts;
using Exchange.Core.Events;
using Exchange.Core.Handoffs;
using Exchange.Core.Kernel;
using Exchange.Core.Live;
using Exchange.Edge.Tests.TestKit;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using NUnit.Framework;

namespace Exchange.Edge.Tests.Events;

/// <summary>The stream of events with readers and a clock of the test's own: nobody waits for a reader, and a reader that waits hears so.</summary>
[TestFixture]
public sealed class When_a_reader_is_slow
{
    private World _world = null!;
    private SteppedClock _clock = null!;
    private Caller _bob = null!;
    private HandoffId _handoff;
    private string _key = "";
    private Keyring _keys = null!;
    private EventStream _stream = null!;

    [SetUp]
    public async Task Begin()
    {
        _world = World.Open();
        _clock = new SteppedClock();
        var joined = (await _world.Ask<SignUp, SignedUp>(new SignUp("Ada", "ada", null), Caller.Stranger)).Must();
        var ada = new Caller(joined.Id, "Ada", new Contracts.V1.Actor("person", "Ada-1", "Agent of Ada"));
        (_key, _bob) = (joined.ApiKey, await _world.Join("Bob"));
        _handoff = await _world.Running(ada, _bob, await _world.Link(ada, _bob));
        await Number();
        _keys = new Keyring(_world.Dialect, _clock);
        _stream = new EventStream(
            new EventFeed(_world.Get<EventViews>(), _world.Get<Changes>(), _clock), _keys, _clock, new Lifetime(), Options.Create(new Microsoft.AspNetCore.Http.Json.JsonOptions()));
    }

    [TearDown]
    public ValueTask End() => _world.DisposeAsync();

    [Test]
    public async Task The_others_hear_on_and_it_is_dropped_and_comes_back_without_a_gap()
    {
        await using var quick = await Read(0);
        await using var slow = await Read(0);
        await quick.Has("started");
        await slow.Has("started");
        slow.Body.Stuck = true;

        await Say("one");
        await quick.Has("one");
        await Eventually.True(() => Task.FromResult(slow.Body.Waits));
        await Say("two");
        await quick.Has("two");
        Assert.That(slow.Writing.IsCompleted, Is.False, "it still has its time");
        Assert.That(slow.Body.Text, Does.Not.Contain("\"one\"").And.Not.Contain("\"two\""), "nothing is read ahead of it");

        _clock.Advance(EventStream.Patience);
        await slow.Writing.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.That(slow.Aborted, Is.True, "it is cut off, and not left hanging");

        await using var again = await Read(slow.Body.LastId);
        await again.Has("two");
        Assert.That(slow.Body.Ids.Concat(again.Body.Ids).Distinct(StringComparer.Ordinal), Is.EqualTo(quick.Body.Ids.Distinct(StringComparer.Ordinal)), "together they are what the quick one has");
        Assert.That(again.Body.Ids.Skip(1), Has.None.AnyOf(slow.Body.Ids), "and nothing came twice");
    }

    [Test]
    public async Task Silence_is_broken_after_fifteen_seconds_and_not_before()
    {
        await using var reader = await Read(0);
        await reader.Has("started");
        _clock.Advance(EventStream.Heartbeat - TimeSpan.FromSeconds(1));
        await Say("one");
        await reader.Has("one");
        Assert.That(reader.Body.Text, Does.Not.Contain("still here"), "too early");

        // What was said was a sign of life too.
        _clock.Advance(EventStream.Heartbeat - TimeSpan.FromSeconds(1));
        await Say("two");
        await reader.Has("two");
        Assert.That(reader.Body.Text, Does.Not.Contain("still here"), "too early again");
        _clock.Advance(EventStream.Heartbeat);
        await reader.Has("still here");
        Assert.That(reader.Body.Text, Does.EndWith(": still here\n\n"));
        Assert.That(EventStream.Heartbeat, Is.EqualTo(TimeSpan.FromSeconds(15)));
    }

    private async Task Say(string body)
    {
        (await _world.Say(_bob, _handoff, body)).Must();
        await _world.Carry();
        await Number();
    }

    private async Task Number()
    {
        await _world.Relay.Settle(CancellationToken.None);
        await _world.Get<Sequencer>().NumberPending(CancellationToken.None);
    }

    private async Task<Reader> Read(long after)
    {
        var bearer = (await _keys.Find(_key, CancellationToken.None))!;
        var reader = new Reader();
        reader.Http.Request.Headers.Authorization = $"Bearer {_key}";
        reader.Writing = _stream.Write(reader.Http, bearer, after);
        return reader;
    }

    private sealed class Reader : IHttpRequestLifetimeFeature, IAsyncDisposable
    {
        private readonly CancellationTokenSource _gone = new();

        public Reader()
        {
            Http = new DefaultHttpContext();
            Http.Features.Set<IHttpRequestLifetimeFeature>(this);
            Http.Response.Body = Body;
        }

        public DefaultHttpContext Http { get; }

        public Tap Body { get; } = new();

        public Task Writing { get; set; } = Task.CompletedTask;

        public bool Aborted { get; private set; }

        public CancellationToken RequestAborted { get => _gone.Token; set => throw new NotSupportedException(); }

        public void Abort()
        {
            Aborted = true;
            _gone.Cancel();
        }

        public Task Has(string text) => Eventually.True(() => Task.FromResult(Body.Text.Contains(text, StringComparison.Ordinal)));

        public async ValueTask DisposeAsync()
        {
            await _gone.CancelAsync();
            await Writing;
            _gone.Dispose();
        }
    }

    /// <summary>A body that can be held shut, as the window of a reader who takes nothing.</summary>
    private sealed class Tap : MemoryStream
    {
        private readonly Lock _lock = new();

        public bool Stuck { get; set; }

        public bool Waits { get; private set; }

        public string Text
        {
            get
            {
                lock (_lock)
                {
                    return Encoding.UTF8.GetString(ToArray());
                }
            }
        }

        public IReadOnlyList<string> Ids => [.. Text.Split('\n').Where(line => line.StartsWith("id: ", StringComparison.Ordinal))];

        public long LastId => long.Parse(Ids[^1][4..], CultureInfo.InvariantCulture);

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (Stuck)
            {
                Waits = true;
                await new TaskCompletionSource().Task.WaitAsync(cancellationToken);
            }

            lock (_lock)
            {
                Write(buffer.Span);
            }
        }
    }

    private sealed class Lifetime : IHostApplicationLifetime
    {
        public CancellationToken ApplicationStarted => default;

        public CancellationToken ApplicationStopping => default;

        public CancellationToken ApplicationStopped => default;

        public void StopApplication() => throw new NotSupportedException();
    }
}
