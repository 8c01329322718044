using System.Globalization;
using Exchange.Api.Http;
using Exchange.Core.Accounts;
using Exchange.Core.Kernel;
using Exchange.Core.Links;
using Exchange.Core.Store;

namespace Exchange.Api.Routes;

/// <summary>Versions of a link's terms. Answers carry the link's version as ETag, since that is what <c>If-Match</c> names.</summary>
internal static class TermsRoutes
{
    public static void MapTerms(this RouteGroupBuilder api)
    {
        var terms = api.MapGroup("/links/{id:guid}/terms").WithTags("Links");

        terms.MapPost("", async (Guid id, TermsAsk body, Me me, HttpContext http, Door door, TermsViews views, CancellationToken ct) =>
            await Answer(http, await door.Do<ProposeTerms, TermsId>(new ProposeTerms(new LinkId(id), body, me.IfVersion), me.Caller, me.Once, ct), id, me, views, created: true, ct))
            .RequireAuthorization(Scopes.Links).Produces<TermsView>(201).ProducesProblem(409)
            .WithSummary("Propose other terms; members left out take their defaults, not what is in force");

        terms.MapGet("", async (Guid id, Me me, Paging paging, TermsViews views, CancellationToken ct) =>
            Reply.Listed(await views.List(me.Caller, new LinkId(id), paging.Page, ct), "link"))
            .RequireAuthorization(Scopes.Read).Produces<Page<TermsView>>().ProducesProblem(404).WithSummary("All versions, newest first");

        terms.MapGet("/{version:int}", async (Guid id, int version, int? against, Me me, HttpContext http, TermsViews views, CancellationToken ct) =>
            Shown(http, await views.One(me.Caller, new LinkId(id), version, against, ct), null))
            .RequireAuthorization(Scopes.Read).Produces<TermsView>().ProducesProblem(404)
            .WithSummary("One version, and in what it differs: from ?against=, or from the one in force before it");

        Verb(terms, "sign", (id, version, seen) => new SignTerms(id, version, seen), "Counter-sign: these terms are in force from now on");
        Verb(terms, "reject", (id, version, seen) => new RejectTerms(id, version, seen), "Refuse what the other side proposed");
        Verb(terms, "withdraw", (id, version, seen) => new WithdrawTerms(id, version, seen), "Take one's own proposal back");
    }

    private static void Verb<TAsk>(RouteGroupBuilder terms, string name, Func<LinkId, int, long?, TAsk> ask, string summary)
        where TAsk : IAsk<TermsId> =>
        terms.MapPost($"/{{version:int}}/{name}", async (Guid id, int version, Me me, HttpContext http, Door door, TermsViews views, CancellationToken ct) =>
            await Answer(http, await door.Do<TAsk, TermsId>(ask(new LinkId(id), version, me.IfVersion), me.Caller, me.Once, ct), id, me, views, created: false, ct))
            .RequireAuthorization(Scopes.Links).Produces<TermsView>().ProducesProblem(403).ProducesProblem(409).ProducesProblem(412).WithSummary(summary);

    private static async Task<IResult> Answer(HttpContext http, Outcome<TermsId> outcome, Guid id, Me me, TermsViews views, bool created, CancellationToken ct) => outcome.Ok
        ? Shown(http, await views.One(me.Caller, new LinkId(id), outcome.Value.Version, null, ct),
            created ? string.Create(CultureInfo.InvariantCulture, $"/api/v1/links/{id}/terms/{outcome.Value.Version}") : null)
        : new Problem(outcome.Fault);

    private static IResult Shown(HttpContext http, Outcome<TermsView> view, string? created) =>
        view.Ok ? http.Tagged(view.Value, view.Value.LinkVersion, created) : new Problem(view.Fault);
}
