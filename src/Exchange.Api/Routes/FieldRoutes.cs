using Exchange.Api.Http;
using Exchange.Core.Accounts;
using Exchange.Core.Desk;
using Exchange.Core.Kernel;
using Exchange.Core.Store;

namespace Exchange.Api.Routes;

/// <summary>The fields that a company has added to its tickets.</summary>
internal static class FieldRoutes
{
    public sealed record PatchField(string? Label, IReadOnlyList<string>? Choices, bool? Required, bool? OnForm, int? Position);

    public static void MapFields(this RouteGroupBuilder api)
    {
        var fields = api.MapGroup("/fields").WithTags("Fields");

        fields.MapGet("", async (Me me, FieldViews views, CancellationToken ct) => TypedResults.Ok(new Page<FieldView>(await views.All(me.Caller, ct), null)))
            .RequireAuthorization(Scopes.Read).WithSummary("The company's own ticket fields in their order, retired ones last")
            .WithDescription("All of them are in one answer. They are the company's own: a partner sees of a ticket's values only those that the terms of the link name.");

        fields.MapPost("", async (AddField body, Me me, Door door, FieldViews views, CancellationToken ct) =>
        {
            var outcome = await door.Do<AddField, FieldId>(body, me.Caller, me.Once, ct);
            return outcome.Ok
                ? TypedResults.Created($"/api/v1/fields/{outcome.Value.Value}", await views.One(me.Caller, outcome.Value, ct))
                : (IResult)new Problem(outcome.Fault);
        }).RequireAuthorization(Scopes.Keys).Produces<FieldView>(201).ProducesProblem(400).WithSummary("Add a field: text, number, date, choice or yes-no")
            .WithDescription("'key' is made from the label where it is left out; it never changes, as the kind. 'required' binds people who open tickets on pages and customers at the form, never programs and never a partner's ticket.");

        fields.MapPatch("/{id:guid}", async (Guid id, PatchField body, Me me, Door door, FieldViews views, CancellationToken ct) =>
        {
            var outcome = await door.Do<ChangeField, FieldId>(new ChangeField(id, body.Label, body.Choices, body.Required, body.OnForm, body.Position), me.Caller, me.Once, ct);
            return outcome.Ok ? TypedResults.Ok(await views.One(me.Caller, outcome.Value, ct)) : (IResult)new Problem(outcome.Fault);
        }).RequireAuthorization(Scopes.Keys).Produces<FieldView>().ProducesProblem(404).WithSummary("Change a field's label, choices, place, and where it is asked for");

        fields.MapDelete("/{id:guid}", async (Guid id, Me me, Door door, CancellationToken ct) =>
        {
            var outcome = await door.Do<RetireField, Done>(new RetireField(id), me.Caller, me.Once, ct);
            return outcome.Ok ? TypedResults.NoContent() : (IResult)new Problem(outcome.Fault);
        }).RequireAuthorization(Scopes.Keys).Produces(204).ProducesProblem(404).WithSummary("Retire a field: it is asked for no more, and what tickets have of it stays");
    }
}
