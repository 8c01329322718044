using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Exchange.Core.Accounts;
using Exchange.Core.Kernel;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Exchange.Data.People;

/// <summary>People by ASP.NET Core Identity: passwords, lock-out and second factor are its own; sessions are rows of ours.</summary>
internal sealed partial class PeopleStore(IServiceScopeFactory scopes, TimeProvider time) : IPeople
{
    private const string Issuer = "Ticket exchange";

    private static readonly Person Nobody = new() { Name = "nobody" };

    private readonly ConcurrentDictionary<Guid, (PersonSession Session, DateTimeOffset Until)> _known = new();

    private readonly Strangers _strangers = new(time);

    // Looked at where nobody has the e-mail, so that this takes as long as a wrong password.
    private string? _nobodysHash;

    private int _epoch;

    private static TimeSpan ResetGoodFor => TimeSpan.FromHours(2);

    public Task<Outcome<PersonId>> Register(string? email, string? name, string? password, CancellationToken ct) => With<Outcome<PersonId>>(async people =>
    {
        if (Name(name) is { } fault)
        {
            return fault;
        }

        var person = new Person { Id = Ids.New(time.GetUtcNow()), Name = name!.Trim(), UserName = email?.Trim(), Email = email?.Trim() };
        var made = await people.CreateAsync(person, password ?? "");
        return made.Succeeded ? new PersonId(person.Id) : FaultOf(made);
    });

    public Task<SignInAnswer> SignIn(string? email, string? password, string? code, Visitor visitor, CancellationToken ct) => With(async people =>
    {
        if (await people.FindByEmailAsync(email?.Trim() ?? "") is not { } person)
        {
            if (_strangers.LockedFor(email) is { } wait)
            {
                return Locked(wait);
            }

            _nobodysHash ??= people.PasswordHasher.HashPassword(Nobody, "a password that nobody has");
            people.PasswordHasher.VerifyHashedPassword(Nobody, _nobodysHash, password ?? "");
            return _strangers.Missed(email) is { } locked ? Locked(locked) : new SignInAnswer(SignInState.Wrong);
        }

        if (await people.IsLockedOutAsync(person))
        {
            return Locked(person.LockoutEnd - time.GetUtcNow());
        }

        if (!await people.CheckPasswordAsync(person, password ?? ""))
        {
            return await Missed(people, person, SignInState.Wrong);
        }

        if (person.TwoFactorEnabled)
        {
            if (string.IsNullOrWhiteSpace(code))
            {
                return new SignInAnswer(SignInState.CodeWanted);
            }

            if (!await IsCode(people, person, code))
            {
                return await Missed(people, person, SignInState.CodeWanted);
            }
        }

        await people.ResetAccessFailedCountAsync(person);
        return new SignInAnswer(SignInState.Welcome, await Begin(person, visitor, ct));
    });

    public Task<string?> ResetCode(string? email, CancellationToken ct) => With<string?>(async people =>
    {
        if (await people.FindByEmailAsync(email?.Trim() ?? "") is not { } person)
        {
            return null;
        }

        var code = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        await InDb(async db =>
        {
            db.Add(new ResetCode { Id = Ids.New(time.GetUtcNow()), Person = person.Id, Hash = HashOf(code), ExpiresAt = time.GetUtcNow() + ResetGoodFor });
            return await db.SaveChangesAsync(ct);
        });
        return code;
    });

    public Task<Outcome<PersonId>> Reset(string? code, string? password, CancellationToken ct) => With<Outcome<PersonId>>(async people =>
    {
        var (hash, now) = (HashOf(code ?? ""), time.GetUtcNow());
        var row = await InDb(db => db.ResetCodes.AsNoTracking().SingleOrDefaultAsync(r => r.Hash == hash && r.UsedAt == null && r.ExpiresAt > now, ct));
        if (row is null || await people.FindByIdAsync(row.Person.ToString()) is not { } person)
        {
            return new Fault(Codes.NotFound, "This link was used or has run out: ask for a new one.");
        }

        if (await NewPassword(people, person, password) is { } fault)
        {
            return fault;
        }

        // Once: of two at the same time one finds the row used.
        if (await InDb(db => db.ResetCodes.Where(r => r.Id == row.Id && r.UsedAt == null).ExecuteUpdateAsync(set => set.SetProperty(r => r.UsedAt, now), ct)) == 0)
        {
            return new Fault(Codes.NotFound, "This link was used or has run out: ask for a new one.");
        }

        await people.RemovePasswordAsync(person);
        var set = await people.AddPasswordAsync(person, password!);
        if (!set.Succeeded)
        {
            return FaultOf(set);
        }

        await people.SetLockoutEndDateAsync(person, null);
        await people.ResetAccessFailedCountAsync(person);
        await EndResetCodes(person.Id, ct);
        await EndOtherSessions(new PersonId(person.Id), Guid.Empty, ct);
        return new PersonId(person.Id);
    });

    public Task<Outcome<PersonId>> ChangePassword(PersonId person, Guid session, string? present, string? password, CancellationToken ct) => OfPerson<PersonId>(person, async (people, found) =>
    {
        var changed = await people.ChangePasswordAsync(found, present ?? "", password ?? "");
        if (!changed.Succeeded)
        {
            return FaultOf(changed);
        }

        await EndResetCodes(person.Value, ct);
        await EndOtherSessions(person, session, ct);
        return person;
    });

    public Task<Outcome<PersonId>> ChangeProfile(PersonId person, string? name, string? language, string? timeZone, CancellationToken ct) => OfPerson<PersonId>(person, async (people, found) =>
    {
        if (Name(name) is { } fault)
        {
            return fault;
        }

        if (timeZone is not null && !TimeZoneInfo.TryFindSystemTimeZoneById(timeZone, out _))
        {
            return Fault.Invalid("timeZone", "The time zone is an IANA name such as Europe/Berlin.");
        }

        (found.Name, found.Language, found.TimeZone) = (name!.Trim(), language, timeZone);
        var changed = await people.UpdateAsync(found);
        Forget(person);
        return changed.Succeeded ? person : FaultOf(changed);
    });

    public Task<Outcome<TwoFactorSetUp>> BeginTwoFactor(PersonId person, CancellationToken ct) => OfPerson<TwoFactorSetUp>(person, async (people, found) =>
    {
        if (found.TwoFactorEnabled)
        {
            // A new key would lock him out: his app makes codes of the old one.
            return Fault.Invalid("code", "A second factor is asked for already: end it first.");
        }

        await people.ResetAuthenticatorKeyAsync(found);
        var key = await people.GetAuthenticatorKeyAsync(found) ?? throw new InvalidOperationException("Identity made no key.");
        return new TwoFactorSetUp(key, $"otpauth://totp/{Uri.EscapeDataString(Issuer)}:{Uri.EscapeDataString(found.Email!)}?secret={key}&issuer={Uri.EscapeDataString(Issuer)}&digits=6");
    });

    public Task<Outcome<IReadOnlyList<string>>> ConfirmTwoFactor(PersonId person, string? code, CancellationToken ct) => OfPerson<IReadOnlyList<string>>(person, async (people, found) =>
    {
        if (found.TwoFactorEnabled)
        {
            return Fault.Invalid("code", "A second factor is asked for already: end it first.");
        }

        if (!await OpensOnce(people, found, code))
        {
            return Fault.Invalid("code", "This is not the code that the app shows now.");
        }

        await people.SetTwoFactorEnabledAsync(found, true);
        Forget(person);
        const int Codes = 8;
        return new List<string>(await people.GenerateNewTwoFactorRecoveryCodesAsync(found, Codes) ?? []);
    });

    public Task<Outcome<PersonId>> EndTwoFactor(PersonId person, string? password, CancellationToken ct) => OfPerson<PersonId>(person, async (people, found) =>
    {
        if (!await people.CheckPasswordAsync(found, password ?? ""))
        {
            return Fault.Invalid("password", "This is not your password.");
        }

        await people.SetTwoFactorEnabledAsync(found, false);
        await people.ResetAuthenticatorKeyAsync(found);
        Forget(person);
        return person;
    });

    private static Fault? Name(string? name) => string.IsNullOrWhiteSpace(name) || name.Trim().Length > 120 || name.Any(Core.Store.Rules.Turns)
        ? Fault.Invalid("name", "A name is one line of 1 to 120 characters.")
        : null;

    private static byte[] HashOf(string code) => SHA256.HashData(Encoding.UTF8.GetBytes(code));

    private static Fault FaultOf(IdentityResult result)
    {
        var errors = result.Errors.GroupBy(e => e.Code switch
        {
            var c when c.Contains("Email", StringComparison.Ordinal) || c.Contains("UserName", StringComparison.Ordinal) => "email",
            "PasswordMismatch" => "present",
            _ => "password",
        }, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Select(Words).Distinct(StringComparer.Ordinal).ToArray(), StringComparer.Ordinal);
        return new Fault(Codes.Validation, errors.First().Value[0]) { Errors = errors };
    }

    /// <summary>In the words of the house; the pages know them in other languages.</summary>
    private static string Words(IdentityError error) => error.Code switch
    {
        "DuplicateEmail" or "DuplicateUserName" => "Somebody has this e-mail already: sign in instead.",
        "InvalidEmail" or "InvalidUserName" => "This is not an e-mail address.",
        "PasswordTooShort" => "A password has 10 characters or more.",
        "PasswordRequiresUniqueChars" => "A password has 4 different characters or more.",
        "PasswordMismatch" => "This is not your password.",
        _ => error.Description,
    };

    private static async Task<Fault?> NewPassword(UserManager<Person> people, Person person, string? password)
    {
        foreach (var rule in people.PasswordValidators)
        {
            var checkedBy = await rule.ValidateAsync(people, person, password);
            if (!checkedBy.Succeeded)
            {
                return FaultOf(checkedBy);
            }
        }

        return null;
    }

    /// <summary>In whole minutes: the rest would tell one who exists from one who does not.</summary>
    private static SignInAnswer Locked(TimeSpan? wait) => new(SignInState.Locked, null, TimeSpan.FromMinutes(Math.Ceiling(wait?.TotalMinutes ?? 1)));

    private async Task<SignInAnswer> Missed(UserManager<Person> people, Person person, SignInState state)
    {
        await people.AccessFailedAsync(person);
        return await people.IsLockedOutAsync(person) ? Locked(person.LockoutEnd - time.GetUtcNow()) : new SignInAnswer(state);
    }

    private async Task<T> With<T>(Func<UserManager<Person>, Task<T>> work)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await work(scope.ServiceProvider.GetRequiredService<UserManager<Person>>());
    }

    private Task<Outcome<T>> OfPerson<T>(PersonId person, Func<UserManager<Person>, Person, Task<Outcome<T>>> work) => With(async people =>
        await people.FindByIdAsync(person.ToString()) is { } found ? await work(people, found) : new Fault(Codes.NotFound, "There is no such person."));

    private async Task<T> InDb<T>(Func<PeopleDb, Task<T>> work)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await work(scope.ServiceProvider.GetRequiredService<PeopleDb>());
    }
}
