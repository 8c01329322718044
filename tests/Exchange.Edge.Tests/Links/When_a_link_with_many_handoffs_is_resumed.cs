using System.Diagnostics;
using System.Reflection;
using Exchange.Core.Handoffs;
using Exchange.Core.Kernel;
using Exchange.Core.Links;
using Exchange.Core.Quality;
using Exchange.Core.Store;
using Exchange.Edge.Tests.TestKit;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;

namespace Exchange.Edge.Tests.Links;

/// <summary>A resume moves all clocks of a link in its own unit, and takes as many statements for thousands of handoffs as for one.</summary>
[TestFixtureSource(typeof(Engines))]
public sealed class When_a_link_with_many_handoffs_is_resumed(Engine engine)
{
    private const int Many = 3000;

    private World _world = null!;
    private Caller _ada = null!;
    private Caller _bob = null!;
    private LinkId _link;
    private HandoffId _handoff;
    private DateTimeOffset _start;

    [SetUp]
    public async Task Begin()
    {
        _world = World.Open(engine);
        (_ada, _bob) = (await _world.Join("Ada"), await _world.Join("Bob"));
        _link = await _world.Link(_ada, _bob);
        _start = _world.Clock.Present();
        _handoff = (await _world.Ask<OfferHandoff, HandoffId>(
            new OfferHandoff(await _world.OpenTicket(_ada), _link, null, null, null, _start.AddHours(4), _start.AddHours(8)), _ada)).Must();
    }

    [TearDown]
    public ValueTask End() => _world.DisposeAsync();

    [Test]
    public async Task It_takes_no_more_statements_than_for_one()
    {
        var one = await Suspended(TimeSpan.FromHours(1));
        await Bulk();
        var all = await Suspended(TimeSpan.FromHours(24));
        Assert.That(all, Is.EqualTo(one).And.InRange(3, 20));

        // Each clock has moved by as long as the second one lasted, in the unit that ended it; those that were offered before the first by that too.
        await using var db = _world.Dialect.Read();
        var (accept, resolve) = (_start.AddHours(2 + 24), _start.AddHours(7 + 24));
        Assert.That(await db.Handoffs.CountAsync(h => h.AcceptBy == accept && h.DueAt == accept && h.RespondBy == null && h.ResolveBy == resolve), Is.EqualTo(Many));
        var first = await db.Handoffs.SingleAsync(h => h.Id == _handoff);
        Assert.That((first.RespondBy, first.ResolveBy), Is.EqualTo(((DateTimeOffset?)_start.AddHours(4 + 25), (DateTimeOffset?)_start.AddHours(8 + 25))));
    }

    [Test]
    public async Task What_had_come_before_and_what_is_over_stays()
    {
        var over = (await _world.Ask<OfferHandoff, HandoffId>(
            new OfferHandoff(await _world.OpenTicket(_ada), _link, null, null, _start.AddHours(9), null, _start.AddHours(10)), _ada)).Must();
        (await _world.Ask<DeclineHandoff, HandoffId>(new DeclineHandoff(over, "no_capacity", null, null), _bob)).Must();
        _world.Clock.Advance(TimeSpan.FromHours(4));
        await Suspended(TimeSpan.FromHours(24));
        await using var db = _world.Dialect.Read();
        var clocks = await db.Handoffs.Where(h => h.Link == _link).ToDictionaryAsync(h => h.Id, h => (h.AcceptBy, h.RespondBy, h.ResolveBy));
        Assert.That(clocks[_handoff], Is.EqualTo(((DateTimeOffset?)null, (DateTimeOffset?)_start.AddHours(4), (DateTimeOffset?)_start.AddHours(8 + 24))), "it came at the moment of the suspension");
        Assert.That(clocks[over], Is.EqualTo(((DateTimeOffset?)_start.AddHours(9), (DateTimeOffset?)null, (DateTimeOffset?)_start.AddHours(10))));
    }

    [Test]
    public async Task No_deadline_is_missed_for_the_scorecard_because_of_it()
    {
        (await _world.Ask<SuspendLink, LinkId>(new SuspendLink(_link, null, null), _ada)).Must();
        _world.Clock.Advance(TimeSpan.FromHours(24));
        Assert.That(await Answers(), Is.EqualTo(new ClockFigures(Kept: 0, Missed: 0, Running: 1, Without: 0)), "while it lasts");
        (await _world.Ask<ResumeLink, LinkId>(new ResumeLink(_link, null), _ada)).Must();
        _world.Clock.Advance(TimeSpan.FromHours(3));
        (await _world.Ask<AcceptHandoff, HandoffId>(new AcceptHandoff(_handoff, null, null), _bob)).Must();
        Assert.That(await Answers(), Is.EqualTo(new ClockFigures(Kept: 1, Missed: 0, Running: 0, Without: 0)), "after it");
    }

    private async Task<ClockFigures> Answers() =>
        (await _world.Get<ScorecardViews>().One(_ada, _bob.Account, own: false, null, _world.Clock.Present().AddSeconds(1), CancellationToken.None))!.Figures.RespondBy;

    /// <returns>How many statements the resume took.</returns>
    private async Task<int> Suspended(TimeSpan length)
    {
        (await _world.Ask<SuspendLink, LinkId>(new SuspendLink(_link, null, null), _ada)).Must();
        _world.Clock.Advance(length);
        var counted = 0;
        (await _world.Dialect.Do(
            async unit =>
            {
                var counting = Counting.Of(unit);
                using var asked = counting.OfItsContext();
                var outcome = await ActivatorUtilities.CreateInstance<ResumeLinkDeed>(_world.Get<IServiceProvider>()).Do(new ResumeLink(_link, null), _ada, (IUnit)(object)counting);
                await unit.Flush();
                counted = counting.Count;
                return outcome;
            },
            CancellationToken.None)).Must();
        return counted;
    }

    /// <summary>More than commands make in a test's time: open offers whose clocks run.</summary>
    private async Task Bulk() => (await _world.Dialect.Do<Done>(
        unit =>
        {
            for (var i = 0; i < Many; i++)
            {
                var id = new HandoffId(Ids.New(unit.Now));
                unit.Db.Add(new Handoff
                {
                    Id = id, Link = _link, TermsVersion = 1, Placer = _ada.Account, Fulfiller = _bob.Account, PlacerTicket = new TicketId(Ids.New(unit.Now)),
                    PlacerNumber = "1", Root = id, Depth = 1, BallSince = unit.Now, Picks = 0, OfferedAt = unit.Now,
                    AcceptBy = _start.AddHours(2), DueAt = _start.AddHours(2), ResolveBy = _start.AddHours(7),
                });
            }

            return new(default(Done));
        },
        CancellationToken.None)).Must();
}

/// <summary>A unit that counts what goes to the database: the calls of its own statements, and the commands of its context.</summary>
public class Counting : DispatchProxy, IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>
{
    private IUnit _unit = null!;

    public int Count { get; private set; }

    public static Counting Of(IUnit unit)
    {
        var counting = (Counting)(object)Create<IUnit, Counting>();
        counting._unit = unit;
        return counting;
    }

    /// <summary>Counts until it is disposed of.</summary>
    public IDisposable OfItsContext() => DiagnosticListener.AllListeners.Subscribe(this);

    public void OnNext(DiagnosticListener value)
    {
        if (value.Name == DbLoggerCategory.Name)
        {
            value.Subscribe(this);
        }
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (value.Value is CommandExecutedEventData done && ReferenceEquals(done.Context, _unit.Db))
        {
            Count++;
        }
    }

    public void OnCompleted()
    {
        // Nothing is left open.
    }

    public void OnError(Exception error) => throw error;

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        if (targetMethod!.Name is not ("get_Db" or "get_Now" or "get_OpId" or nameof(IUnit.AfterCommit) or nameof(IUnit.Flush)))
        {
            Count++;
        }

        return targetMethod.Invoke(_unit, args);
    }
}
