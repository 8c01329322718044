using System.Text.RegularExpressions;
using Exchange.Core.Kernel;
using Exchange.Core.Relay;
using Exchange.Core.Store;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace Exchange.Core.Accounts;

/// <summary>A company joins the exchange, with the built-in desk and a first key that may do everything.</summary>
[AllowedTo(Roles.None)]
public sealed record SignUp(string? Name, string? Slug, string? TimeZone) : IAsk<SignedUp>, ISecretAnswer;

/// <param name="ApiKey">Shown this once.</param>
public sealed record SignedUp(AccountId Id, string Slug, string Name, string ApiKey) : IAnswer<SignedUp>
{
    public Guid Thing => Id.Value;

    public static SignedUp Replayed(Guid thing) => throw new InvalidOperationException("An answer with a secret is never given twice.");
}

public sealed partial class SignUpRules : AbstractValidator<SignUp>
{
    public SignUpRules()
    {
        RuleFor(x => x.Name).NotEmpty().MaximumLength(120).OneLine();
        RuleFor(x => x.Slug).NotEmpty().Must(IsSlug).WithMessage(SlugIs);
        RuleFor(x => x.TimeZone).Must(IsTimeZone).WithMessage(TimeZoneIs);
    }

    internal static string SlugIs => "'slug' is 2 to 40 small letters, digits and hyphens, beginning and ending with a letter or digit.";

    internal static string TimeZoneIs => "'timeZone' is an IANA name such as Europe/Berlin.";

    internal static bool IsSlug(string? slug) => slug is null || Slug().IsMatch(slug);

    internal static bool IsTimeZone(string? zone) => zone is null || (TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found) && found.HasIanaId);

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9-]{0,38}[a-z0-9]\z", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Slug();
}

public sealed class SignUpDeed : IDeed<SignUp, SignedUp>
{
    public async ValueTask<Outcome<SignedUp>> Do(SignUp ask, Caller caller, IUnit unit)
    {
        if (await unit.Db.Accounts.AnyAsync(a => a.Slug == ask.Slug))
        {
            return Fault.Invalid("slug", $"The slug {ask.Slug} is taken: choose another one.");
        }

        var account = Begin(unit, ask.Name!, ask.Slug!, ask.TimeZone);
        var (key, secret) = ApiKey.Make(account.Id, "First key", Scopes.All, unit.Now);
        unit.Db.Add(key);
        return new SignedUp(account.Id, account.Slug, account.Name, secret);
    }

    internal static Account Begin(IUnit unit, string name, string slug, string? timeZone)
    {
        var account = new Account
        {
            Id = new AccountId(Ids.New(unit.Now)),
            Slug = slug,
            Name = name.Trim(),
            TimeZone = timeZone ?? "Etc/UTC",
            DeskKind = Desks.Default,
            CreatedAt = unit.Now,
        };
        unit.Db.Add(account);
        unit.Db.Add(new AccountCounter { Account = account.Id });
        return account;
    }
}
