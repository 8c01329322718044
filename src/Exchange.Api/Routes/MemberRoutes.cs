using Exchange.Api.Http;
using Exchange.Core.Accounts;
using Exchange.Core.Kernel;
using Exchange.Core.Store;

namespace Exchange.Api.Routes;

/// <summary>The people of an account, for programs that bring them in and take them out. A role is a word: <c>admin</c>, <c>link_admin</c>, ...</summary>
internal static class MemberRoutes
{
    private static readonly Dictionary<string, Roles> ByWord = Rights.Each.ToDictionary(role => role.Word(), StringComparer.Ordinal);

    public sealed record MemberJson(Guid Id, string Name, string Email, IReadOnlyList<string> Roles, DateTimeOffset JoinedAt);

    public sealed record InvitationJson(Guid Id, string Email, IReadOnlyList<string> Roles, string InvitedBy, DateTimeOffset InvitedAt, DateTimeOffset ExpiresAt);

    /// <param name="Code">Shown this once.</param>
    /// <param name="Path">Where the person opens it, below this exchange's address.</param>
    public sealed record InvitedJson(Guid Id, string Email, string Code, string Path, DateTimeOffset ExpiresAt);

    public sealed record InviteJson(string? Email, IReadOnlyList<string>? Roles);

    public sealed record RolesJson(IReadOnlyList<string>? Roles);

    public static void MapMembers(this RouteGroupBuilder api)
    {
        var members = api.MapGroup("/members").WithTags("Members").RequireAuthorization(Scopes.Keys);

        members.MapGet("", async (Me me, MemberViews views, CancellationToken ct) => TypedResults.Ok(new Page<MemberJson>(
            [.. (await views.Members(me.Caller, ct)).Select(m => new MemberJson(m.Person.Value, m.Name, m.Email, Words(m.Roles), m.JoinedAt))], null)))
            .WithSummary("Who works at this desk, by name");

        members.MapPatch("/{id:guid}", async (Guid id, RolesJson body, Me me, Door door, CancellationToken ct) =>
            Read(body.Roles) is not { } roles ? new Problem(NoRole)
            : await door.Do<ChangeMember, PersonId>(new ChangeMember(new PersonId(id), roles), me.Caller, me.Once, ct) is { Ok: false } refused ? new Problem(refused.Fault)
            : (IResult)TypedResults.NoContent()).Produces(204).ProducesProblem(404).WithSummary("Give a member other roles; the last admin stays one");

        members.MapDelete("/{id:guid}", async (Guid id, Me me, Door door, CancellationToken ct) =>
            await door.Do<RemoveMember, PersonId>(new RemoveMember(new PersonId(id)), me.Caller, me.Once, ct) is { Ok: false } refused
                ? new Problem(refused.Fault) : (IResult)TypedResults.NoContent())
            .Produces(204).ProducesProblem(404).WithSummary("End a membership; what the person has written stays");

        MapInvitations(members.MapGroup("/invitations"));
    }

    private static void MapInvitations(RouteGroupBuilder invitations)
    {
        invitations.MapGet("", async (Me me, MemberViews views, CancellationToken ct) => TypedResults.Ok(new Page<InvitationJson>(
            [.. (await views.Invitations(me.Caller, ct)).Select(i => new InvitationJson(i.Id, i.Email, Words(i.Roles), i.InvitedBy, i.InvitedAt, i.ExpiresAt))], null)))
            .WithSummary("Invitations that can still be used, newest first");

        invitations.MapPost("", async (InviteJson body, Me me, Door door, CancellationToken ct) =>
        {
            if (Read(body.Roles) is not { } roles)
            {
                return (IResult)new Problem(NoRole);
            }

            var outcome = await door.Do<InviteMember, MemberInvited>(new InviteMember(body.Email, roles), me.Caller, me.Once, ct);
            return outcome.Ok
                ? TypedResults.Created((string?)null, new InvitedJson(outcome.Value.Id, outcome.Value.Email, outcome.Value.Code, $"/join/{outcome.Value.Code}", outcome.Value.ExpiresAt))
                : new Problem(outcome.Fault);
        }).Produces<InvitedJson>(201).ProducesProblem(400).WithSummary("Invite somebody; the code is shown once and good for seven days. No mail is sent");

        invitations.MapDelete("/{id:guid}", async (Guid id, Me me, Door door, CancellationToken ct) =>
            await door.Do<WithdrawMemberInvitation, Done>(new WithdrawMemberInvitation(id), me.Caller, me.Once, ct) is { Ok: false } refused
                ? new Problem(refused.Fault) : (IResult)TypedResults.NoContent())
            .Produces(204).ProducesProblem(404).WithSummary("Withdraw an invitation");
    }

    private static Fault NoRole => Fault.Invalid("roles", $"A role is one of: {string.Join(", ", ByWord.Keys)}.");

    private static string[] Words(Roles roles) => [.. Rights.Each.Where(role => roles.HasFlag(role)).Select(role => role.Word())];

    /// <summary>None at all is left to the rules of the ask; null when a word is not one of them.</summary>
    private static Roles? Read(IReadOnlyList<string>? words) => words is null ? Roles.None
        : words.All(word => word is not null && ByWord.ContainsKey(word)) ? words.Aggregate(Roles.None, (all, word) => all | ByWord[word]) : null;
}
