using Exchange.Core.Accounts;
using Exchange.Web.Pages;

namespace Exchange.Api.Demo;

/// <summary>People of the demo who can sign in; the sign-in page names them.</summary>
internal static class DemoPeopleOfDesks
{
    /// <summary>Of everybody in the demo. It opens made-up data alone.</summary>
    private const string Password = "open the demo desk";

    public static IReadOnlyList<DemoPerson> Said =>
        [.. Cast.People.Select(person => new DemoPerson(person.Name, person.Email!, Password, $"{person.Of.Name}, {Called(person.Roles)}"))];

    public static async Task Join(Stage stage, IServiceProvider services)
    {
        var people = services.GetRequiredService<IPeople>();
        foreach (var person in Cast.People)
        {
            var made = await people.Register(person.Email, person.Name, Password, CancellationToken.None);
            var id = made.Ok ? made.Value : throw new InvalidOperationException($"The demo's {person.Name} was refused: {made.Fault.Detail}");
            var invited = await stage.Do<InviteMember, MemberInvited>(new InviteMember(person.Email, person.Roles), person);
            await stage.Do<JoinAccount, Joined>(new JoinAccount(invited.Code, id, person.Name, person.Email!), null);
            stage.Known(person, id);
        }
    }

    private static string Called(Roles roles) => string.Join(", ", Rights.Each.Where(role => roles.HasFlag(role)).Select(role => role switch
    {
        Roles.LinkAdmin => "link admin",
        _ => role.ToString().ToLowerInvariant(),
    }));
}
