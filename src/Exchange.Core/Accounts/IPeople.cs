using Exchange.Core.Kernel;

namespace Exchange.Core.Accounts;

/// <summary>Somebody who can sign in.</summary>
/// <param name="Language"><c>en</c>, <c>fr</c> or <c>ru</c>; null follows the browser.</param>
/// <param name="TimeZone">IANA; null follows the account.</param>
/// <param name="TwoFactor">Whether a second factor is asked for.</param>
public sealed record PersonView(PersonId Id, string Name, string Email, string? Language, string? TimeZone, bool TwoFactor);

/// <param name="Agent">The browser, as it names itself.</param>
/// <param name="Address">Where the person last came from.</param>
public sealed record SessionView(Guid Id, string Agent, string Address, DateTimeOffset BegunAt, DateTimeOffset SeenAt);

/// <summary>A person who has signed in.</summary>
public sealed record PersonSession(Guid Id, PersonView Person);

public enum SignInState
{
    Welcome,

    /// <summary>No such person, or another password. Which of the two is not told.</summary>
    Wrong,

    /// <summary>The password is right; the code of the second factor is missing or wrong.</summary>
    CodeWanted,

    /// <summary>Too many wrong ones: nothing is looked at for a while.</summary>
    Locked,
}

/// <param name="Session">Where the state is <see cref="SignInState.Welcome"/>.</param>
public sealed record SignInAnswer(SignInState State, PersonSession? Session = null, TimeSpan? LockedFor = null);

/// <param name="Agent">The browser, as it names itself.</param>
/// <param name="Address">Where the request comes from.</param>
public sealed record Visitor(string Agent, string Address);

/// <summary>How to set up an app that makes the codes of a second factor (RFC 6238).</summary>
/// <param name="Uri">For a QR code: <c>otpauth://totp/...</c>.</param>
public sealed record TwoFactorSetUp(string Key, string Uri);

/// <summary>
/// Where people, their passwords and their sessions are kept. Which accounts they are members of is not its business.
/// </summary>
public interface IPeople
{
    /// <returns>A <c>validation</c> fault names what is wrong with e-mail, name or password.</returns>
    Task<Outcome<PersonId>> Register(string? email, string? name, string? password, CancellationToken ct);

    /// <param name="code">Of the authenticator app, or one recovery code; wanted where the person has a second factor.</param>
    Task<SignInAnswer> SignIn(string? email, string? password, string? code, Visitor visitor, CancellationToken ct);

    /// <summary>Somebody as he is now, for a mail to him; null where there is no such person.</summary>
    Task<PersonView?> Find(PersonId person, CancellationToken ct);

    /// <summary>Null when it was ended, or nobody came for too long. What was read is believed for a few seconds.</summary>
    ValueTask<PersonSession?> Session(Guid session, CancellationToken ct);

    Task<IReadOnlyList<SessionView>> Sessions(PersonId person, CancellationToken ct);

    Task EndSession(PersonId person, Guid session, CancellationToken ct);

    /// <summary>Ends all sessions of this person but one.</summary>
    Task EndOtherSessions(PersonId person, Guid but, CancellationToken ct);

    /// <summary>A code that lets whoever holds it choose a new password, once, for so long; null when nobody has this e-mail.</summary>
    Task<string?> ResetCode(string? email, CancellationToken ct);

    /// <summary>Chooses a new password, ends the lock-out and all sessions.</summary>
    Task<Outcome<PersonId>> Reset(string? code, string? password, CancellationToken ct);

    /// <summary>Ends all other sessions too.</summary>
    Task<Outcome<PersonId>> ChangePassword(PersonId person, Guid session, string? present, string? password, CancellationToken ct);

    Task<Outcome<PersonId>> ChangeProfile(PersonId person, string? name, string? language, string? timeZone, CancellationToken ct);

    /// <summary>A new key for an authenticator app; nothing is asked for until a code of it was given. Refused where one is asked for already.</summary>
    Task<Outcome<TwoFactorSetUp>> BeginTwoFactor(PersonId person, CancellationToken ct);

    /// <returns>Recovery codes, shown this once; a <c>validation</c> fault when the code is wrong.</returns>
    Task<Outcome<IReadOnlyList<string>>> ConfirmTwoFactor(PersonId person, string? code, CancellationToken ct);

    Task<Outcome<PersonId>> EndTwoFactor(PersonId person, string? password, CancellationToken ct);
}
