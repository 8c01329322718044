using Exchange.Api.Http;
using Exchange.Core.Accounts;
using Exchange.Core.Kernel;
using Exchange.Core.Links;
using Exchange.Core.Store;

namespace Exchange.Api.Routes;

internal static class LinkRoutes
{
    public sealed record ReasonBody(string? Reason);

    public sealed record DeclinedView(LinkId Id, string State);

    public static void MapLinks(this RouteGroupBuilder api)
    {
        var links = api.MapGroup("/links").WithTags("Links");

        links.MapPost("", async (InvitePartner? body, Me me, HttpContext http, Door door, CancellationToken ct) =>
        {
            var outcome = await door.Do<InvitePartner, Invited>(body ?? new InvitePartner(null), me.Caller, me.Once, ct);
            return outcome.Ok ? http.Tagged(outcome.Value, outcome.Value.Version, $"/api/v1/links/{outcome.Value.Id}") : new Problem(outcome.Fault);
        }).RequireAuthorization(Scopes.Links).Produces<Invited>(201).ProducesProblem(400).WithSummary("Invite a company; the code is shown once");

        links.MapPost("/accept", async (AcceptInvitation body, Me me, HttpContext http, Door door, LinkViews views, CancellationToken ct) =>
            await http.With(await door.Do<AcceptInvitation, LinkId>(body, me.Caller, me.Once, ct), id => views.One(me.Caller, id, ct), v => v.Version))
            .RequireAuthorization(Scopes.Links).Produces<LinkView>().ProducesProblem(409).WithSummary("Accept an invitation and its terms");

        links.MapPost("/decline", async (DeclineInvitation body, Me me, Door door, CancellationToken ct) =>
        {
            var outcome = await door.Do<DeclineInvitation, LinkId>(body, me.Caller, me.Once, ct);
            return outcome.Ok ? TypedResults.Ok(new DeclinedView(outcome.Value, LinkState.Declined.Word())) : (IResult)new Problem(outcome.Fault);
        }).RequireAuthorization(Scopes.Links).Produces<DeclinedView>().ProducesProblem(409).WithSummary("Decline an invitation");

        links.MapPost("/{id:guid}/withdraw", async (Guid id, Me me, HttpContext http, Door door, LinkViews views, CancellationToken ct) =>
            await http.With(
                await door.Do<WithdrawInvitation, LinkId>(new WithdrawInvitation(new LinkId(id), me.IfVersion), me.Caller, me.Once, ct),
                link => views.One(me.Caller, link, ct), v => v.Version))
            .RequireAuthorization(Scopes.Links).Produces<LinkView>().ProducesProblem(409).WithSummary("Take an unanswered invitation back");

        Verb(links, LinkCommand.Suspend, (id, reason, v) => new SuspendLink(id, reason, v), "Suspend the link: what is said is kept, commands are refused, clocks stand still");
        Verb(links, LinkCommand.Resume, (id, _, v) => new ResumeLink(id, v), "End one's own suspension; once neither side suspends, what was kept flows");
        Verb(links, LinkCommand.Drain, (id, reason, v) => new DrainLink(id, reason, v), "Give notice: nothing new is offered, what is open goes on until the notice ends");
        Verb(links, LinkCommand.Terminate, (id, reason, v) => new TerminateLink(id, reason, v), "End the link at once; its open handoffs are severed");

        links.MapGet("", async (string? state, Me me, Paging paging, LinkViews views, CancellationToken ct) =>
            TypedResults.Ok(await views.List(me.Caller, Query.Word<LinkState>("state", state), paging.Page, ct)))
            .RequireAuthorization(Scopes.Read).WithSummary("The account's links, newest first");

        links.MapGet("/{id:guid}", async (Guid id, Me me, HttpContext http, LinkViews views, CancellationToken ct) =>
            http.Found(await views.One(me.Caller, new LinkId(id), ct), "link", v => v.Version))
            .RequireAuthorization(Scopes.Read).Produces<LinkView>().ProducesProblem(404).WithSummary("One link, with its terms");
    }

    /// <summary>One command of a link: the link as it is then is the answer.</summary>
    private static void Verb<TAsk>(RouteGroupBuilder links, LinkCommand command, Func<LinkId, string?, long?, TAsk> ask, string summary)
        where TAsk : IAsk<LinkId> =>
        links.MapPost($"/{{id:guid}}/{command.Name()}", async (Guid id, ReasonBody? body, Me me, HttpContext http, Door door, LinkViews views, CancellationToken ct) =>
            await http.With(
                await door.Do<TAsk, LinkId>(ask(new LinkId(id), body?.Reason, me.IfVersion), me.Caller, me.Once, ct),
                link => views.One(me.Caller, link, ct), v => v.Version))
            .RequireAuthorization(Scopes.Links).Produces<LinkView>().ProducesProblem(403).ProducesProblem(409).ProducesProblem(412).WithSummary(summary);
}
