using System.Globalization;
using Exchange.Api.Http;
using Exchange.Core.Accounts;
using Exchange.Core.Kernel;
using Exchange.Core.Quality;

namespace Exchange.Api.Routes;

internal static class QualityRoutes
{
    public sealed record RatingBody(int? Score, int? Quality, int? Speed, int? Communication, string? Comment, string? PrivateNote);

    public sealed record ReplyBody(string? Text);

    public static void MapQuality(this RouteGroupBuilder api)
    {
        var rating = api.MapGroup("/handoffs/{id:guid}/rating").WithTags("Quality");

        rating.MapGet("", async (Guid id, Me me, RatingViews views, CancellationToken ct) => Show(await views.One(me.Caller, new HandoffId(id), ct)))
            .RequireAuthorization(Scopes.Read).Produces<RatingView>().ProducesProblem(404).WithSummary("How the work was rated; the private note is for the placer alone");

        rating.MapPost("", async (Guid id, RatingBody body, Me me, Door door, RatingViews views, CancellationToken ct) =>
        {
            var outcome = await door.Do<RateHandoff, HandoffId>(
                new RateHandoff(new HandoffId(id), body.Score, body.Quality, body.Speed, body.Communication, body.Comment, body.PrivateNote, me.IfVersion),
                me.Caller, me.Once, ct);
            return outcome.Ok ? Show(await views.One(me.Caller, outcome.Value, ct), $"/api/v1/handoffs/{outcome.Value}/rating") : new Problem(outcome.Fault);
        }).RequireAuthorization(Scopes.Work).Produces<RatingView>(201).ProducesProblem(403).ProducesProblem(409)
            .WithSummary("Rate the fulfiller, once, within 14 days after the end");

        rating.MapPatch("", async (Guid id, RatingBody body, Me me, Door door, RatingViews views, CancellationToken ct) =>
        {
            var outcome = await door.Do<ChangeRating, HandoffId>(
                new ChangeRating(new HandoffId(id), body.Score, body.Quality, body.Speed, body.Communication, body.Comment, body.PrivateNote, me.IfVersion),
                me.Caller, me.Once, ct);
            return outcome.Ok ? Show(await views.One(me.Caller, outcome.Value, ct)) : new Problem(outcome.Fault);
        }).RequireAuthorization(Scopes.Work).Produces<RatingView>().ProducesProblem(403).ProducesProblem(409)
            .WithSummary("Change the rating within 72 hours; what is left out stays, an empty text is taken away");

        rating.MapPost("/reply", async (Guid id, ReplyBody body, Me me, Door door, RatingViews views, CancellationToken ct) =>
        {
            var outcome = await door.Do<ReplyToRating, HandoffId>(new ReplyToRating(new HandoffId(id), body.Text, me.IfVersion), me.Caller, me.Once, ct);
            return outcome.Ok ? Show(await views.One(me.Caller, outcome.Value, ct), $"/api/v1/handoffs/{outcome.Value}/rating") : new Problem(outcome.Fault);
        }).RequireAuthorization(Scopes.Work).Produces<RatingView>(201).ProducesProblem(403).ProducesProblem(409).WithSummary("Reply as the fulfiller, once");

        api.MapGet("/partners/{id:guid}/scorecard", async (Guid id, string? from, string? to, string? role, Me me, ScorecardViews views, CancellationToken ct) =>
        {
            var own = role switch
            {
                null or "placer" => false,
                "fulfiller" => true,
                _ => throw new Refusal(Fault.Invalid("role", "'role' is placer (the partner's figures for you, the default) or fulfiller (yours, as the partner sees them).")),
            };
            var (since, until) = (Time("from", from, endOfDay: false), Time("to", to, endOfDay: true));
            return since >= until
                ? throw new Refusal(Fault.Invalid("from", "'from' lies before 'to'."))
                : Reply.Listed(await views.One(me.Caller, new AccountId(id), own, since, until, ct), "partner");
        }).RequireAuthorization(Scopes.Read).Produces<ScorecardView>().ProducesProblem(400).ProducesProblem(404).WithTags("Quality")
            .WithSummary("A partner's figures, over handoffs offered in a period")
            .WithDescription("'from' and 'to' are dates (whole days in UTC, the last one included) or times; without them it is the last 90 days. Of ratings the means are smoothed, (5 * 3.5 + sum) / (5 + number), and absent under five. Only the two companies see them.");
    }

    private static IResult Show(Outcome<RatingView> rating, string? created = null) => !rating.Ok
        ? new Problem(rating.Fault)
        : created is null ? TypedResults.Ok(rating.Value) : TypedResults.Created(created, rating.Value);

    private static DateTimeOffset? Time(string field, string? text, bool endOfDay)
    {
        if (text is null)
        {
            return null;
        }

        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is > 1970 and < 9000)
        {
            return new DateTimeOffset(day.AddDays(endOfDay ? 1 : 0), TimeOnly.MinValue, TimeSpan.Zero);
        }

        return text.Contains('T', StringComparison.OrdinalIgnoreCase)
            && DateTimeOffset.TryParse(text.Replace(' ', '+'), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) && time.Year is > 1970 and < 9000
            ? time
            : throw new Refusal(Fault.Invalid(field, $"'{field}' is a date such as 2026-03-31, or a time such as 2026-03-31T08:00:00Z."));
    }
}
