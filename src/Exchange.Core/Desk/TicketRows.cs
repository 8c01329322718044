using Exchange.Contracts.V1;
using Exchange.Core.Accounts;
using Exchange.Core.Handoffs;
using Exchange.Core.Kernel;
using Exchange.Core.Links;
using Exchange.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace Exchange.Core.Desk;

/// <summary>The handoff that says for whom a ticket waits, and why.</summary>
/// <param name="Out">Whether the ticket was handed over, or came from the partner.</param>
/// <param name="Countered">A counter-offer is open.</param>
/// <param name="Reason">Why it was declined, returned or put on hold; else null.</param>
/// <param name="PartnerActs">Whether the partner has to act; else it is the caller.</param>
/// <param name="Since">Since when.</param>
/// <param name="DueAt">By when; null where nothing says so.</param>
/// <param name="Stopped">Its clock stands still: the fulfiller waits for the placer, it is on hold, or the link is suspended.</param>
/// <param name="Suspended">The link is suspended.</param>
public sealed record RowStep(
    HandoffId Handoff,
    bool Out,
    AccountRef Partner,
    string? PartnerNumber,
    string State,
    bool Countered,
    string? Reason,
    bool PartnerActs,
    DateTimeOffset Since,
    DateTimeOffset? DueAt,
    bool Stopped,
    bool Suspended);

/// <summary>What a partner said last on a ticket, where nobody has answered since.</summary>
public sealed record RowWord(string Author, DateTimeOffset At);

/// <summary>A ticket as a list shows it.</summary>
/// <param name="Step">Null where no handoff has a say.</param>
/// <param name="Last">Null where there is none, or it was not asked for.</param>
public sealed record TicketRow(TicketView Ticket, RowStep? Step, RowWord? Last);

/// <summary>What happened on a company's tickets since a time.</summary>
/// <param name="Done">Resolved or closed, and changed since.</param>
public sealed record TicketsSince(int Opened, int Done);

/// <summary>Pages of tickets with all that a row shows, each in a bounded number of statements.</summary>
public sealed class TicketRows(TicketViews views, IDialect dialect, TimeProvider time)
{
    /// <summary>So far <see cref="Since"/> counts.</summary>
    public const int MostCounted = 1000;

    /// <param name="words">Whether to look who spoke last.</param>
    public async Task<Page<TicketRow>> List(Caller caller, TicketFilter filter, PageAsk page, bool words, CancellationToken ct)
    {
        var found = await views.List(caller, filter, page, ct);
        return new Page<TicketRow>(await Show(caller, found.Items, words, ct), found.Next);
    }

    /// <summary>One row by the ticket's number; null when the caller's account has none.</summary>
    public async Task<TicketRow?> One(Caller caller, long number, CancellationToken ct)
    {
        TicketId id;
        await using (var db = dialect.Read())
        {
            id = await db.Tickets.Where(Mine.Tickets(caller)).Where(t => t.Number == number).Select(t => t.Id).SingleOrDefaultAsync(ct);
        }

        return await views.One(caller, id, ct) is { } ticket ? (await Show(caller, [ticket], words: false, ct))[0] : null;
    }

    /// <summary>How many there are, but no more than <paramref name="most"/> are looked at.</summary>
    public async Task<int> Count(Caller caller, TicketFilter filter, int most, CancellationToken ct)
    {
        await using var db = dialect.Read();
        var tickets = await TicketLists.Narrow(db, caller, filter, time.Present(), ct);
        return await tickets.Select(t => t.Number).Take(most).CountAsync(ct);
    }

    public async Task<TicketsSince> Since(Caller caller, DateTimeOffset since, CancellationToken ct)
    {
        await using var db = dialect.Read();
        var mine = db.Tickets.Where(Mine.Tickets(caller));
        var newest = await mine.OrderByDescending(t => t.Number).Take(MostCounted).Select(t => t.CreatedAt).ToListAsync(ct);
        var done = await mine.Where(t => t.ChangedAt >= since).OrderByDescending(t => t.ChangedAt).Take(MostCounted).Select(t => t.Status).ToListAsync(ct);
        return new TicketsSince(newest.Count(at => at >= since), done.Count(status => status is TicketStatus.Resolved or TicketStatus.Closed));
    }

    private async Task<List<TicketRow>> Show(Caller caller, IReadOnlyList<TicketView> tickets, bool words, CancellationToken ct)
    {
        await using var db = dialect.Read();
        var ids = tickets.Select(t => t.Id).ToList();
        var handed = tickets.Any(t => t.Handoffs.Count > 0);
        var steps = handed ? await Steps(db, ids, ct) : Array.Empty<Tied>().ToLookup(t => t.Tie.Ticket);
        var reasons = await Reasons(db, [.. steps.SelectMany(s => s).Where(s => s.Tie.State is HandoffState.Declined or HandoffState.Returned or HandoffState.OnHold).Select(s => s.Tie.Handoff)], ct);
        var last = words && handed ? await RowWords.Last(db, ids, ct) : [];
        var now = time.Present();
        return [.. tickets.Select(t => new TicketRow(t, Step(t, steps[t.Id], reasons, now), last.GetValueOrDefault(t.Id)))];
    }

    private static async Task<ILookup<TicketId, Tied>> Steps(ExchangeDb db, List<TicketId> ids, CancellationToken ct) => (await (
        from tie in db.TicketHandoffs
        where ids.Contains(tie.Ticket)
        join partner in db.Accounts on tie.Partner equals partner.Id
        join handoff in db.Handoffs on tie.Handoff equals handoff.Id
        join link in db.Links on handoff.Link equals link.Id
        select new Tied(tie, partner.Name, handoff.Ball, handoff.BallSince, handoff.DueAt, handoff.Counter != null, handoff.OverAt, link.SuspendedSince)).ToListAsync(ct))
        .ToLookup(s => s.Tie.Ticket);

    /// <summary>The last of each: a handoff can be on hold more than once.</summary>
    private static async Task<Dictionary<HandoffId, string>> Reasons(ExchangeDb db, List<HandoffId> handoffs, CancellationToken ct)
    {
        string[] types = [EntryTypes.Declined, EntryTypes.Returned, EntryTypes.Held];
        var entries = handoffs.Count == 0 ? [] : await db.Entries.Where(e => handoffs.Contains(e.Handoff) && types.Contains(e.Type)).ToListAsync(ct);
        return entries.GroupBy(e => e.Handoff).ToDictionary(g => g.Key, g => g.MaxBy(e => e.Seq)!.Body.Data switch
        {
            DeclinedData declined => declined.Reason,
            ReturnedData returned => returned.Reason,
            HeldData held => held.Reason,
            _ => "",
        });
    }

    /// <summary>
    /// What the placer has to decide comes first, then what a partner has to do, then one's own work for a placer; a handoff that came
    /// to nothing has a say while nobody has dealt with it. Of several the one that is due first.
    /// </summary>
    private static RowStep? Step(TicketView ticket, IEnumerable<Tied> tied, Dictionary<HandoffId, string> reasons, DateTimeOffset now)
    {
        var undone = ticket.Status == TicketStatus.Check.Word();
        var first = tied.Select(s => (Tied: s, Rank: Rank(s, undone), Due: Suspension.Moved(s.DueAt, s.SuspendedSince, now)))
            .Where(s => s.Rank is not null).OrderBy(s => s.Rank).ThenBy(s => s.Due ?? DateTimeOffset.MaxValue).ThenBy(s => s.Tied.Tie.Handoff.Value).FirstOrDefault();
        if (first.Tied is not { } step)
        {
            return null;
        }

        var (tie, suspended) = (step.Tie, step.SuspendedSince is not null && step.OverAt is null);
        return new RowStep(
            tie.Handoff, tie.Side == Side.Placer, new AccountRef(tie.Partner, step.Partner), tie.PartnerNumber, tie.State.Word(), step.Countered,
            reasons.GetValueOrDefault(tie.Handoff), step.Ball is { } ball && ball != tie.Side, step.OverAt ?? step.BallSince, step.OverAt is null ? first.Due : null,
            suspended || (step.OverAt is null && tie.State is HandoffState.WaitingPlacer or HandoffState.OnHold), suspended);
    }

    private static int? Rank(Tied step, bool undone) => (step.Tie.Side, step.Ball) switch
    {
        (Side.Placer, Side.Placer) => 0,
        (Side.Placer, null) => undone && !step.Tie.DealtWith && step.Tie.State is HandoffState.Declined or HandoffState.Expired or HandoffState.Returned or HandoffState.Severed ? 1 : null,
        (Side.Placer, _) => 2,
        (_, Side.Placer) => 3,
        (_, Side.Fulfiller) => 4,
        _ => null,
    };

    private sealed record Tied(
        TicketHandoff Tie, string Partner, Side? Ball, DateTimeOffset BallSince, DateTimeOffset? DueAt, bool Countered, DateTimeOffset? OverAt, DateTimeOffset? SuspendedSince);
}
