using Exchange.Api.Http;
using Exchange.Core.Accounts;
using Exchange.Core.Desk;
using Exchange.Core.Handoffs;
using Exchange.Core.Kernel;

namespace Exchange.Api.Routes;

internal static class TicketRoutes
{
    /// <summary>What a list of tickets may be narrowed to, as the members of its query have it.</summary>
    public sealed record Narrowing(string? Status, string? Q, string? WaitingFor, bool? OverTime, string? Assignee, string? Priority, string? Category)
    {
        public TicketFilter Filter() => new(
            Query.Word<TicketStatus>("status", Status), Query.Search(Q), Query.Word<WaitsFor>("waitingFor", WaitingFor), OverTime ?? false,
            Assignee, Query.Word<Priority>("priority", Priority), Category);
    }

    public sealed record PatchTicket(
        string? Status, string? Text, string? Priority, string? Subject, string? Assignee, string? Category, IReadOnlyDictionary<string, FieldInput?>? Fields);

    public sealed record NewComment(string? Body, string? Audience, HandoffId? HandoffId, IReadOnlyList<FileId>? Files, Guid? DerivedFrom, bool? Answers);

    public sealed record NewHandoff(LinkId? LinkId, string? Note, ShareAsk? Share, DateTimeOffset? AcceptBy, DateTimeOffset? RespondBy, DateTimeOffset? ResolveBy, string? Summary);

    public static void MapTickets(this RouteGroupBuilder api)
    {
        var tickets = api.MapGroup("/tickets").WithTags("Tickets").RequireRateLimiting(TicketPace.Name);

        tickets.MapPost("", async (OpenTicket body, Me me, HttpContext http, Door door, TicketViews views, CancellationToken ct) =>
        {
            var outcome = await door.Do<OpenTicket, TicketId>(body, me.Caller, me.Once, ct);
            return await http.With(outcome, id => views.One(me.Caller, id, ct), v => v.Version, $"/api/v1/tickets/{outcome.Value}");
        }).RequireAuthorization(Scopes.Work).Produces<TicketView>(201).ProducesProblem(400).WithSummary("Open a ticket in the own desk");

        tickets.MapGet("", async ([AsParameters] Narrowing narrowed, string? sort, Me me, Paging paging, HttpContext http, TicketViews views, FieldViews fields, CancellationToken ct) =>
        {
            var filter = narrowed.Filter() with { Sort = Query.Word<TicketSort>("sort", sort) ?? TicketSort.Number, Fields = await Query.Fields(http.Request.Query, me.Caller, fields, ct) };
            return TypedResults.Ok(await views.List(me.Caller, filter, paging.Page, ct));
        })
            .RequireAuthorization(Scopes.Read).WithSummary("Tickets, newest first; q is a number or beginnings of words of the subject")
            .WithDescription("'sort' is number (newest first, the default), changed (changed last first) or due (due soonest first, then those that nothing is due of). 'assignee' and 'category' are compared exactly; 'assignee=none' finds what nobody has. 'waitingFor' is me or partner. A cursor belongs to the order it came from. 'field.{key}={value}' finds what a ticket has in a field of the company's own (texts whatever the size of their letters); of numbers and dates also 'field.{key}.from' and 'field.{key}.to'.");

        tickets.MapGet("/count", async ([AsParameters] Narrowing narrowed, Me me, HttpContext http, TicketViews views, FieldViews fields, CancellationToken ct) =>
            TypedResults.Ok(await views.Count(me.Caller, narrowed.Filter() with { Fields = await Query.Fields(http.Request.Query, me.Caller, fields, ct) }, ct)))
            .RequireAuthorization(Scopes.Read).WithSummary("How many tickets a list has, counted to 200")
            .WithDescription("Narrowed as the list is. 'more' is true where there are more than 200: these are not counted.");

        tickets.MapGet("/{id:guid}", async (Guid id, Me me, HttpContext http, TicketViews views, CancellationToken ct) =>
            http.Found(await views.One(me.Caller, new TicketId(id), ct), "ticket", v => v.Version))
            .RequireAuthorization(Scopes.Read).Produces<TicketView>().ProducesProblem(404).WithSummary("One ticket");

        tickets.MapPatch("/{id:guid}", async (Guid id, PatchTicket body, Me me, HttpContext http, Door door, TicketViews views, CancellationToken ct) =>
            await http.With(
                await door.Do<ChangeTicket, TicketId>(
                    new ChangeTicket(new TicketId(id), body.Status, body.Text, body.Priority, body.Subject, body.Assignee, me.IfVersion, body.Category, body.Fields), me.Caller, me.Once, ct),
                ticket => views.One(me.Caller, ticket, ct), v => v.Version))
            .RequireAuthorization(Scopes.Work).Produces<TicketView>().ProducesProblem(409)
            .WithDescription("'fields' is merged: null clears a value, and what is not named stays.")
            .WithSummary("Change fields; on a mirror a status is its handoff's command, with text as question, reason or solution");

        tickets.MapPost("/{id:guid}/comments", async (Guid id, NewComment body, Me me, Door door, ConversationViews views, HandoffViews handoffs, CancellationToken ct) =>
        {
            var outcome = await door.Do<CommentOnTicket, Said>(
                new CommentOnTicket(new TicketId(id), body.Body, body.Audience, body.HandoffId, body.Files, body.DerivedFrom, body.Answers), me.Caller, me.Once, ct);
            return await Comment(outcome, me, views, handoffs, created: true, ct);
        }).RequireAuthorization(Scopes.Work).Produces<CommentView>(201).ProducesProblem(422).WithSummary("Write: internal (the default), to the customer, or to a partner");

        tickets.MapGet("/{id:guid}/comments", async (Guid id, Me me, Paging paging, ConversationViews views, CancellationToken ct) =>
            Reply.Listed(await views.OfTicket(me.Caller, new TicketId(id), paging.Page, ct), "ticket"))
            .RequireAuthorization(Scopes.Read).Produces<Core.Store.Page<CommentView>>().ProducesProblem(404).WithSummary("What was said, oldest first");

        api.MapPost("/comments/{id:guid}/retract", async (Guid id, Me me, Door door, ConversationViews views, HandoffViews handoffs, CancellationToken ct) =>
            await Comment(await door.Do<RetractComment, Said>(new RetractComment(id), me.Caller, me.Once, ct), me, views, handoffs, created: false, ct))
            .RequireAuthorization(Scopes.Work).Produces<CommentView>().ProducesProblem(403).WithTags("Tickets").WithSummary("Take back what one wrote");

        tickets.MapPost("/{id:guid}/handoffs", async (Guid id, NewHandoff body, Me me, HttpContext http, Door door, HandoffViews views, CancellationToken ct) =>
        {
            var outcome = await door.Do<OfferHandoff, HandoffId>(
                new OfferHandoff(new TicketId(id), body.LinkId, body.Note, body.Share, body.AcceptBy, body.RespondBy, body.ResolveBy, body.Summary), me.Caller, me.Once, ct);
            return await http.With(outcome, handoff => views.One(me.Caller, handoff, ct), v => v.Version, $"/api/v1/handoffs/{outcome.Value}");
        }).RequireAuthorization(Scopes.Work).Produces<HandoffView>(201).ProducesProblem(409).WithSummary("Hand the ticket over");
    }

    /// <summary>The comment as it is now: as its deed made it, from the desk, or, before there is a ticket, from the log.</summary>
    public static async Task<IResult> Comment(Outcome<Said> outcome, Me me, ConversationViews views, HandoffViews handoffs, bool created, CancellationToken ct)
    {
        if (!outcome.Ok)
        {
            return new Problem(outcome.Fault);
        }

        var view = outcome.Value.View ?? await views.One(me.Caller, outcome.Value.Id, ct) ?? await handoffs.SaidOne(me.Caller, outcome.Value.Id, ct)
            ?? throw new InvalidOperationException("The comment that was just written is not there.");
        return created ? TypedResults.Created($"/api/v1/comments/{view.Id}", view) : TypedResults.Ok(view);
    }
}
