using System.Globalization;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Exchange.Data.People;

/// <summary>Codes that open once: those of the second factor, and those of links to a new password.</summary>
internal sealed partial class PeopleStore
{
    private const string OwnTokens = "exchange";
    private const string UsedCodes = "used codes";

    /// <summary>A code is taken for two and a half minutes around its half minute; so much longer it is remembered.</summary>
    private static TimeSpan Remembered => TimeSpan.FromMinutes(5);

    private static string Digits(string? code) => new([.. (code ?? "").Where(char.IsAsciiLetterOrDigit)]);

    private async Task<bool> IsCode(UserManager<Person> people, Person person, string code) =>
        await OpensOnce(people, person, code) || (await people.RedeemTwoFactorRecoveryCodeAsync(person, code.Trim())).Succeeded;

    /// <summary>Whether the app shows this code, and nobody came in by it before: who has seen it typed does not come in by it too (RFC 6238, 5.2).</summary>
    private async Task<bool> OpensOnce(UserManager<Person> people, Person person, string? code)
    {
        var digits = Digits(code);
        if (!await people.VerifyTwoFactorTokenAsync(person, TokenOptions.DefaultAuthenticatorProvider, digits))
        {
            return false;
        }

        // Each is kept with when it was used. One that was used is a secret no more.
        var now = time.GetUtcNow();
        var used = (await people.GetAuthenticationTokenAsync(person, OwnTokens, UsedCodes) ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Where(one => long.Parse(one[(one.IndexOf('@', StringComparison.Ordinal) + 1)..], CultureInfo.InvariantCulture) > (now - Remembered).ToUnixTimeSeconds()).ToList();
        if (used.Exists(one => one.StartsWith($"{digits}@", StringComparison.Ordinal)))
        {
            return false;
        }

        // Of two at the same time one finds that the person has changed meanwhile.
        used.Add(string.Create(CultureInfo.InvariantCulture, $"{digits}@{now.ToUnixTimeSeconds()}"));
        return (await people.SetAuthenticationTokenAsync(person, OwnTokens, UsedCodes, string.Join(' ', used))).Succeeded;
    }

    /// <summary>With a new password no link that was asked for before sets another.</summary>
    private Task<int> EndResetCodes(Guid person, CancellationToken ct) =>
        InDb(db => db.ResetCodes.Where(r => r.Person == person && r.UsedAt == null).ExecuteUpdateAsync(set => set.SetProperty(r => r.UsedAt, time.GetUtcNow()), ct));
}
