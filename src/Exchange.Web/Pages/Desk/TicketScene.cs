using Exchange.Core.Accounts;
using Exchange.Core.Desk;
using Exchange.Core.Handoffs;
using Exchange.Core.Kernel;
using Exchange.Core.Links;
using Exchange.Core.Store;
using Exchange.Web.Shell;

namespace Exchange.Web.Pages.Desk;

/// <summary>One handoff of a ticket, as this company stands to it.</summary>
/// <param name="Log">Its last entries, oldest first.</param>
public sealed record Partnership(HandoffView Handoff, LinkView? Link, IReadOnlyList<EntryView> Log)
{
    public bool Incoming => Handoff.Direction == "in";

    public bool IsOpen => Handoff.OverAt is null;

    public string Partner => Other.Account.Name;

    /// <summary>Their ticket's number; null before there is one.</summary>
    public string? Number => Other.TicketNumber;

    public string NameAndNumber => Number is null ? Partner : $"{Partner} · {Number}";

    public string OwnSide => Incoming ? "fulfiller" : "placer";

    public bool HasBall => Handoff.Ball is { } ball && ball.Side != OwnSide;

    /// <summary>They have asked, and a text to them is the answer.</summary>
    public bool WaitsForAnswer => Handoff.Allowed.Contains("answer", StringComparer.Ordinal);

    public bool IsSuspended => Link?.State == "suspended";

    private SideView Other => Incoming ? Handoff.Placer : Handoff.Fulfiller;
}

/// <summary>A company or person that a text can go to: one of the composer's doors.</summary>
/// <param name="Name">Who reads it.</param>
/// <param name="Answers">The text answers the question that the partner waits on.</param>
/// <param name="Closed">Why nobody can write there; null where one can.</param>
public sealed record Reader(string Audience, HandoffId? Handoff, string Name, string? Number, bool Answers, string? Closed, Partnership? With)
{
    /// <summary>What the radio button of the door posts.</summary>
    public string Value => Handoff is { } id ? $"{Audience}:{id}" : Audience;

    /// <summary>What the button under the sentence posts: who reads it, as the person was told.</summary>
    public string Says => $"{Value}|{Name}|{(Answers ? "answers" : "")}";
}

/// <summary>All that the page of a ticket shows besides its conversation.</summary>
public sealed record TicketScene(TicketView Ticket, IReadOnlyList<Partnership> Partners, ThreadCounts Counts)
{
    /// <summary>Changes with what the composer's doors show, so that an open page knows when its own are old.</summary>
    public static string Doors(IEnumerable<Reader> readers) =>
        string.Join('\n', readers.Select(r => $"{r.Says}|{r.Number}|{r.Closed}|{r.With?.IsSuspended}"));

    public Partnership? Incoming => Partners.FirstOrDefault(p => p.Incoming && p.IsOpen) ?? Partners.LastOrDefault(p => p.Incoming);

    public IEnumerable<Partnership> Open => Partners.Where(p => p.IsOpen);

    public IEnumerable<Partnership> Over => Partners.Where(p => !p.IsOpen);

    public IEnumerable<Partnership> Outgoing => Partners.Where(p => !p.Incoming);

    /// <summary>Who has the ball, of those that one shares this ticket with; null where it is one's own, or nobody's.</summary>
    public Partnership? Holder => Ticket.WaitingFor == "partner" ? Open.OrderBy(p => p.Incoming).FirstOrDefault(p => p.HasBall) : null;

    public Partnership? Of(HandoffId id) => Partners.FirstOrDefault(p => p.Handoff.Id == id);

    /// <summary>The doors, in the order in which they stand: the customer left, one's own room, the partners right.</summary>
    public IReadOnlyList<Reader> Readers(string company, Texts t)
    {
        var customer = Ticket.Contact?.Name ?? t["The customer"];
        var closed = Ticket.Mirror
            ? Ticket.Contact is { } contact ? t["The customer is closed here: {0} is {1}’s.", contact.Name, Incoming?.Partner] : t["The customer is closed here: the customer is {0}’s.", Incoming?.Partner]
            : null;
        return
        [
            new Reader("customer", null, customer, null, false, closed, null),
            new Reader("internal", null, company, null, false, null, null),
            .. Open.Select(p => new Reader("partner", p.Handoff.Id, p.Partner, p.Number, p.WaitsForAnswer, null, p)),
        ];
    }
}

/// <summary>Reads what the page of a ticket shows.</summary>
public sealed class TicketScenes(TicketViews tickets, HandoffViews handoffs, LinkViews links, ThreadViews threads)
{
    /// <summary>So much of a handoff's log is read for the conversation; all of it is in the history.</summary>
    private const int LastEntries = PageAsk.MaxLimit;

    /// <returns>Null when the account has no ticket of this number.</returns>
    public async Task<TicketScene?> Read(Caller caller, long number, CancellationToken ct)
    {
        if (await tickets.Numbered(caller, number, ct) is not { } ticket || await threads.Counts(caller, ticket.Id, ct) is not { } counts)
        {
            return null;
        }

        var partners = new List<Partnership>();
        foreach (var tie in ticket.Handoffs)
        {
            if (await handoffs.One(caller, tie.Id, ct) is { } handoff)
            {
                var after = new Cursor(Math.Max(0, handoff.LastSeq - LastEntries), default);
                var log = await handoffs.Entries(caller, handoff.Id, new PageAsk(LastEntries, after), raw: false, ct);
                partners.Add(new Partnership(handoff, await links.One(caller, handoff.LinkId, ct), log?.Items ?? []));
            }
        }

        return new TicketScene(ticket, partners, counts);
    }
}
