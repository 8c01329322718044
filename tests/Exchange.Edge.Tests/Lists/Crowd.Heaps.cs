using System.Data.Common;
using Exchange.Core.Desk;
using Exchange.Core.Handoffs;
using Exchange.Core.Kernel;
using Exchange.Edge.Tests.TestKit;

namespace Exchange.Edge.Tests.Lists;

/// <content>What lies on one heap: a long conversation with many files, a long log, many events, keys and partners of one company.</content>
internal sealed partial class Crowd
{
    public HandoffId First { get; private set; }

    /// <summary>Ada's ticket of the first handoff.</summary>
    public TicketId Ticket { get; private set; }

    /// <summary>A field of Ada's: a third of her tickets are at each of three halls, and few at the annex.</summary>
    public Guid Site { get; private set; }

    /// <summary>A date, in one of eighty years.</summary>
    public Guid Visit { get; private set; }

    private async Task<Guid> AddField(string label, string kind) => (await World.Ask<AddField, FieldId>(new AddField(label, kind, null, null, null), Ada)).Must().Value;

    private IEnumerable<string> OwnFields(Engine engine)
    {
        (Guid Field, string Value)[] values = [(Site, "CASE WHEN t.number % 500 = 1 THEN 'annex' ELSE 'hall ' || (t.number % 3) END"), (Visit, "'20' || (10 + t.number % 80) || '-01-01'")];
        return values.Select(v => $"INSERT INTO ticket_value (ticket, field, account, number, text, sort) SELECT t.id, {engine.Constant(v.Field)}, t.account, t.number, {v.Value}, {v.Value} FROM ticket t WHERE t.account = {engine.Constant(Ada.Account.Value)}");
    }

    private async Task Talk(HandoffId first)
    {
        (First, Ticket) = (first, new TicketId(World.Read().Bonds.Single(b => b.Handoff == first.Value && b.Side == 1).Ticket));
        (await World.Say(Ada, first, "Is anybody there?")).Must();
        (await World.Ask<CommentOnTicket, Said>(new CommentOnTicket(Ticket, "They are slow", "internal", null, null, null, null), Ada)).Must();
        (await World.Upload(Ada, Ticket, null, null, "plan.txt", [1, 2, 3])).Must();
        await World.Carry();
    }

    private IEnumerable<string> Heaps(DbConnection c, Engine engine, string id, string one, int count)
    {
        var (ada, ticket) = (engine.Constant(Ada.Account.Value), engine.Constant(Ticket.Value));
        var hash = engine == Engine.Sqlite ? "randomblob(32)" : "sha256(gen_random_uuid()::text::bytea)";
        var many = $"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {count}) ";
        var some = $"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {Math.Min(count, 2000)}) ";
        yield return many + Copy(c, "entry", "x", $"entry x CROSS JOIN n WHERE x.handoff = {one} AND x.type = 'commented'", ("seq", "100 + n.i"), ("op_id", id));
        yield return many + Copy(c, "partner_item", "x", $"partner_item x CROSS JOIN n WHERE x.handoff = {one} AND x.kind = 'comment' AND x.desk = 1",
            ("seq", "100 + n.i"), ("number", "100 + 3 * n.i"), ("id", id));
        yield return many + Copy(c, "note", "x", $"note x CROSS JOIN n WHERE x.ticket = {ticket}", ("id", id), ("number", "101 + 3 * n.i"));
        yield return many + Copy(c, "desk_file", "x", $"desk_file x CROSS JOIN n WHERE x.ticket = {ticket}", ("id", id), ("number", "102 + 3 * n.i"));
        yield return $"UPDATE ticket SET last_item = {200 + (3 * count)} WHERE id = {ticket}";
        yield return $"INSERT INTO account_event (account, number, handoff, seq) SELECT {ada}, 1000 + row_number() OVER (), h.id, 1 FROM handoff h WHERE h.parent IS NULL AND h.id <> {one}";
        yield return some + Copy(c, "api_key", "x", $"api_key x CROSS JOIN n WHERE x.account = {ada}", ("id", id), ("hash", hash), ("prefix", "'crowd-' || n.i"));
        yield return some + Copy(c, "account", "x", $"account x CROSS JOIN n WHERE x.id = {ada}", ("id", id), ("slug", "'crowd-' || n.i"));
        yield return Copy(c, "link", "x", $"link x CROSS JOIN account a WHERE (x.inviter = {ada} OR x.invitee = {ada}) AND a.slug LIKE 'crowd-%'",
            ("id", id), ("invitee", "a.id"), ("pair", "a.slug"), ("invite_hash", hash));
        yield return Copy(c, "terms", "x", $"terms x CROSS JOIN link l JOIN handoff h ON h.id = {one} AND x.link = h.link WHERE l.pair LIKE 'crowd-%'", ("link", "l.id"));
    }
}
