using Exchange.Api.Http;
using Exchange.Core.Accounts;
using Exchange.Core.Desk;
using Exchange.Core.Handoffs;
using Exchange.Core.Kernel;
using Exchange.Core.Store;

namespace Exchange.Api.Routes;

internal static class HandoffRoutes
{
    public sealed record AcceptBody(DateTimeOffset? Eta);

    public sealed record ReasonBody(string? Reason, string? Text);

    public sealed record AskBody(string? Question);

    public sealed record AnswerBody(string? Text);

    public sealed record ResumeBody(string? Reason);

    public sealed record CounterBody(DateTimeOffset? ResolveBy, Money? Price, string? Scope, string? Text);

    public sealed record RerouteBody(LinkId? LinkId, string? Note, ShareAsk? Share, string? Summary);

    public sealed record ResolveBody(string? Solution, string? Code, int? Minutes);

    public sealed record SayBody(string? Body, IReadOnlyList<FileId>? Files, Guid? DerivedFrom);

    public sealed record NoBody;

    public static void MapHandoffs(this RouteGroupBuilder api)
    {
        var handoffs = api.MapGroup("/handoffs").WithTags("Handoffs").RequireRateLimiting(TicketPace.Name);

        handoffs.MapGet("", async (string? direction, string? state, string? waitingFor, bool? overTime, Me me, Paging paging, HandoffViews views, CancellationToken ct) =>
        {
            Side? side = direction switch
            {
                null => null,
                "out" => Side.Placer,
                "in" => Side.Fulfiller,
                _ => throw new Refusal(Fault.Invalid("direction", "'direction' is in or out.")),
            };
            return TypedResults.Ok(await views.List(
                me.Caller, new HandoffFilter(side, Query.Word<HandoffState>("state", state), Query.Word<WaitsFor>("waitingFor", waitingFor), overTime ?? false), paging.Page, ct));
        }).RequireAuthorization(Scopes.Read).WithSummary("Handoffs, newest first; those over time by when they became so");

        handoffs.MapGet("/{id:guid}", async (Guid id, Me me, HttpContext http, HandoffViews views, CancellationToken ct) =>
            http.Found(await views.One(me.Caller, new HandoffId(id), ct), "handoff", v => v.Version))
            .RequireAuthorization(Scopes.Read).Produces<HandoffView>().ProducesProblem(404).WithSummary("One handoff, with what is allowed now");

        handoffs.MapGet("/{id:guid}/entries", async (Guid id, bool? raw, Me me, Paging paging, HandoffViews views, CancellationToken ct) =>
            Reply.Listed(await views.Entries(me.Caller, new HandoffId(id), paging.Page, raw ?? false, ct), "handoff"))
            .RequireAuthorization(Scopes.Read).Produces<Page<EntryView>>().ProducesProblem(404).WithSummary("The log, oldest first");

        handoffs.MapGet("/{id:guid}/comments", async (Guid id, Me me, Paging paging, ConversationViews desk, HandoffViews log, CancellationToken ct) =>
            Reply.Listed(
                await desk.OfHandoff(me.Caller, new HandoffId(id), paging.Page, ct) ?? await log.Said(me.Caller, new HandoffId(id), paging.Page, ct), "handoff"))
            .RequireAuthorization(Scopes.Read).Produces<Page<CommentView>>().ProducesProblem(404).WithSummary("What both said, oldest first");

        handoffs.MapPost("/{id:guid}/comments", async (Guid id, SayBody body, Me me, Door door, ConversationViews views, HandoffViews log, CancellationToken ct) =>
            await TicketRoutes.Comment(
                await door.Do<CommentOnHandoff, Said>(new CommentOnHandoff(new HandoffId(id), body.Body, body.Files, body.DerivedFrom, null), me.Caller, me.Once, ct),
                me, views, log, created: true, ct))
            .RequireAuthorization(Scopes.Work).Produces<CommentView>(201).ProducesProblem(409).WithSummary("Write to the partner, before accept too");

        Verb<AcceptBody, AcceptHandoff>(handoffs, Command.Accept, (id, b, v) => new(id, b?.Eta, v));
        Verb<ReasonBody, DeclineHandoff>(handoffs, Command.Decline, (id, b, v) => new(id, b?.Reason, b?.Text, v));
        Verb<ReasonBody, RecallHandoff>(handoffs, Command.Recall, (id, b, v) => new(id, b?.Reason, b?.Text, v));
        Verb<NoBody, StartHandoff>(handoffs, Command.Start, (id, _, v) => new(id, v));
        Verb<AskBody, AskHandoff>(handoffs, Command.Ask, (id, b, v) => new(id, b?.Question, v));
        Verb<AnswerBody, AnswerHandoff>(handoffs, Command.Answer, (id, b, v) => new(id, b?.Text, v));
        Verb<ResumeBody, ResumeHandoff>(handoffs, Command.Resume, (id, b, v) => new(id, b?.Reason, v));
        Verb<ReasonBody, HoldHandoff>(handoffs, Command.Hold, (id, b, v) => new(id, b?.Reason, b?.Text, v));
        Verb<NoBody, UnholdHandoff>(handoffs, Command.Unhold, (id, _, v) => new(id, v));
        Verb<ReasonBody, ReturnHandoff>(handoffs, Command.Return, (id, b, v) => new(id, b?.Reason, b?.Text, v));
        Verb<ResolveBody, ResolveHandoff>(handoffs, Command.Resolve, (id, b, v) => new(id, b?.Solution, b?.Code, b?.Minutes, v));
        Verb<NoBody, ConfirmHandoff>(handoffs, Command.Confirm, (id, _, v) => new(id, v));
        Verb<ReasonBody, ReworkHandoff>(handoffs, Command.Rework, (id, b, v) => new(id, b?.Reason, b?.Text, v));
        Verb<CounterBody, CounterHandoff>(handoffs, Command.Counter, (id, b, v) => new(id, b?.ResolveBy, b?.Price, b?.Scope, b?.Text, v));
        Verb<NoBody, AcceptCounter>(handoffs, Command.AcceptCounter, (id, _, v) => new(id, v));
        Verb<NoBody, RejectCounter>(handoffs, Command.RejectCounter, (id, _, v) => new(id, v));
        Verb<NoBody, AgreeRecall>(handoffs, Command.AgreeRecall, (id, _, v) => new(id, v));
        Verb<ResumeBody, RefuseRecall>(handoffs, Command.RefuseRecall, (id, b, v) => new(id, b?.Reason, v));
        Verb<NoBody, WithdrawRecall>(handoffs, Command.WithdrawRecall, (id, _, v) => new(id, v));
        Verb<ResumeBody, ReopenHandoff>(handoffs, Command.Reopen, (id, b, v) => new(id, b?.Reason, v), makesAnother: true);
        Verb<RerouteBody, RerouteHandoff>(handoffs, Command.Reroute, (id, b, v) => new(id, b?.LinkId, b?.Note, b?.Share, v, b?.Summary), makesAnother: true);
    }

    /// <summary>One command: its body becomes its ask, and the handoff as it is then, or the new one, is the answer.</summary>
    private static void Verb<TBody, TAsk>(RouteGroupBuilder handoffs, Command command, Func<HandoffId, TBody?, long?, TAsk> ask, bool makesAnother = false)
        where TBody : class
        where TAsk : IAsk<HandoffId> =>
        handoffs.MapPost($"/{{id:guid}}/{command.Name()}", async (Guid id, TBody? body, Me me, HttpContext http, Door door, HandoffViews views, CancellationToken ct) =>
        {
            var outcome = await door.Do<TAsk, HandoffId>(ask(new HandoffId(id), body, me.IfVersion), me.Caller, me.Once, ct);
            return await http.With(outcome, handoff => views.One(me.Caller, handoff, ct), v => v.Version, makesAnother ? $"/api/v1/handoffs/{outcome.Value}" : null);
        }).RequireAuthorization(Scopes.Work).Produces<HandoffView>(makesAnother ? 201 : 200).ProducesProblem(409).ProducesProblem(412).WithSummary($"Command: {command.Name()}");
}
