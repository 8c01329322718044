using Exchange.Api.Http;
using Exchange.Core.Accounts;
using Exchange.Core.Kernel;
using Exchange.Core.Links;
using Exchange.Core.Store;

namespace Exchange.Api.Routes;

internal static class LinkRoutes
{
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
            return outcome.Ok ? TypedResults.Ok(new { Id = outcome.Value, State = LinkState.Declined.Word() }) : (IResult)new Problem(outcome.Fault);
        }).RequireAuthorization(Scopes.Links).ProducesProblem(409).WithSummary("Decline an invitation");

        links.MapPost("/{id:guid}/withdraw", async (Guid id, Me me, HttpContext http, Door door, LinkViews views, CancellationToken ct) =>
            await http.With(
                await door.Do<WithdrawInvitation, LinkId>(new WithdrawInvitation(new LinkId(id), me.IfVersion), me.Caller, me.Once, ct),
                link => views.One(me.Caller, link, ct), v => v.Version))
            .RequireAuthorization(Scopes.Links).Produces<LinkView>().ProducesProblem(409).WithSummary("Take an unanswered invitation back");

        links.MapGet("", async (string? state, Me me, Paging paging, LinkViews views, CancellationToken ct) =>
            TypedResults.Ok(await views.List(me.Caller, Query.Word<LinkState>("state", state), paging.Page, ct)))
            .RequireAuthorization(Scopes.Read).WithSummary("The account's links, newest first");

        links.MapGet("/{id:guid}", async (Guid id, Me me, HttpContext http, LinkViews views, CancellationToken ct) =>
            http.Found(await views.One(me.Caller, new LinkId(id), ct), "link", v => v.Version))
            .RequireAuthorization(Scopes.Read).Produces<LinkView>().ProducesProblem(404).WithSummary("One link, with its terms");
    }
}
