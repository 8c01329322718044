using System.Data.Common;
using Exchange.Core.Handoffs;
using Exchange.Core.Kernel;
using Exchange.Edge.Tests.TestKit;
using NUnit.Framework;

namespace Exchange.Edge.Tests.Properties;

/// <summary>I13.</summary>
[TestFixtureSource(typeof(Engines))]
public sealed class When_stored_entries_are_changed(Engine engine)
{
    private string[] Tampering =>
    [
        $"UPDATE entry SET bytes = {engine.Reworded("said", "SAID")} WHERE seq = $seq",
        $"UPDATE entry SET body_hash = {engine.Zeros} WHERE seq = $seq",
        $"UPDATE entry SET hash = {engine.Zeros} WHERE seq = $seq",
        "UPDATE entry SET type = 'asked' WHERE seq = $seq",
        $"UPDATE entry SET op_id = {engine.AnyId} WHERE seq = $seq",
        "DELETE FROM entry WHERE seq = $seq",
        "DELETE FROM entry WHERE seq >= $seq",
        "UPDATE entry SET seq = 9999 WHERE seq = $seq; UPDATE entry SET seq = $seq WHERE seq = $seq + 1; UPDATE entry SET seq = $seq + 1 WHERE seq = 9999",
        "DELETE FROM entry WHERE seq = $seq; UPDATE entry SET seq = seq - 1 WHERE seq > $seq",
        $"UPDATE handoff SET head_hash = {engine.Zeros}",
        "UPDATE handoff SET last_seq = last_seq - 1",
    ];

    [Test]
    public async Task The_chain_shows_it([Range(0, 10)] int how)
    {
        await using var world = World.Open(engine);
        var (ada, bob) = (await world.Join("Ada"), await world.Join("Bob"));
        var handoff = await world.Running(ada, bob, await world.Link(ada, bob));
        for (var i = 0; i < 12; i++)
        {
            (await world.Say(i % 2 == 0 ? ada : bob, handoff, $"said {i}")).Must();
        }

        using var connection = world.Tables(write: true);
        Assert.That(Flaw(connection), Is.Null, "it was whole");
        for (var seq = 4; seq <= 14; seq++)
        {
            // Tampering from within, where foreign keys and triggers do not help.
            Run(connection, engine == Engine.SqlServer ? "BEGIN TRANSACTION" : "BEGIN");
            Run(connection, Tampering[how].Replace("$seq", seq.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal));
            var flaw = Flaw(connection);
            Run(connection, "ROLLBACK");
            Assert.That(flaw, Is.Not.Null, $"{Tampering[how]} at {seq}");
        }
    }

    [Test]
    public async Task A_log_that_is_rewritten_whole_differs_from_the_head_that_the_other_side_holds()
    {
        await using var world = World.Open(engine);
        var (ada, bob) = (await world.Join("Ada"), await world.Join("Bob"));
        var handoff = await world.Running(ada, bob, await world.Link(ada, bob));
        (await world.Say(ada, handoff, "as it was said")).Must();
        await world.Carry();
        var rows = world.Read();
        var receipt = rows.Receipts.Single(r => r.Seq == 4);
        var log = rows.Entries[handoff.Value].ToList();
        Assert.That(receipt.Head, Is.EqualTo(log[3].Hash), "the receipt is a witness of the head");

        var forged = Entry.Next(handoff, 4, Convert.FromHexString(log[2].Hash), log[3].OpId, Side.Placer, ada.Actor, world.Clock.GetUtcNow(),
            new Contracts.V1.CommentedData("as it was never said", []));
        var rewritten = log[..3].Append(new EntryRow(handoff.Value, 4, forged.OpId, forged.Type, 1, forged.Bytes, Convert.ToHexString(forged.BodyHash), Convert.ToHexString(forged.Hash)));
        Assert.Multiple(() =>
        {
            Assert.That(Chain.Flaw(rewritten, 4, Convert.ToHexString(forged.Hash)), Is.Null, "a forged log is whole in itself");
            Assert.That(Convert.ToHexString(forged.Hash), Is.Not.EqualTo(receipt.Head), "but the witness says otherwise");
        });
    }

    private static string? Flaw(DbConnection connection)
    {
        var rows = Rows.Read(connection);
        var handoff = rows.Handoffs.Single();
        return Chain.Flaw(rows.Entries[handoff.Id], handoff.LastSeq, handoff.HeadHash);
    }

    private static void Run(DbConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
