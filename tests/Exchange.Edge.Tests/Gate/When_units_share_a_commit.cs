using System.Collections.Concurrent;
using Exchange.Core.Accounts;
using Exchange.Core.Desk;
using Exchange.Core.Handoffs;
using Exchange.Core.Kernel;
using Exchange.Core.Store;
using Exchange.Edge.Tests.Properties;
using Exchange.Edge.Tests.TestKit;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using NUnit.Framework;

namespace Exchange.Edge.Tests.Gate;

public sealed class When_units_share_a_commit
{
    private World _world = null!;
    private Caller _ada = null!;
    private TicketId _ticket;

    [SetUp]
    public async Task Begin()
    {
        _world = World.Open();
        _ada = await _world.Join("Ada");
        _ticket = await _world.OpenTicket(_ada);
    }

    [TearDown]
    public ValueTask End() => _world.DisposeAsync();

    [Test]
    public async Task One_that_is_refused_undoes_itself_alone()
    {
        var answers = await Together(Write("one"), Write("two", then: _ => throw new Refused()), Write("three"));
        Assert.Multiple(() =>
        {
            Assert.That(answers.Select(a => a.Result.Ok), Is.EqualTo((bool[])[true, false, true]));
            Assert.That(answers[1].Result.Fault!.Code, Is.EqualTo("refused"));
            Assert.That(Notes(), Is.EquivalentTo((string[])["one", "three"]));
        });
    }

    [Test]
    public async Task One_that_throws_undoes_itself_alone_and_its_asker_learns_why()
    {
        var answers = await Together(Write("one"), Write("two", then: _ => throw new DivideByZeroException()), Write("three"));
        Assert.Multiple(() =>
        {
            Assert.That(answers[0].Result.Ok && answers[2].Result.Ok, Is.True);
            Assert.That(answers[1].Exception!.InnerException, Is.TypeOf<DivideByZeroException>());
            Assert.That(Notes(), Is.EquivalentTo((string[])["one", "three"]));
        });
    }

    [TestCase("refused")]
    [TestCase("throws")]
    [TestCase("breaks a constraint")]
    public async Task What_one_left_in_the_context_does_not_come_with_the_next(string how)
    {
        var answers = await Together(
            Write("one"),
            Write("two", then: async unit =>
            {
                var tracked = await unit.Db.Tickets.AsTracking().SingleAsync(t => t.Id == _ticket);
                tracked.Subject = "spoilt";
                unit.Db.Add(DueTimer.For("spoilt", Guid.Empty, unit.Now, unit.Now));
                if (how == "breaks a constraint")
                {
                    unit.Db.Add(new AccountCounter { Account = _ada.Account });
                    await unit.Flush();
                }

                throw how == "refused" ? new Refused() : new DivideByZeroException();
            }),
            Write("three", then: async unit =>
            {
                (await unit.Db.Tickets.AsTracking().SingleAsync(t => t.Id == _ticket)).Assignee = "Ann";
            }));
        using var connection = _world.Tables();
        Assert.Multiple(() =>
        {
            Assert.That(answers[0].Result.Ok && answers[2].Result.Ok, Is.True);
            Assert.That(answers[1].IsFaulted || !answers[1].Result.Ok, Is.True);
            Assert.That(Rows.Each(connection, "SELECT subject || '/' || assignee FROM ticket", r => r.GetString(0)), Is.EqualTo((string[])["Pump stands still/Ann"]));
            Assert.That(Rows.Each(connection, "SELECT kind FROM timer", r => r.GetString(0)), Is.Empty);
            Assert.That(Notes(), Is.EquivalentTo((string[])["one", "three"]));
        });
    }

    [Test]
    public async Task A_lost_commit_acknowledges_nobody_and_each_runs_once_more_alone()
    {
        var (runs, effects, early) = (new ConcurrentDictionary<string, int>(StringComparer.Ordinal), new ConcurrentBag<string>(), new List<int>());
        var commits = 0;
        Task<Outcome<Done>>[] answers = [];
        _world.AtCommit = _ =>
        {
            early.Add(answers.Count(a => a.IsCompleted) + effects.Count);
            if (commits++ == 0)
            {
                throw new InvalidOperationException("The commit is lost.");
            }
        };
        answers = await Begin(
            [.. Enumerable.Range(0, 20).Select(i => Write($"note {i}", then: unit =>
            {
                runs.AddOrUpdate($"note {i}", 1, (_, n) => n + 1);
                unit.AfterCommit(() => effects.Add($"note {i}"));
                return i % 5 == 0 ? throw new Refused() : ValueTask.CompletedTask;
            }))]);
        await Settled(answers);
        var kept = Enumerable.Range(0, 20).Where(i => i % 5 != 0).Select(i => $"note {i}").ToList();
        Assert.Multiple(() =>
        {
            Assert.That(early, Is.All.Zero, "answers and effects come after the commit");
            Assert.That(commits, Is.EqualTo(21), "one for all, and then one for each");
            Assert.That(runs.Values, Is.All.EqualTo(2));
            Assert.That(effects, Is.EquivalentTo(kept), "effects come once, for what is committed");
            Assert.That(Notes(), Is.EquivalentTo(kept));
        });
    }

    [Test]
    public async Task A_unit_whose_own_commit_is_lost_again_is_not_ready_and_the_others_are_kept()
    {
        var (commits, effects) = (0, new ConcurrentBag<int>());
        _world.AtCommit = _ =>
        {
            if (commits++ is 0 or 2)
            {
                throw new InvalidOperationException("The commit is lost.");
            }
        };
        var answers = await Together([.. Enumerable.Range(0, 3).Select(i => Write($"note {i}", then: unit =>
        {
            unit.AfterCommit(() => effects.Add(i));
            return ValueTask.CompletedTask;
        }))]);
        Assert.Multiple(() =>
        {
            Assert.That(answers.Select(a => a.Result.Fault?.Code), Is.EqualTo((string?[])[null, Codes.NotReady, null]));
            Assert.That(effects, Is.EquivalentTo((int[])[0, 2]));
            Assert.That(Notes(), Is.EquivalentTo((string[])["note 0", "note 2"]));
        });
    }

    [Test]
    public async Task A_full_disk_is_not_ready_leaves_nothing_half_done_and_passes()
    {
        var bob = await _world.Join("Bob");
        var handoff = await _world.Running(_ada, bob, await _world.Link(_ada, bob));
        string untouched;
        using (var before = _world.Tables())
        {
            untouched = Rows.Digest(before);
        }

        // The pragma works per connection: from now on the file may not grow.
        await Limit(pages: 1);
        var body = new string('x', 90_000);
        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => _world.Say(_ada, handoff, body)));
        Assert.That(answers.Select(a => a.Fault?.Code), Has.Some.EqualTo(Codes.NotReady).And.All.AnyOf(null, Codes.NotReady));
        using (var after = _world.Tables())
        {
            var watch = new Invariants();
            watch.Check(Rows.Read(after));
            Assert.That(watch.Broken, Is.Empty);
            Assert.That(Rows.Read(after).Entries[handoff.Value].Count(e => e.Text == body), Is.EqualTo(answers.Count(a => a.Ok)), "what was answered stands, and nothing else");
            if (!answers.Any(a => a.Ok))
            {
                Assert.That(Rows.Digest(after), Is.EqualTo(untouched));
            }
        }

        await Limit(pages: 1_000_000);
        Assert.That((await _world.Say(_ada, handoff, body)).Ok, Is.True, "and later it succeeds");
        await _world.Carry();
        using var end = _world.Tables();
        var rows = Rows.Read(end);
        Assert.That(rows.Bonds.Select(b => b.Applied), Is.All.EqualTo(rows.Handoffs.Single().LastSeq));
    }

    [Test]
    public async Task Ten_thousand_mixed_units_each_keep_their_word_and_are_read_at_once()
    {
        var broken = new ConcurrentBag<string>();
        var effects = 0;
        var kept = await Task.WhenAll(Enumerable.Range(0, 32).Select(writer => Task.Run(async () =>
        {
            var mine = 0;
            for (var i = 0; i < 10_000 / 32; i++)
            {
                var (body, kind) = ($"{writer}/{i}", (writer + i) % 7);
                var answer = _world.Gate.Do(Write(body, then: unit =>
                {
                    unit.AfterCommit(() => Interlocked.Increment(ref effects));
                    return kind switch
                    {
                        5 => throw new Refused(),
                        6 => throw new DivideByZeroException(),
                        _ => ValueTask.CompletedTask,
                    };
                }).Run, CancellationToken.None);
                var done = kind == 6 ? await Throws(answer) : (await answer).Ok;
                mine += done ? 1 : 0;
                await using var db = _world.Gate.Read();
                if (await db.Notes.AnyAsync(n => n.Body == body) != (kind < 5))
                {
                    broken.Add(body);
                }
            }

            return mine;
        })));
        Assert.Multiple(() =>
        {
            Assert.That(broken, Is.Empty, "readers see what was answered, and nothing that was refused");
            Assert.That(effects, Is.EqualTo(kept.Sum()));
            Assert.That(Notes(), Has.Count.EqualTo(kept.Sum()));
        });

        static async Task<bool> Throws(Task<Outcome<Done>> answer)
        {
            try
            {
                return (await answer).Ok;
            }
            catch (DivideByZeroException)
            {
                return false;
            }
        }
    }

    [Test]
    public async Task Stopping_under_load_finishes_what_was_taken_and_refuses_the_rest()
    {
        var gate = _world.Gate;
        var answers = Enumerable.Range(0, 400).Select(i => Task.Run(() => gate.Do(Write($"note {i}").Run, CancellationToken.None))).ToList();
        await Task.WhenAny(answers);
        var late = Enumerable.Range(400, 50).Select(i => Task.Run(() => gate.Do(Write($"note {i}").Run, CancellationToken.None))).ToList();
        await _world.Crash();
        var all = await Task.WhenAll(answers.Concat(late)).WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Multiple(() =>
        {
            Assert.That(all.Where(a => !a.Ok).Select(a => a.Fault!.Code), Is.All.EqualTo(Codes.NotReady));
            Assert.That(Notes(), Has.Count.EqualTo(all.Count(a => a.Ok)), "what was answered is kept, and what was refused is not");
        });
        Assert.That((await gate.Do(Write("too late").Run, CancellationToken.None)).Fault?.Code, Is.EqualTo(Codes.NotReady));
    }

    /// <summary>Rule 10: a crash between a unit and its commit. The files as they are then are opened elsewhere.</summary>
    [Test]
    public async Task What_is_copied_right_before_the_commit_has_all_before_it_and_nothing_of_it()
    {
        var bob = await _world.Join("Bob");
        var handoff = await _world.Running(_ada, bob, await _world.Link(_ada, bob));
        var copy = Directory.CreateTempSubdirectory("exchange-copy-").FullName;
        try
        {
            _world.AtCommit = _ =>
            {
                foreach (var file in (string[])["exchange.db", "exchange.db-wal"])
                {
                    File.Copy(Path.Combine(_world.Folder, file), Path.Combine(copy, file), overwrite: true);
                }
            };
            (await _world.Say(_ada, handoff, "said before")).Must();
            (await _world.Say(_ada, handoff, "said in the crash")).Must();
            _world.AtCommit = null;

            await using var after = World.Open(copy);
            await after.Heal();
            using var connection = after.Tables();
            var rows = Rows.Read(connection);
            var watch = new Invariants();
            watch.Check(rows);
            Assert.Multiple(() =>
            {
                Assert.That(watch.Broken, Is.Empty);
                Assert.That(rows.Entries[handoff.Value].Select(e => e.Text).OfType<string>(), Is.EqualTo((string[])["said before"]));
                Assert.That(rows.Items[(handoff.Value, 2)].Select(i => i.Body), Is.EqualTo((string[])["said before"]), "the sweeper carries what no ring told of");
            });
        }
        finally
        {
            Directory.Delete(copy, recursive: true);
        }
    }

    private async Task Limit(int pages)
    {
        _world.AtCommit = connection =>
        {
            using var pragma = connection.CreateCommand();
            pragma.CommandText = $"PRAGMA max_page_count={pages}";
            pragma.ExecuteNonQuery();
        };
        await _world.Gate.Do<Done>(_ => new(default(Done)), CancellationToken.None);
        _world.AtCommit = null;
    }

    /// <summary>Units that are sure to stand in one group, all answered.</summary>
    private async Task<Task<Outcome<Done>>[]> Together(params Unit[] units)
    {
        var answers = await Begin(units);
        await Settled(answers);
        return answers;
    }

    /// <summary>The gate is kept busy until all of them wait.</summary>
    private async Task<Task<Outcome<Done>>[]> Begin(Unit[] units)
    {
        var (busy, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        var hook = _world.AtCommit;
        _world.AtCommit = null;
        var first = _world.Gate.Do<Done>(
            async _ =>
            {
                busy.SetResult();
                await go.Task;
                return new Fault("refused", "It only kept the gate busy.");
            },
            CancellationToken.None);
        await busy.Task;
        var answers = units.Select(u => _world.Gate.Do(u.Run, CancellationToken.None)).ToArray();

        // The busy unit is in a group of its own, which commits without the hook.
        _world.AtCommit = _ => _world.AtCommit = hook;
        go.SetResult();
        await first;
        return answers;
    }

    private static async Task Settled(IEnumerable<Task> answers)
    {
        foreach (var answer in answers)
        {
            await answer.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default)
                .WaitAsync(TimeSpan.FromSeconds(30));
        }
    }

    private Unit Write(string body, Func<IUnit, ValueTask>? then = null) => new(async unit =>
    {
        await unit.StoreNote(new Note { Id = unit.OpId, Ticket = _ticket, Body = body, Author = _ada.Actor, At = unit.Now });
        try
        {
            if (then is not null)
            {
                await then(unit);
            }
        }
        catch (Refused)
        {
            return new Fault("refused", "As it was told.");
        }

        return default(Done);
    });

    private List<string> Notes()
    {
        using var connection = _world.Tables();
        return Rows.Each(connection, "SELECT body FROM note", r => r.GetString(0));
    }

    private sealed record Unit(Func<IUnit, ValueTask<Outcome<Done>>> Run);

    private sealed class Refused : Exception;
}
