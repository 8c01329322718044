using Exchange.Core.Handoffs;
using Exchange.Core.Kernel;
using Exchange.Web.Shell;

namespace Exchange.Web.Pages.Desk;

/// <summary>What is typed for a command.</summary>
public enum Wanted
{
    /// <summary>Nothing: it is a button.</summary>
    Nothing,

    /// <summary>A reason from a list, and a text if one likes.</summary>
    ReasonOfList,

    /// <summary>A reason in one's own words.</summary>
    Reason,

    /// <summary>What the partner reads.</summary>
    Text,

    /// <summary>The solution, with a code and the minutes.</summary>
    Solution,
}

/// <summary>A command of a handoff as the ticket's page offers it.</summary>
/// <param name="Likely">What is done most often from there: in ink.</param>
/// <param name="Reasons">The words of <see cref="Wanted.ReasonOfList"/>.</param>
public sealed record TicketCommand(string Name, string Icon, Wanted Wanted, Func<Caller, bool> May, bool Likely = false, IReadOnlyList<string>? Reasons = null);

public static class TicketCommands
{
    /// <summary>
    /// In the order in which they are drawn. Answering is the composer's; handing over again has a page of its own; what is done
    /// with an offer that comes in stands on the page of offers.
    /// </summary>
    public static readonly IReadOnlyList<TicketCommand> All =
    [
        new("accept-counter", Icon("circle-check"), Wanted.Nothing, May<AcceptCounter>, Likely: true),
        new("reject-counter", Icon("circle-x"), Wanted.Nothing, May<RejectCounter>),
        new("start", Icon("player-play"), Wanted.Nothing, May<StartHandoff>, Likely: true),
        new("unhold", Icon("player-play"), Wanted.Nothing, May<UnholdHandoff>, Likely: true),
        new("resolve", Icon("circle-check"), Wanted.Solution, May<ResolveHandoff>, Likely: true),
        new("confirm", Icon("checks"), Wanted.Nothing, May<ConfirmHandoff>, Likely: true),
        new("rework", Icon("refresh"), Wanted.ReasonOfList, May<ReworkHandoff>, Reasons: WordsOf<ReworkReason>()),
        new("agree-recall", Icon("arrow-back-up"), Wanted.Nothing, May<AgreeRecall>, Likely: true),
        new("refuse-recall", Icon("circle-x"), Wanted.Reason, May<RefuseRecall>),
        new("withdraw-recall", Icon("player-play"), Wanted.Nothing, May<WithdrawRecall>),
        new("ask", Icon("help-circle"), Wanted.Text, May<AskHandoff>),
        new("resume", Icon("player-play"), Wanted.Reason, May<ResumeHandoff>),
        new("hold", Icon("player-pause"), Wanted.ReasonOfList, May<HoldHandoff>, Reasons: WordsOf<HoldReason>()),
        new("return", Icon("corner-up-left"), Wanted.ReasonOfList, May<ReturnHandoff>, Reasons: WordsOf<ReturnReason>()),
        new("recall", Icon("arrow-back-up"), Wanted.Reason, May<RecallHandoff>),
        new("reopen", Icon("refresh"), Wanted.Reason, May<ReopenHandoff>),
    ];

    /// <summary>Those that the handoff permits now and this person may ask.</summary>
    public static IEnumerable<TicketCommand> For(Partnership with, Caller me) => All.Where(c => with.Handoff.Allowed.Contains(c.Name, StringComparer.Ordinal) && c.May(me));

    public static TicketCommand? Named(string? name) => All.FirstOrDefault(c => c.Name == name);

    private static bool May<TAsk>(Caller me) => Core.Accounts.Rights.May<TAsk>(me);

    private static string[] WordsOf<TEnum>()
        where TEnum : struct, Enum => [.. Core.Store.Words<TEnum>.All];

    // Named so that the build finds them for the sprite.
    private static string Icon(string name) => name;
}

/// <summary>What somebody filled in for a command.</summary>
/// <param name="Seen">The version of the handoff that he saw.</param>
public sealed record CommandForm(string Command, HandoffId Handoff, long? Seen, string? Reason, string? Text, string? Code, int? Minutes)
{
    /// <summary>What he typed, to be kept where the command no longer goes.</summary>
    public string Typed => string.Join("\n", ((string?[])[TicketCommands.Named(Command)?.Wanted == Wanted.Reason ? Reason : null, Text]).Where(part => !string.IsNullOrWhiteSpace(part)));
}
