using Exchange.Contracts.V1;
using Exchange.Core.Accounts;
using Exchange.Core.Kernel;
using Exchange.Web.Shell;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Exchange.Web.Pages;

/// <summary>What a person settles for himself: how he is called, his password, second factor and sessions.</summary>
[SignedIn]
public sealed class MeModel(IPeople people, Membership membership, Attempts attempts) : ExchangePage
{
    private PersonSession Session => HttpContext.Features.Get<PersonSession>()!;

    /// <summary>As typed, where it was refused.</summary>
    public string Name { get; private set; } = "";

    public string? Language { get; private set; }

    public string? Zone { get; private set; }

    public PersonView Person => Session.Person;

    public Guid This => Session.Id;

    public IReadOnlyList<SessionView> Sessions { get; private set; } = [];

    /// <summary>While an app is being set up.</summary>
    public TwoFactorSetUp? SetUp { get; private set; }

    /// <summary>Shown this once.</summary>
    public IReadOnlyList<string> Recovery { get; private set; } = [];

    /// <summary>Whether a second factor is asked for from now on; the session still knows how it was.</summary>
    public bool TwoFactor => Person.TwoFactor || Recovery.Count > 0;

    public Task OnGetAsync() => Load();

    public async Task<IActionResult> OnPostProfileAsync(string? name, string? language, string? zone)
    {
        var changed = await people.ChangeProfile(Person.Id, name, Languages.IsOne(language) ? language : null, string.IsNullOrWhiteSpace(zone) ? null : zone.Trim(), Gone);
        if (!changed.Ok)
        {
            return await Refused(changed.Fault, name, language, zone);
        }

        var renamed = await Ask<RenamePerson, PersonId>(new RenamePerson(Person.Id, name), new Caller(default, "", new Actor("person", Person.Id.ToString(), name!.Trim())));
        if (!renamed.Ok)
        {
            return await Again(name, language, zone);
        }

        Languages.Speak(HttpContext, Languages.IsOne(language) ? language : null);
        return Said(T["Saved."]);
    }

    public async Task<IActionResult> OnPostPasswordAsync(string? present, string? password)
    {
        if (attempts.Refuses(this, Person.Email))
        {
            return await Again();
        }

        var changed = await people.ChangePassword(Person.Id, Session.Id, present, password, Gone);
        return changed.Ok ? Said(T["Your password is changed. All other browsers are signed out."]) : await Refused(changed.Fault);
    }

    public async Task<IActionResult> OnPostBeginTwoFactorAsync()
    {
        var begun = await people.BeginTwoFactor(Person.Id, Gone);
        if (!begun.Ok)
        {
            return await Refused(begun.Fault);
        }

        SetUp = begun.Value;
        return await Again();
    }

    /// <param name="key">As it was shown: with a wrong code it is shown again.</param>
    /// <param name="uri">The same.</param>
    /// <param name="code">What the app shows.</param>
    public async Task<IActionResult> OnPostConfirmTwoFactorAsync(string? key, string? uri, string? code)
    {
        var confirmed = await people.ConfirmTwoFactor(Person.Id, code, Gone);
        if (confirmed.Ok)
        {
            Recovery = confirmed.Value;
            return await Again();
        }

        const int LongestUri = 600;
        SetUp = key is { Length: > 0 and < 100 } && uri is { Length: < LongestUri } && uri.StartsWith("otpauth://", StringComparison.Ordinal) ? new TwoFactorSetUp(key, uri) : null;
        return await Refused(confirmed.Fault);
    }

    public async Task<IActionResult> OnPostEndTwoFactorAsync(string? password)
    {
        if (attempts.Refuses(this, Person.Email))
        {
            return await Again();
        }

        var ended = await people.EndTwoFactor(Person.Id, password, Gone);
        return ended.Ok ? Said(T["Your password alone opens the desk now."]) : await Refused(ended.Fault);
    }

    public async Task<IActionResult> OnPostEndSessionAsync(Guid session)
    {
        await people.EndSession(Person.Id, session, Gone);
        return Said(T["That browser is signed out."]);
    }

    public async Task<IActionResult> OnPostEndOthersAsync()
    {
        await people.EndOtherSessions(Person.Id, Session.Id, Gone);
        return Said(T["All other browsers are signed out."]);
    }

    public IActionResult OnPostLetters(bool on)
    {
        Letters.Turn(HttpContext, on);
        return Said(on ? T["Single letters are keys again in this browser."] : T["Single letters do nothing in this browser now."]);
    }

    private RedirectResult Said(string toast)
    {
        Toast = toast;
        return Redirect("/me");
    }

    private Task<PageResult> Refused(Fault fault, string? name = null, string? language = null, string? zone = null)
    {
        Tell(fault);
        return Again(name, language, zone);
    }

    private async Task<PageResult> Again(string? name = null, string? language = null, string? zone = null)
    {
        await Load();
        (Name, Language, Zone) = (name ?? Name, language ?? Language, zone ?? Zone);
        return Page();
    }

    private async Task Load()
    {
        (Name, Language, Zone) = (Person.Name, Person.Language, Person.TimeZone);
        Sessions = await people.Sessions(Person.Id, Gone);
        PlaceZone.Set(HttpContext, Person, await membership.Of(Person.Id, Gone));
    }
}
