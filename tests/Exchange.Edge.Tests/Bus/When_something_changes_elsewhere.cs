using System.Diagnostics;
using Exchange.Contracts.V1;
using Exchange.Core.Desk;
using Exchange.Core.Events;
using Exchange.Core.Files;
using Exchange.Core.Kernel;
using Exchange.Core.Live;
using Exchange.Core.Store;
using Exchange.Core.Handoffs;
using NUnit.Framework;

namespace Exchange.Edge.Tests.Bus;

/// <summary>The live signal between nodes.</summary>
[TestFixture]
internal sealed class When_something_changes_elsewhere
{
    private Site _site = null!;
    private BusNode _here = null!;
    private BusNode _there = null!;

    [OneTimeSetUp]
    public async Task Open()
    {
        _site = await Site.Open(postgres: true, rabbit: true);
        (_here, _there) = await _site.Crew();
    }

    [OneTimeTearDown]
    public async Task Close()
    {
        if (_site is not null)
        {
            await _site.DisposeAsync();
        }
    }

    [Test]
    public async Task Each_API_node_hears_it_within_a_second()
    {
        var story = await _there.Begin();
        var took = new List<TimeSpan>();
        for (var n = 0; n < 5; n++)
        {
            await using var ear = _here.Listen(story.Placer);
            var ticket = BusNode.Must(await _there.Ask<OpenTicket, TicketId>(new OpenTicket("Lamp", null, null, null, null, null), story.Placer));
            took.Add(await Soon.True("the other node heard of the ticket", () => Task.FromResult(ear.Of("ticket", ticket.Value) == 1)));
        }

        Assert.That(took.Order().ElementAt(2), Is.LessThan(TimeSpan.FromSeconds(1)));
    }

    [Test]
    public async Task What_a_worker_applies_is_heard_on_every_API_node_by_the_right_account_alone()
    {
        var (story, stranger) = (await _there.Begin(), await _there.Begin());
        await _there.Settled(story.Handoff);
        var mirror = await MirrorOf(story);
        await using var fulfiller = _here.Listen(story.Fulfiller);
        await using var fulfillerThere = _there.Listen(story.Fulfiller);
        await using var nobody = _here.Listen(stranger.Fulfiller);
        await _there.Say(story.Placer, story.Handoff, "Hear, hear");
        await Soon.True("both nodes heard of the mirror, which a worker changed", () => fulfiller.Of("ticket", mirror) > 0 && fulfillerThere.Of("ticket", mirror) > 0);
        await Soon.True("and of the handoff", () => fulfiller.Of("handoff", story.Handoff.Value) > 0);
        Assert.That(nobody.Of("ticket", mirror) + nobody.Of("handoff", story.Handoff.Value), Is.Zero);
        Assert.That(nobody.Heard.Select(c => c?.Account), Is.All.EqualTo(stranger.Fulfiller.Account.Value));
        Assert.That(fulfiller.Heard.Select(c => c?.Account), Is.All.EqualTo(story.Fulfiller.Account.Value));
    }

    /// <summary>No timer fires here: the stream looks again because the other node told it to.</summary>
    [Test]
    public async Task An_event_that_was_made_on_another_node_comes_over_the_stream_of_this_one()
    {
        var story = await _there.Begin();
        await _there.Settled(story.Handoff);
        using var enough = new CancellationTokenSource(TimeSpan.FromSeconds(80));
        var latest = await _here.Get<EventViews>().Latest(story.Fulfiller, enough.Token);
        var heard = new List<EventView>();
        var reading = Task.Run(async () =>
        {
            await foreach (var events in _here.Get<EventFeed>().Follow(story.Fulfiller, latest, enough.Token))
            {
                heard.AddRange(events);
                if (heard.Any(e => e.Data.Comment?.Body == "From over there"))
                {
                    return;
                }
            }
        });
        await _there.Say(story.Placer, story.Handoff, "From over there");
        var said = Stopwatch.GetTimestamp();
        await Soon.True("the stream has it", async () =>
        {
            // The workers' own round, which numbers.
            _site.Clock.Ring(TimeSpan.FromMilliseconds(250));
            if (Stopwatch.GetElapsedTime(said) > TimeSpan.FromSeconds(15))
            {
                // A broker that stood still for ten seconds has lost signals, which may get lost: the next one brings both.
                await _there.Say(story.Placer, story.Handoff, "And more");
                said = Stopwatch.GetTimestamp();
            }

            return reading.IsCompleted;
        }, 90);
        await reading;
        Assert.That(heard.Count(e => e.Data.Comment?.Body == "From over there"), Is.EqualTo(1));
        Assert.That(heard.Select(e => long.Parse(e.Id, System.Globalization.CultureInfo.InvariantCulture)), Is.Ordered.And.All.GreaterThan(latest));
    }

    [Test]
    public async Task A_file_that_a_worker_checked_is_heard()
    {
        var story = await _there.Begin();
        await _there.Settled(story.Handoff);
        var mirror = await MirrorOf(story);
        await using var ear = _here.Listen(story.Fulfiller);
        var stored = BusNode.Must(await _there.Get<IBlobStore>().Store(new MemoryStream([1, 2, 3]), 1 << 20, CancellationToken.None));

        // Its bytes are late on the shared folder: so what is heard at the end is the check, not that the file came.
        var bytes = Directory.EnumerateFiles(_site.Folder, "*", SearchOption.AllDirectories).Single(path => new FileInfo(path).Length == 3);
        File.Move(bytes, $"{bytes}-late");
        BusNode.Must(await _there.Ask<AttachFile, FileId>(
            new AttachFile(story.Ticket, "partner", story.Handoff, "photo.png", "image/png", stored.Size, stored.Sha256, stored.Id), story.Placer));
        await _there.Settled(story.Handoff);
        await Soon.True("the file has come to the mirror", () => ear.Of("ticket", mirror) > 0);
        var before = ear.Of("ticket", mirror);
        File.Move($"{bytes}-late", bytes);
        var files = _there.Get<FileViews>();
        await Soon.True("the file was checked, and this node heard so", async () =>
        {
            _site.Clock.Ring(TimeSpan.FromSeconds(2));
            return (await files.Pending(10, CancellationToken.None)).Count == 0 && ear.Of("ticket", mirror) > before;
        });
    }

    [Test]
    public async Task A_node_hears_its_own_once_and_not_again_from_the_bus()
    {
        var story = await _here.Begin();
        await using var own = _here.Listen(story.Placer);
        await using var others = _there.Listen(story.Placer);
        var first = BusNode.Must(await _here.Ask<OpenTicket, TicketId>(new OpenTicket("One", null, null, null, null, null), story.Placer));
        await Soon.True("it is heard here", () => own.Of("ticket", first.Value) == 1);
        await Soon.True("it went over the bus", () => others.Of("ticket", first.Value) == 1);

        // What comes after it over the same queue shows that the first has been there.
        var beats = _here.Pulse.Of(_here.Bus.Live);
        await _there.Ask<OpenTicket, TicketId>(new OpenTicket("Two", null, null, null, null, null), story.Placer);
        await Soon.True("later news have come here", () => _here.Pulse.Of(_here.Bus.Live) > beats);
        Assert.That(own.Of("ticket", first.Value), Is.EqualTo(1));
    }

    [Test]
    public async Task A_node_that_ended_leaves_no_queue_behind()
    {
        var passing = await _site.Node(api: true);
        await passing.Connected();
        Assert.That(await _site.Broker.Queue(passing.Bus.Live), Is.Not.Null);
        await passing.Stop();
        await Soon.True("its queue has gone", async () => await _site.Broker.Queue(passing.Bus.Live) is null);
        Assert.That((await _site.Broker.Exchanges()).Select(x => (string?)x["name"]), Has.None.EqualTo(passing.Bus.Live));
    }

    [Test]
    public async Task Who_cannot_keep_up_is_told_that_he_missed_something()
    {
        var changes = _here.Get<Changes>();
        var account = Guid.CreateVersion7();
        await using var slow = changes.Listen(new AccountId(account), CancellationToken.None).GetAsyncEnumerator();
        var next = slow.MoveNextAsync();
        for (var n = 0; n < 1500; n++)
        {
            changes.Tell(new Change(account, "ticket", account));
        }

        var heard = new List<Change?>();
        do
        {
            Assert.That(await next, Is.True);
            heard.Add(slow.Current);
            next = slow.Current is null ? default : slow.MoveNextAsync();
        }
        while (heard[^1] is not null);

        Assert.That(heard, Has.Count.InRange(1000, 1499), "what there was room for, and the sign of the rest");
    }

    private async Task<Guid> MirrorOf(Story story)
    {
        await using var db = _here.Get<IDialect>().Read();
        return db.Bonds.Single(b => b.Handoff == story.Handoff && b.Side == Side.Fulfiller).Ticket.Value;
    }
}
