using Exchange.Core.Handoffs;
using Exchange.Core.Kernel;
using Exchange.Core.Quality;
using Exchange.Web.Shell;
using Microsoft.AspNetCore.Mvc;

namespace Exchange.Web.Pages.Desk;

/// <summary>The commands of the handoffs, and their ratings.</summary>
public sealed partial class TicketModel
{
    /// <summary>The command whose form is open: its name.</summary>
    [BindProperty(SupportsGet = true, Name = "do")]
    public string? Doing { get; set; }

    [BindProperty(SupportsGet = true, Name = "handoff")]
    public Guid? Handoff { get; set; }

    /// <summary>What was filled in for it.</summary>
    public CommandForm? Filled { get; private set; }

    public IReadOnlyDictionary<HandoffId, RatingView> Ratings { get; private set; } = new Dictionary<HandoffId, RatingView>();

    public Partnership? DoingWith => Handoff is { } id ? Scene.Of(new HandoffId(id)) : null;

    /// <summary>The open form's command; null when there is none, or it is no longer allowed.</summary>
    public TicketCommand? Command => DoingWith is { } with ? TicketCommands.For(with, Me).FirstOrDefault(c => c.Name == Doing && c.Wanted != Wanted.Nothing) : null;

    public bool Rates => Doing == "rate" && DoingWith is { } with && MayRate(with);

    public bool Replies => Doing == "reply" && DoingWith is { } with && MayReply(with);

    public bool MayRate(Partnership with) => !with.Incoming && May<RateHandoff>() && !Ratings.ContainsKey(with.Handoff.Id)
        && (with.Handoff.State is "closed" or "returned" || (with.Handoff.State == "recalled" && with.Log.Any(e => e.Type == Contracts.V1.EntryTypes.Started)))
        && Show.Now <= with.Handoff.OverAt + Rating.Window;

    public bool MayReply(Partnership with) => with.Incoming && May<ReplyToRating>() && Ratings.TryGetValue(with.Handoff.Id, out var rating) && rating.Reply is null;

    /// <summary>A command's form alone, for a page that stands open.</summary>
    public async Task<IActionResult> OnGetDoAsync()
    {
        if (!await Load())
        {
            return NotFound();
        }

        await ReadRatings();
        return Partial("_TicketDo", this);
    }

    public async Task<IActionResult> OnPostCommandAsync(string command, Guid handoff, long? version, string? reason, string? text, string? code, string? minutes)
    {
        if (!await Load() || Scene.Of(new HandoffId(handoff)) is null)
        {
            return NotFound();
        }

        int? spent = null;
        if (!string.IsNullOrWhiteSpace(minutes))
        {
            if (!int.TryParse(minutes.Trim(), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var whole))
            {
                Say(T["Minutes are a whole number."]);
                return await Again(new CommandForm(command, new HandoffId(handoff), version, reason, text, code, null), 400);
            }

            spent = whole;
        }

        var form = new CommandForm(command, new HandoffId(handoff), version, reason, text?.ReplaceLineEndings("\n"), code, spent);
        if (Missing(form) is { } missing)
        {
            Say(missing);
            return await Again(form, 400);
        }

        if (TicketCommands.Named(command) is null)
        {
            return StatusCode(400);
        }

        var outcome = await Carry(form);
        if (outcome.Ok)
        {
            Toast = T[$"done:{command}"];
            return Redirect(Here);
        }

        return await Again(form, null);
    }

    public async Task<IActionResult> OnPostRateAsync(Guid handoff, int? score, int? quality, int? speed, int? communication, string? comment, string? note)
    {
        if (!await Load() || Scene.Of(new HandoffId(handoff)) is null)
        {
            return NotFound();
        }

        var form = new CommandForm("rate", new HandoffId(handoff), null, note, comment, null, score);
        if (score is null)
        {
            Say(T["Choose how many of five it was."]);
            return await Again(form, 400);
        }

        var done = await Ask<RateHandoff, HandoffId>(new RateHandoff(form.Handoff, score, quality, speed, communication, comment, note, null));
        Toast = done.Ok ? T["Rated. It can be changed for 72 hours."] : null;
        return done.Ok ? Redirect(Here) : await Again(form, null);
    }

    public async Task<IActionResult> OnPostReplyAsync(Guid handoff, string? text)
    {
        if (!await Load() || Scene.Of(new HandoffId(handoff)) is null)
        {
            return NotFound();
        }

        var form = new CommandForm("reply", new HandoffId(handoff), null, null, text, null, null);
        if (string.IsNullOrWhiteSpace(text))
        {
            Say(T["Write the reply first."]);
            return await Again(form, 400);
        }

        var done = await Ask<ReplyToRating, HandoffId>(new ReplyToRating(form.Handoff, text, null));
        return done.Ok ? Redirect(Here) : await Again(form, null);
    }

    private string? Missing(CommandForm form) => TicketCommands.Named(form.Command)?.Wanted switch
    {
        Wanted.ReasonOfList or Wanted.Reason when string.IsNullOrWhiteSpace(form.Reason) => T["Say the reason: the partner reads it."],
        Wanted.Text when string.IsNullOrWhiteSpace(form.Text) => T["Write the question first."],
        Wanted.Solution when string.IsNullOrWhiteSpace(form.Text) => T["Write the solution first: the partner reads it."],
        _ => null,
    };

    private Task<Outcome<HandoffId>> Carry(CommandForm f) => f.Command switch
    {
        "accept-counter" => Ask<AcceptCounter, HandoffId>(new AcceptCounter(f.Handoff, f.Seen)),
        "reject-counter" => Ask<RejectCounter, HandoffId>(new RejectCounter(f.Handoff, f.Seen)),
        "start" => Ask<StartHandoff, HandoffId>(new StartHandoff(f.Handoff, f.Seen)),
        "unhold" => Ask<UnholdHandoff, HandoffId>(new UnholdHandoff(f.Handoff, f.Seen)),
        "resolve" => Ask<ResolveHandoff, HandoffId>(new ResolveHandoff(f.Handoff, f.Text, string.IsNullOrWhiteSpace(f.Code) ? null : f.Code, f.Minutes, f.Seen)),
        "confirm" => Ask<ConfirmHandoff, HandoffId>(new ConfirmHandoff(f.Handoff, f.Seen)),
        "rework" => Ask<ReworkHandoff, HandoffId>(new ReworkHandoff(f.Handoff, f.Reason, f.Text, f.Seen)),
        "agree-recall" => Ask<AgreeRecall, HandoffId>(new AgreeRecall(f.Handoff, f.Seen)),
        "refuse-recall" => Ask<RefuseRecall, HandoffId>(new RefuseRecall(f.Handoff, f.Reason, f.Seen)),
        "withdraw-recall" => Ask<WithdrawRecall, HandoffId>(new WithdrawRecall(f.Handoff, f.Seen)),
        "ask" => Ask<AskHandoff, HandoffId>(new AskHandoff(f.Handoff, f.Text, f.Seen)),
        "resume" => Ask<ResumeHandoff, HandoffId>(new ResumeHandoff(f.Handoff, f.Reason, f.Seen)),
        "hold" => Ask<HoldHandoff, HandoffId>(new HoldHandoff(f.Handoff, f.Reason, f.Text, f.Seen)),
        "return" => Ask<ReturnHandoff, HandoffId>(new ReturnHandoff(f.Handoff, f.Reason, f.Text, f.Seen)),
        "recall" => Ask<RecallHandoff, HandoffId>(new RecallHandoff(f.Handoff, f.Reason, f.Text, f.Seen)),
        "reopen" => Ask<ReopenHandoff, HandoffId>(new ReopenHandoff(f.Handoff, f.Reason, f.Seen)),
        _ => throw new InvalidOperationException($"{f.Command} is drawn and cannot be asked."),
    };

    /// <summary>The form as it was filled in, under what is true now. Where the command no longer goes, its text waits in the box, as a note to be.</summary>
    private async Task<IActionResult> Again(CommandForm form, int? status)
    {
        Response.StatusCode = status ?? Response.StatusCode;
        if (!await Load() || Scene.Of(form.Handoff) is not { } with)
        {
            return NotFound();
        }

        (Doing, Handoff, Filled) = (form.Command, form.Handoff.Value, form);
        await ReadRatings();
        if (Response.StatusCode is 409 or 412)
        {
            Say(T["The handoff to {0} is now: {1}. {2}", with.Partner, T[$"state:{with.Handoff.State}"], LastDone(with)]);
        }

        if (Command is null && !Rates && !Replies && form.Typed.Length > 0)
        {
            AtComposer = true;
            Body = form.Typed;
            Door = null;
            Say(T["Your text is kept below: send it as a comment, or drop it."]);
        }

        return await Shown();
    }

    /// <summary>Who moved it last, and when.</summary>
    private string LastDone(Partnership with) => with.Log.LastOrDefault(e => e.Data is { } d && d.TryGetProperty("state", out _)) is { Actor: { } actor, At: { } at }
        ? T["{0}, {1}.", actor.Name, Show.When(at)]
        : "";

    private async Task ReadRatings()
    {
        var all = new Dictionary<HandoffId, RatingView>();
        foreach (var with in Scene.Over)
        {
            if (await ratings.One(Me, with.Handoff.Id, Gone) is { Ok: true } rating)
            {
                all[with.Handoff.Id] = rating.Value;
            }
        }

        Ratings = all;
    }
}
