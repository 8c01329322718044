using Exchange.Core.Desk;
using Exchange.Core.Handoffs;
using Exchange.Core.Kernel;

namespace Exchange.Api.Demo;

/// <summary>Plays the story of one ticket, step by step, as the people in it would: each at the desk of his own company.</summary>
internal sealed class Scene(Stage stage, DemoTicket told)
{
    private readonly Dictionary<Company, TicketId> _tickets = [];
    private readonly List<(Company Placer, Company Fulfiller, HandoffId Id)> _handoffs = [];
    private readonly Dictionary<string, Guid> _said = new(StringComparer.Ordinal);
    private readonly Dictionary<string, FileId> _files = new(StringComparer.Ordinal);

    public int Handoffs => _handoffs.Count;

    public async Task Play()
    {
        _tickets[told.By.Of] = await stage.Do<OpenTicket, TicketId>(
            new OpenTicket(told.Subject, told.Description, told.Priority, told.Contact, told.Asset, told.Assignee?.Name, null,
                told.Fields.ToDictionary(f => f.Key, f => (FieldInput?)FieldInput.Typed(f.Value), StringComparer.Ordinal)), told.By);
        var last = told.By.Of;
        foreach (var step in told.Story)
        {
            // Whoever comes to act has seen what the other side did.
            if (step.By.Of != last)
            {
                await stage.Bring([.. _handoffs.Select(h => h.Id)]);
                last = step.By.Of;
            }

            await Play(step);
        }

        await stage.Bring([.. _handoffs.Select(h => h.Id)]);
    }

    private Task Play(Step step) => step switch
    {
        Note s => Write(s, s.Text, "internal", [], null, null),
        Tell s => Write(s, s.Text, "customer", s.Files, s.PassesOn, s.As),
        Say s => Say(s),
        Retract s => stage.Do<RetractComment, Said>(new RetractComment(_said[s.What]), s.By),
        Upload s => Upload(s),
        Set s => stage.Do<ChangeTicket, TicketId>(new ChangeTicket(TicketOf(s), s.Status, null, null, null, null, null), s.By),
        Give s => stage.Do<ChangeTicket, TicketId>(new ChangeTicket(TicketOf(s), null, null, null, null, s.Assignee.Name, null), s.By),
        Offer s => Offer(s),
        Accept s => Accept(s),
        _ => Command(step),
    };

    private Task<HandoffId> Command(Step step) => step switch
    {
        Decline s => Do(new DeclineHandoff(Incoming(s), s.Reason, s.Text, null), s),
        Recall s => Do(new RecallHandoff(To(s, s.From), s.Reason, s.Text, null), s),
        Start s => Do(new StartHandoff(Incoming(s), null), s),
        Question s => Do(new AskHandoff(Incoming(s), s.Text, null), s),
        Answer s => Do(new AnswerHandoff(To(s, s.To), s.Text, null), s),
        Resume s => Do(new ResumeHandoff(Incoming(s), s.Reason, null), s),
        Hold s => Do(new HoldHandoff(Incoming(s), s.Reason, s.Text, null), s),
        Unhold s => Do(new UnholdHandoff(Incoming(s), null), s),
        Return s => Do(new ReturnHandoff(Incoming(s), s.Reason, s.Text, null), s),
        Resolve s => Do(new ResolveHandoff(Incoming(s), s.Solution, s.Code, s.Minutes, null), s),
        Confirm s => Do(new ConfirmHandoff(To(s, s.Of), null), s),
        Rework s => Do(new ReworkHandoff(To(s, s.Of), s.Reason, s.Text, null), s),
        _ => throw new InvalidOperationException($"Nobody knows how to play {step.GetType().Name}."),
    };

    private Task<HandoffId> Do<TAsk>(TAsk ask, Step step)
        where TAsk : IAsk<HandoffId> => stage.Do<TAsk, HandoffId>(ask, step.By);

    private async Task Write(Step step, string? text, string audience, IReadOnlyList<string> files, string? passesOn, string? name)
    {
        var said = await stage.Do<CommentOnTicket, Said>(
            new CommentOnTicket(TicketOf(step), text, audience, null, [.. files.Select(f => _files[f])], Source(passesOn), null), step.By);
        Remember(name, said);
    }

    private async Task Say(Say step)
    {
        var said = await stage.Do<CommentOnHandoff, Said>(
            new CommentOnHandoff(With(step, step.To), step.Text, [.. step.Files.Select(f => _files[f])], Source(step.PassesOn), null), step.By);
        Remember(step.As, said);
    }

    private async Task Upload(Upload step)
    {
        var stored = await stage.Store(step.File.Draw());
        HandoffId? to = step.To is { } partner ? With(step, partner) : null;
        _files[step.File.Name] = await stage.Do<AttachFile, FileId>(
            new AttachFile(TicketOf(step), step.Audience, to, step.File.Name, step.File.ContentType, stored.Size, stored.Sha256, stored.Id), step.By);
    }

    private async Task Offer(Offer step)
    {
        var share = new ShareAsk(step.Contact, step.Asset, [.. step.Comments.Select(c => _said[c])], [.. step.Files.Select(f => _files[f])]);
        var handoff = await stage.Do<OfferHandoff, HandoffId>(
            new OfferHandoff(TicketOf(step), stage.LinkOf(step.By.Of, step.To), step.Text, share, null, null, stage.In(step.Within)), step.By);
        _handoffs.Add((step.By.Of, step.To, handoff));
    }

    private async Task Accept(Accept step)
    {
        var handoff = Incoming(step);
        await Do(new AcceptHandoff(handoff, stage.In(step.Hours), null), step);
        _tickets[step.By.Of] = await stage.TicketOf(handoff, step.By);

        // What went along with the offer stands in the mirror before anything new is said there.
        await stage.Bring([handoff]);
    }

    private void Remember(string? name, Said said)
    {
        if (name is not null)
        {
            _said[name] = said.Id;
        }
    }

    private Guid? Source(string? name) => name is null ? null : _said[name];

    private TicketId TicketOf(Step step) => _tickets[step.By.Of];

    private HandoffId Incoming(Step step) => _handoffs.Last(h => h.Fulfiller == step.By.Of).Id;

    private HandoffId To(Step step, Company partner) => _handoffs.Last(h => h.Placer == step.By.Of && h.Fulfiller == partner).Id;

    private HandoffId With(Step step, Company partner) =>
        _handoffs.Last(h => (h.Placer == step.By.Of && h.Fulfiller == partner) || (h.Placer == partner && h.Fulfiller == step.By.Of)).Id;
}
