using System.Data.Common;
using Exchange.Core.Handoffs;
using Exchange.Core.Kernel;
using Exchange.Edge.Tests.TestKit;

namespace Exchange.Edge.Tests.Lists;

/// <summary>Many handoffs and tickets, copied below the API from one that was made through it: Ada's to Bob, some handed on to Cid, some parked.</summary>
internal sealed partial class Crowd : IAsyncDisposable
{
    private const string StateOf = "CASE n.i % 8 WHEN 0 THEN 'offered' WHEN 1 THEN 'accepted' WHEN 3 THEN 'waiting_placer' WHEN 4 THEN 'on_hold' WHEN 5 THEN 'resolved' WHEN 6 THEN 'closed' ELSE 'in_progress' END";

    private const string Row = "(row_number() OVER ())";

    private Crowd(World world, Caller ada, Caller bob, Caller cid) => (World, Ada, Bob, Cid) = (world, ada, bob, cid);

    public World World { get; }

    public Caller Ada { get; }

    public Caller Bob { get; }

    public Caller Cid { get; }

    public static Task<Crowd> Gather(Engine engine, int count) => Gather(World.Open(engine), count);

    /// <param name="world">Goes with the crowd.</param>
    public static async Task<Crowd> Gather(World world, int count)
    {
        var crowd = new Crowd(world, await world.Join("Ada"), await world.Join("Bob"), await world.Join("Cid"));
        var down = await world.Link(crowd.Bob, crowd.Cid);
        var first = await world.Running(crowd.Ada, crowd.Bob, await world.Link(crowd.Ada, crowd.Bob));
        var mirror = new TicketId(world.Read().Bonds.Single(b => b.Handoff == first.Value && b.Side == 2).Ticket);
        var child = await world.Offer(crowd.Bob, mirror, down);
        await world.Carry();
        await crowd.Talk(first);
        (crowd.Site, crowd.Visit) = (await crowd.AddField("Site", "text"), await crowd.AddField("Visit", "date"));
        await using var connection = world.Tables(write: true);
        foreach (var sql in crowd.Sql(connection, world.Engine, count, first, child))
        {
            await Engine.Run(connection, sql);
        }

        return crowd;
    }

    public ValueTask DisposeAsync() => World.DisposeAsync();

    private IEnumerable<string> Sql(DbConnection c, Engine engine, int count, HandoffId first, HandoffId child)
    {
        var (id, one, other) = (engine == Engine.Sqlite ? "randomblob(16)" : "gen_random_uuid()", engine.Constant(first.Value), engine.Constant(child.Value));
        var now = Core.Store.Micros.Of(World.Clock.GetUtcNow());
        var hour = 3_600_000_000L;
        yield return $"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {count}) " + Copy(c, "handoff", "x", $"handoff x CROSS JOIN n WHERE x.id = {one}",
            ("id", id), ("root", id), ("placer_ticket", id), ("state", StateOf),
            ("ball", "CASE WHEN n.i % 8 IN (3, 5) THEN 1 WHEN n.i % 8 = 6 THEN NULL ELSE 2 END"),
            ("over_at", $"CASE WHEN n.i % 8 = 6 THEN {now} END"),
            ("due_at", $"CASE WHEN n.i % 8 IN (5, 6) THEN NULL ELSE {now} + (n.i % 1000 - 50) * {hour} + n.i END"));
        yield return Copy(c, "handoff", "x", $"handoff x CROSS JOIN handoff p WHERE x.id = {other} AND p.parent IS NULL AND p.id <> {one} AND p.state = 'in_progress' AND p.due_at % 3 = 0",
            ("id", id), ("parent", "p.id"), ("placer_ticket", id), ("state", "CASE WHEN p.due_at % 2 = 0 THEN 'in_progress' ELSE 'waiting_placer' END"),
            ("ball", "CASE WHEN p.due_at % 2 = 0 THEN 2 ELSE 1 END"));
        yield return Copy(c, "entry", "x", $"entry x CROSS JOIN handoff h WHERE x.handoff = {one} AND x.seq = 1 AND h.id NOT IN ({one}, {other})", ("handoff", "h.id"), ("op_id", id));
        yield return Copy(c, "bond", "x", $"bond x CROSS JOIN handoff h WHERE x.handoff = {one} AND x.side = 2 AND h.id NOT IN ({one}, {other}) AND h.parent IS NULL",
            ("handoff", "h.id"), ("applied_seq", "0"), ("parked_at", $"CASE WHEN h.state = 'on_hold' THEN {now} + h.due_at % 1000 END"), ("parked_cause", "CASE WHEN h.state = 'on_hold' THEN 'no mapping' END"));
        yield return Copy(c, "ticket", "x", $"ticket x JOIN bond b ON b.ticket = x.id AND b.handoff = {one} AND b.side = 1 CROSS JOIN handoff h WHERE h.parent IS NULL AND h.id <> {one}",
            ("id", "h.placer_ticket"), ("number", "1000 + row_number() OVER ()"), ("status", "CASE WHEN h.ball = 1 THEN 'check' WHEN h.ball IS NULL THEN 'closed' ELSE 'with_partner' END"),
            ("waiting_for", "CASE WHEN h.ball = 1 THEN 'me' WHEN h.ball = 2 THEN 'partner' END"), ("due_at", "h.due_at"),
            ("changed_at", $"x.changed_at + {Row} * 7919 % 100003"), ("priority", $"CASE {Row} % 10 WHEN 0 THEN 'urgent' WHEN 1 THEN 'high' ELSE 'normal' END"),
            ("assignee", $"CASE WHEN {Row} % 3 = 0 THEN NULL WHEN {Row} % 500 = 1 THEN 'Rita' ELSE 'Tom' END"),
            ("category", $"CASE WHEN {Row} % 4 = 0 THEN 'pumps' WHEN {Row} % 500 = 1 THEN 'boats' END"));
        yield return Copy(c, "ticket_handoff", "x", $"ticket_handoff x CROSS JOIN handoff h WHERE x.handoff = {one} AND x.side = 1 AND h.parent IS NULL AND h.id <> {one}",
            ("ticket", "h.placer_ticket"), ("handoff", "h.id"), ("state", "h.state"));
        foreach (var sql in Heaps(c, engine, id, one, Math.Min(count, 20_000)))
        {
            yield return sql;
        }

        foreach (var sql in OwnFields(engine))
        {
            yield return sql;
        }

        yield return "ANALYZE";
    }

    /// <summary>Copies rows with some columns changed.</summary>
    private static string Copy(DbConnection connection, string table, string alias, string from, params (string Column, string Value)[] changes)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT * FROM {table} LIMIT 0";
        using var reader = command.ExecuteReader();
        var columns = Enumerable.Range(0, reader.FieldCount).Select(reader.GetName).ToList();
        var values = columns.Select(name => changes.SingleOrDefault(c => c.Column == name).Value ?? $"{alias}.{name}");
        return $"INSERT INTO {table} ({string.Join(", ", columns)}) SELECT {string.Join(", ", values)} FROM {from}";
    }
}
