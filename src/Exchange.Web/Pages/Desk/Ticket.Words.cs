using Exchange.Core.Handoffs;

namespace Exchange.Web.Pages.Desk;

/// <summary>The sentences of the ticket's page that depend on where a handoff stands.</summary>
public sealed partial class TicketModel
{
    /// <summary>How long it took until the partner's desk had it.</summary>
    public string Took(CommentView comment)
    {
        var took = comment.Receipt!.At - comment.At;
        return took < TimeSpan.FromMinutes(1) ? T["{0:0.0} s", Math.Max(0, took.TotalSeconds)] : Show.Span(took);
    }

    /// <summary>Who has the link suspended, since when and why.</summary>
    public string Suspended(Partnership with)
    {
        if (with.Link?.SuspendedBy is not { Count: > 0 } by)
        {
            return T["The link to {0} is suspended.", with.Partner];
        }

        var one = by[0];
        var (since, ours) = (Show.Date(one.Since), one.Account.Id == Me.Account);
        return (ours, one.Reason) switch
        {
            (true, null or "") => T["The link to {0} is suspended by us since {1}.", with.Partner, since],
            (true, var reason) => T["The link to {0} is suspended by us since {1} ({2}).", with.Partner, since, reason],
            (false, null or "") => T["The link to {0} is suspended by them since {1}.", with.Partner, since],
            (false, var reason) => T["The link to {0} is suspended by them since {1} ({2}).", with.Partner, since, reason],
        };
    }

    public string Kept(Partnership? with) => with is null ? T["It is kept."] : T["{0} It is kept, and delivered in order afterwards.", Suspended(with)];

    /// <summary>What who has the ball has to do.</summary>
    public static string WhyKey(HandoffView h) => h.State == "offered" && h.Counter is not null ? "why:countered" : $"why:{h.State}";

    /// <summary>What the placer learns of it if it is handed on.</summary>
    public string Disclosed(Partnership from) => from.Link?.Terms.Disclosure switch
    {
        "none" => T["To nobody. If you hand it on, {0} is not told.", from.Partner],
        "alias" => T["To nobody. If you hand it on, {0} sees that there is one more hop, under another name.", from.Partner],
        "name" => T["To nobody. If you hand it on, {0} sees to whom.", from.Partner],
        _ => T["To nobody. If you hand it on, {0} sees that there is one more hop and its state, not who it is.", from.Partner],
    };

    /// <summary>What follows from the buttons that ask nothing more.</summary>
    public string? Hint(Partnership with) => with.Handoff.State switch
    {
        "resolved" when !with.Incoming => T["Confirming closes it; without you it closes by itself after {0} days.", with.Link?.Terms.ConfirmAfterDays ?? 5],
        "accepted" when with.Incoming => T["{0} sees at once that you have started.", with.Partner],
        "offered" when !with.Incoming && with.Handoff.Counter is null => T["You can take it back until {0} has started; after that they have to agree.", with.Partner],
        "offered" when !with.Incoming => T["If you do not take the counter-offer, your first offer stands."],
        "recall_requested" when with.Incoming => T["{0} asks to have it back. Silence for {1} days counts as agreed.", with.Partner, with.Link?.Terms.RecallSilenceDays ?? 2],
        "recall_requested" => T["{0} has to agree. Silence for {1} days counts as agreed.", with.Partner, with.Link?.Terms.RecallSilenceDays ?? 2],
        _ => null,
    };

    /// <summary>What will happen when the open form is sent: said before it is.</summary>
    public string First(Partnership with)
    {
        var (name, running) = (with.Partner, with.Handoff.State is "in_progress" or "waiting_placer" or "on_hold");
        return Doing switch
        {
            "recall" when running => T["{0} is at work, so they have to agree; what you handed on comes back first. They read the reason. Silence for {1} days counts as agreed.", name, with.Link?.Terms.RecallSilenceDays ?? 2],
            "recall" => T["It comes back at once. {0} reads the reason; their ticket is closed with a note, nothing is deleted.", name],
            "rework" => T["It goes back to {0}, who reads this. Their clock goes on where it was; it does not start again.", name],
            "reopen" => T["{0} gets a new offer that follows this one. What was closed stays as it is.", name],
            "resolve" => T["{0} reads the solution and confirms it, or sends it back.", name],
            "ask" => T["{0} reads the question, and has the ball until they answer.", name],
            "resume" => T["You go on without their answer. {0} reads why.", name],
            "hold" => T["{0} sees why and since when it waits.", name],
            "return" => T["You give it back unfinished, and it is over for you. {0} reads why; the work done so far stays on record.", name],
            "refuse-recall" => T["You keep it and go on. {0} reads why.", name],
            "rate" => T["Only {0} and you see it. You can change it for 72 hours, and they may reply once.", name],
            "reply" => T["{0} reads it beside the rating. A reply is given once.", name],
            _ => "",
        };
    }
}
