using System.Text.Json;
using Exchange.Core.Desk;
using Exchange.Core.Events;
using Exchange.Core.Handoffs;
using Exchange.Core.Kernel;
using Exchange.Core.Links;
using Exchange.Core.Store;
using Exchange.Edge.Tests.TestKit;

namespace Exchange.Edge.Tests.Properties;

/// <content>What holds once nothing is under way.</content>
internal sealed partial class RandomRun
{
    private static readonly PageAsk Whole = new(PageAsk.MaxLimit, null);

    /// <summary>Whoever has suspended a link resumes it, and a month passes: nothing is kept and nothing is due any more.</summary>
    private async Task End()
    {
        await Quiet();
        foreach (var link in _links.FindAll(l => l.Suspended))
        {
            foreach (var account in link.SuspendedBy.ToList())
            {
                await Perform(OnLink(link, "resume", account));
            }
        }

        await Quiet();
        await Stroll(TimeSpan.FromDays(30));
        await Quiet(atTheEnd: true);
        NoTimerIsLeft();
    }

    private async Task Quiet(bool atTheEnd = false)
    {
        _story.Add("quiet");
        if (_chance.Next(2) == 0)
        {
            await _bus.DeliverAll();
        }
        else
        {
            _bus.Lose();
        }

        var sweeps = await _world.Heal();
        Observe();
        await _world.CheckFiles();
        var rows = _world.Read();
        Require(sweeps <= 4, $"I6: {sweeps} sweeps were not enough");
        var suspended = _links.Where(l => l.Suspended).Select(l => l.Id.Value).ToHashSet();
        var flowing = rows.Handoffs.Where(h => !suspended.Contains(h.Link)).ToDictionary(h => h.Id);
        Require(rows.Bonds.All(b => !flowing.TryGetValue(b.Handoff, out var h) || b.Applied == h.LastSeq), "I6: a bond is still behind");
        Require(flowing.Values.All(h => !h.Unsettled), "I6: a handoff is not settled");
        LinksAreWhatTheyShould(rows);
        LogsAreTheActs(rows);
        DesksFollow(rows);
        TicketsSayWhatTheirHandoffsSay(rows, suspended);
        FilesAreWhole(rows);
        await BothSidesAgree(rows);
        await NothingStrays(rows, atTheEnd);
    }

    private void LinksAreWhatTheyShould(Rows rows)
    {
        foreach (var link in _links)
        {
            var state = rows.Links.Single(l => l.Id == link.Id.Value).State;
            Require(state == link.State, $"{Name(link)} should be {link.State} and is {state}");
        }
    }

    /// <summary>What is over is not asked for again and again.</summary>
    private void NoTimerIsLeft()
    {
        using var connection = _world.Tables();
        var left = Rows.Each(connection, "SELECT kind, subject FROM timer", r => (Kind: r.GetString(0), Subject: Rows.Id(r, 1)));
        foreach (var (kind, subject) in left)
        {
            Require(_handoffs.Find(h => h.Id == subject) is not { Over: true }, $"a timer {kind} is left of a handoff that is over");
        }
    }

    /// <summary>I7: the entries are the accepted acts, and nothing else.</summary>
    private void LogsAreTheActs(Rows rows)
    {
        foreach (var handoff in _handoffs)
        {
            var (should, does) = (handoff.Log, rows.Entries[handoff.Id].Select(e => (e.Side, e.State)).ToList());
            Require(should.SequenceEqual(does), $"I7: the log of {Name(handoff)} is [{string.Join(", ", does)}] and the acts were [{string.Join(", ", should)}]");
        }
    }

    /// <summary>I8: each desk has the states and the status that semantics 5 gives.</summary>
    private void DesksFollow(Rows rows)
    {
        foreach (var ticket in _tickets)
        {
            var row = rows.Tickets.Single(t => t.Id == ticket.Id);
            foreach (var tie in ticket.Ties)
            {
                var known = rows.Ties.Single(t => t.Ticket == ticket.Id && t.Handoff == tie.Handoff.Id);
                Require(known.State == tie.State && known.Open == tie.Open && (tie.Handoff.Link.Suspended || known.State == tie.Handoff.State),
                    $"I8: {Name(tie.Handoff)} is {tie.Handoff.State}, and the desk of {_callers[ticket.Account].AccountName} should say {tie.State} and says {known.State}");
            }

            Require(row.Status == ticket.Status && row.IsMirror == ticket.IsMirror,
                $"I8: {Name(ticket)} should be {ticket.Status}{(ticket.IsMirror ? ", a mirror" : "")} and is {row.Status}{(row.IsMirror ? ", a mirror" : "")}; it knows {string.Join(", ", ticket.Ties.Select(t => $"{Name(t.Handoff)} side {t.Side} {t.State}{(t.DealtWith ? ", dealt with" : "")}"))}");
        }

        Require(rows.Tickets.Count == _tickets.Count, "I1: there are tickets that nobody made");
    }

    /// <summary>For whom a ticket waits is kept with it, and not before when: it is what its handoffs say, unless something for its desk is kept on a suspended link.</summary>
    private void TicketsSayWhatTheirHandoffsSay(Rows rows, HashSet<Guid> suspended)
    {
        const string Steps = "FROM ticket_handoff tie JOIN handoff h ON h.id = tie.handoff WHERE tie.ticket = t.id AND h.over_at IS NULL";
        using var connection = _world.Tables();
        var told = Rows.Each(
            connection,
            $"""
            SELECT t.id, t.waiting_for, t.due_at, t.status,
              (SELECT COUNT(*) {Steps} AND tie.side = 1 AND h.ball = 1), (SELECT COUNT(*) {Steps} AND tie.side = 1 AND h.ball = 2),
              (SELECT COUNT(*) {Steps} AND tie.side = 2 AND h.ball = 1), (SELECT MIN(h.due_at) {Steps})
            FROM ticket t
            """,
            r => (Id: Rows.Id(r, 0), Whom: r.IsDBNull(1) ? null : r.GetString(1), Due: r.IsDBNull(2) ? (long?)null : r.GetInt64(2), Status: r.GetString(3),
                Mine: r.GetInt64(4), Out: r.GetInt64(5), In: r.GetInt64(6), First: r.IsDBNull(7) ? (long?)null : r.GetInt64(7)));
        var kept = rows.Bonds.Where(b => rows.Handoffs.Single(h => h.Id == b.Handoff) is var h && suspended.Contains(h.Link) && b.Applied < h.LastSeq).Select(b => b.Ticket).ToHashSet();
        foreach (var t in told.Where(t => !kept.Contains(t.Id)))
        {
            var whom = t.Mine > 0 ? "me" : t.Out + t.In > 0 ? "partner" : t.Status is "closed" or "resolved" ? null : "me";
            Require(t.Whom == whom && t.Due is null == t.First is null && !(t.Due > t.First),
                $"the ticket {t.Id} ({t.Status}) should wait for {whom ?? "nobody"} until {t.First}, and it says {t.Whom ?? "nobody"}, {t.Due}");
        }
    }

    /// <summary>I12: what a partner shows has the announced hash, and every file that came was checked.</summary>
    private void FilesAreWhole(Rows rows)
    {
        foreach (var file in rows.Files)
        {
            using var bytes = _world.Blobs.Open(new BlobId(file.Blob));
            Require(file.State == "available" && bytes is not null
                && Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes)) == file.Sha256, $"I12: file {file.Id} is {file.State}");
        }
    }

    private async Task BothSidesAgree(Rows rows)
    {
        foreach (var handoff in _handoffs)
        {
            var id = new HandoffId(handoff.Id);
            var (one, other) = (await Entries(handoff.Placer, id), await Entries(handoff.Fulfiller, id));
            if (handoff.Link.Suspended)
            {
                await EachSeesWhatItHas(handoff, rows, one, other);
                continue;
            }

            var placer = await History(handoff.Placer, id);
            var fulfiller = await History(handoff.Fulfiller, id);
            if (handoff.Over && !handoff.Accepted)
            {
                placer = [.. placer.Where(line => !handoff.Offer.Contains(long.Parse(line.Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture)))];
            }

            Require(placer.SequenceEqual(fulfiller, StringComparer.Ordinal),
                $"I8: of {Name(handoff)} the placer sees\n      {string.Join("\n      ", placer)}\n    and the fulfiller\n      {string.Join("\n      ", fulfiller)}");
            Require(one.SequenceEqual(other, StringComparer.Ordinal) && one.Count == handoff.Log.Count, $"I8: the two lists of entries of {Name(handoff)} differ");
        }
    }

    /// <summary>While suspended: the log up to the other side's first entry that has not come; one's own items at once, as kept.</summary>
    private async Task EachSeesWhatItHas(MHandoff handoff, Rows rows, IReadOnlyList<string> placer, IReadOnlyList<string> fulfiller)
    {
        foreach (var (side, seen) in ((int, IReadOnlyList<string>)[])[(1, placer), (2, fulfiller)])
        {
            var log = rows.Entries[handoff.Id].ToList();
            var withheld = log.Where(e => e.Side != side && !Came(e, side)).Select(e => e.Seq).ToHashSet();
            var end = withheld.Count == 0 ? log.Count : withheld.Min() - 1;
            Require(seen.Count == end, $"kept: side {side} of {Name(handoff)} sees {seen.Count} entries, and should see {end}");
            foreach (var item in await Items(side == 1 ? handoff.Placer : handoff.Fulfiller, new HandoffId(handoff.Id)))
            {
                Require(!withheld.Contains(item.Seq!.Value), $"kept: side {side} of {Name(handoff)} sees item {item.Seq}");
                var kept = log[(int)item.Seq!.Value - 1] is var entry && entry.Side == side && !Came(entry, 3 - side);
                Require(kept == (item.Receipt?.State == "kept"), $"kept: the receipt of item {item.Seq} of {Name(handoff)} is {item.Receipt?.State ?? "absent"}");
            }
        }

        // Without a ticket there is no cursor: then it is what was said before.
        bool Came(EntryRow entry, int to) => handoff.Applied.TryGetValue(to, out var applied) ? entry.Seq <= applied : entry.At < handoff.Link.SuspendedSince;
    }

    private async Task<IReadOnlyList<CommentView>> Items(int account, HandoffId id)
    {
        var caller = _callers[account];
        var page = await _world.Get<ConversationViews>().OfHandoff(caller, id, Whole, CancellationToken.None)
            ?? await _world.Get<HandoffViews>().Said(caller, id, Whole, CancellationToken.None);
        return page!.Items;
    }

    private async Task<IReadOnlyList<string>> History(int account, HandoffId id) =>
        [.. (await Items(account, id)).Select(c =>
            $"{c.Seq} {c.Id} {c.Kind} {c.Body} {c.Retracted} {c.Author.Name} of {(c.Author.Name == "Exchange" ? "nobody" : c.Author.Account.Name)} at {c.At:O} {string.Join(',', c.Files.Select(f => $"{f.Name}/{f.Size}/{f.Sha256}").Order(StringComparer.Ordinal))}")];

    private async Task<IReadOnlyList<string>> Entries(int account, HandoffId id) =>
        [.. (await _world.Get<HandoffViews>().Entries(_callers[account], id, Whole, raw: false, CancellationToken.None))!.Items.Select(e => $"{e.Seq} {e.OpId} {e.BodyHash} {e.Hash}")];

    /// <summary>I10.</summary>
    private async Task NothingStrays(Rows rows, bool inViewsToo)
    {
        var tickets = rows.Tickets.ToDictionary(t => t.Id, t => _callers.FindIndex(c => c.Account.Value == t.Account));
        var strays = _canaries.StraysIn(_world, (table, row) => table switch
        {
            "note" => $"note:{tickets[Id(row, "ticket")]}",
            "customer_message" => $"msg:{tickets[Id(row, "ticket")]}",
            "ticket" or "ticket_word" => $"t:{_callers.FindIndex(c => c.Account.Value == Id(row, "account"))}",
            "handoff" => $"h:{Id(row, "id")}",
            "sealed" => $"s:{Id(row, "handoff")}",
            "suspension" => $"l:{Id(row, "link")}",
            "link" => $"l:{Id(row, "id")}",
            "entry" => Of(Id(row, "handoff"), (long)row["seq"]),
            "partner_item" => Of(Id(row, "handoff"), (long)row["seq"]),
            "desk_file" => (string)row["audience"] == "partner" ? FileOf(Id(row, "handoff"), Id(row, "shared"), rows) : $"file:{_callers.FindIndex(c => c.Account.Value == Id(row, "account"))}",
            _ => null,
        }).ToList();
        strays.AddRange(_world.Log.Lines.SelectMany(line => _canaries.Strays(line, (string?)null).Select(w => $"I10: {w} stands in the log: {line}")));
        strays.AddRange(_bus.Sent.SelectMany(m => _canaries.Strays(JsonSerializer.Serialize(m), (string?)null)).Select(w => $"I10: {w} went over the bus"));
        foreach (var caller in Enumerable.Range(0, inViewsToo ? _callers.Count : 0))
        {
            var seen = await Everything(caller) + await ChainsAreAsTheTermsShowThem(caller);
            strays.AddRange(Strangers(caller).Where(s => seen.Contains(s.Id.ToString(), StringComparison.OrdinalIgnoreCase))
                .Select(s => $"I10: {_callers[caller].AccountName} sees {s.What}"));
            strays.AddRange(_canaries.Strays(seen, place => Sees(caller, place)).Select(w => $"I10: {_callers[caller].AccountName} sees {w}"));
        }

        Require(strays.Count == 0, string.Join("\n", strays.Take(4)));
    }

    private string Of(Guid handoff, long seq) => _handoffs.Single(h => h.Id == handoff).Offer.Contains(seq) ? $"o:{handoff}" : $"h:{handoff}";

    private string FileOf(Guid handoff, Guid shared, Rows rows) =>
        Of(handoff, rows.Entries[handoff].First(e => e.Files.Any(f => f.Id == shared)).Seq);

    private bool Sees(int account, string place)
    {
        var (kind, of) = (place.Split(':')[0], place.Split(':')[1]);
        if (kind == "s")
        {
            return false;
        }

        if (kind == "l")
        {
            return _links.Exists(l => l.Id.Value == Guid.Parse(of) && l.Ties(account));
        }

        if (kind is not ("h" or "o"))
        {
            return of == account.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        var handoff = _handoffs.Single(h => h.Id == Guid.Parse(of));
        return handoff.Placer == account || (handoff.Fulfiller == account && (kind == "h" || !handoff.Over || handoff.Accepted));
    }

    /// <summary>But for the view of the chain, nobody sees more of it than the next hop: no other company, handoff or ticket.</summary>
    private IEnumerable<(Guid Id, string What)> Strangers(int account) =>
        Enumerable.Range(0, _callers.Count).Where(other => other != account && !_links.Exists(l => l.Ties(account, other)))
            .Select(other => (_callers[other].Account.Value, _callers[other].AccountName))
            .Concat(_handoffs.Where(h => !h.Involves(account)).Select(h => (h.Id, Name(h))))
            .Concat(_tickets.Where(t => t.Account != account).Select(t => (t.Id, Name(t))))
            .Concat(_links.Where(l => !l.Ties(account)).Select(l => (l.Id.Value, Name(l))));

    /// <summary>All that the product shows one company.</summary>
    private async Task<string> Everything(int account)
    {
        var caller = _callers[account];
        var shown = new List<object?> { await _world.Get<LinkViews>().List(caller, null, Whole, CancellationToken.None) };
        foreach (var ticket in (await _world.Get<TicketViews>().List(caller, new TicketFilter(), Whole, CancellationToken.None)).Items)
        {
            shown.Add(ticket);
            shown.Add(await _world.Get<ConversationViews>().OfTicket(caller, ticket.Id, Whole, CancellationToken.None));
            shown.Add(await _world.Get<FileViews>().List(caller, ticket.Id, Whole, CancellationToken.None));
        }

        foreach (var handoff in _handoffs.Select(h => new HandoffId(h.Id)))
        {
            shown.Add(await _world.Get<HandoffViews>().One(caller, handoff, CancellationToken.None));
            shown.Add(await _world.Get<HandoffViews>().Entries(caller, handoff, Whole, raw: false, CancellationToken.None));
            shown.Add(await _world.Get<HandoffViews>().Said(caller, handoff, Whole, CancellationToken.None));
            shown.Add(await _world.Get<ConversationViews>().OfHandoff(caller, handoff, Whole, CancellationToken.None));
        }

        await _world.Get<Sequencer>().NumberPending(CancellationToken.None);
        shown.Add(await _world.Get<EventViews>().After(caller, 0, int.MaxValue, CancellationToken.None));
        return JsonSerializer.Serialize(shown);
    }

    private static Guid Id(Dictionary<string, object> row, string column) => TestKit.Rows.Id(row[column]);

    private static void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new PropertyBroken(otherwise);
        }
    }
}
