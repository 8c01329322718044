using Exchange.Api.Http;
using Exchange.Core.Accounts;
using Exchange.Core.Kernel;
using Exchange.Core.Store;

namespace Exchange.Api.Routes;

internal static class AccountRoutes
{
    public static void MapAccounts(this RouteGroupBuilder api)
    {
        api.MapPost("/accounts", async (SignUp body, Me me, HttpRequest request, ExchangeSettings settings, Door door, CancellationToken ct) =>
        {
            if (settings.SignUp == "operator" && !KeyAuthentication.Same(KeyAuthentication.Secret(request), settings.OperatorKey))
            {
                return new Problem(new Fault(Codes.Unauthorized, "Companies are signed up by the operator of this exchange: send the operator key."));
            }

            var outcome = await door.Do<SignUp, SignedUp>(body, Caller.Stranger, me.Once, ct);
            return outcome.Ok ? TypedResults.Created("/api/v1/account", outcome.Value) : (IResult)new Problem(outcome.Fault);
        }).AllowAnonymous().Produces<SignedUp>(201).ProducesProblem(400).WithTags("Accounts").WithSummary("Sign a company up; its first key is shown once");

        api.MapGet("/account", async (Me me, AccountViews views, CancellationToken ct) => TypedResults.Ok(await views.Own(me.Caller, ct)))
            .RequireAuthorization(Scopes.Read).WithTags("Accounts").WithSummary("The own account");

        api.MapPatch("/account", async (ChangeAccount body, Me me, Door door, AccountViews views, CancellationToken ct) =>
        {
            var outcome = await door.Do<ChangeAccount, AccountId>(body, me.Caller, me.Once, ct);
            return outcome.Ok ? TypedResults.Ok(await views.Own(me.Caller, ct)) : (IResult)new Problem(outcome.Fault);
        }).RequireAuthorization(Scopes.Keys).Produces<AccountView>().ProducesProblem(400).WithTags("Accounts").WithSummary("Change the account's name or time zone; what is left out stays");

        api.MapGet("/keys", async (Me me, Paging paging, AccountViews views, CancellationToken ct) => TypedResults.Ok(await views.Keys(me.Caller, paging.Page, ct)))
            .RequireAuthorization(Scopes.Keys).WithTags("Keys").WithSummary("The account's keys, newest first");

        api.MapPost("/keys", async (MakeKey body, Me me, Door door, CancellationToken ct) =>
        {
            var outcome = await door.Do<MakeKey, MadeKey>(body, me.Caller, me.Once, ct);
            return outcome.Ok ? TypedResults.Created($"/api/v1/keys/{outcome.Value.Id}", outcome.Value) : (IResult)new Problem(outcome.Fault);
        }).RequireAuthorization(Scopes.Keys).Produces<MadeKey>(201).ProducesProblem(400).WithTags("Keys").WithSummary("Make a key; it is shown once");

        api.MapDelete("/keys/{id:guid}", async (Guid id, Me me, Door door, CancellationToken ct) =>
        {
            var outcome = await door.Do<RevokeKey, KeyId>(new RevokeKey(new KeyId(id)), me.Caller, me.Once, ct);
            return outcome.Ok ? TypedResults.NoContent() : (IResult)new Problem(outcome.Fault);
        }).RequireAuthorization(Scopes.Keys).Produces(204).ProducesProblem(404).WithTags("Keys").WithSummary("Revoke a key for good");
    }
}
