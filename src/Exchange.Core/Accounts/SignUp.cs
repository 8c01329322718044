using System.Text.RegularExpressions;
using Exchange.Core.Kernel;
using Exchange.Core.Relay;
using Exchange.Core.Store;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace Exchange.Core.Accounts;

/// <summary>A company joins the exchange, with the built-in desk and a first key that may do everything.</summary>
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
        RuleFor(x => x.Slug).NotEmpty().Must(slug => slug is null || Slug().IsMatch(slug))
            .WithMessage("'Slug' is 2 to 40 small letters, digits and hyphens, beginning and ending with a letter or digit.");
        RuleFor(x => x.TimeZone).Must(zone => zone is null || (TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found) && found.HasIanaId))
            .WithMessage("'Time Zone' is an IANA name such as Europe/Berlin.");
    }

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

        var account = new Account
        {
            Id = new AccountId(Ids.New(unit.Now)),
            Slug = ask.Slug!,
            Name = ask.Name!.Trim(),
            TimeZone = ask.TimeZone ?? "Etc/UTC",
            DeskKind = Desks.Default,
            CreatedAt = unit.Now,
        };
        var (key, secret) = ApiKey.Make(account.Id, "First key", Scopes.All, unit.Now);
        unit.Db.Add(account);
        unit.Db.Add(new AccountCounter { Account = account.Id });
        unit.Db.Add(key);
        return new SignedUp(account.Id, account.Slug, account.Name, secret);
    }
}
