using Exchange.Core.Kernel;
using Exchange.Core.Store;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace Exchange.Core.Accounts;

/// <summary>A person brings a company onto the exchange, and is its first admin.</summary>
[AllowedTo(Roles.None)]
public sealed record FoundAccount(string? Name, string? Slug, string? TimeZone, PersonId Person, string PersonName, string Email) : IAsk<Joined>;

public sealed class FoundAccountRules : AbstractValidator<FoundAccount>
{
    public FoundAccountRules()
    {
        RuleFor(x => x.Name).NotEmpty().MaximumLength(120).OneLine();
        RuleFor(x => x.Slug).NotEmpty().Must(SignUpRules.IsSlug).WithMessage(SignUpRules.SlugIs);
        RuleFor(x => x.TimeZone).Must(SignUpRules.IsTimeZone).WithMessage(SignUpRules.TimeZoneIs);
    }
}

public sealed class FoundAccountDeed(Membership membership) : IDeed<FoundAccount, Joined>
{
    public async ValueTask<Outcome<Joined>> Do(FoundAccount ask, Caller caller, IUnit unit)
    {
        if (await unit.Db.Accounts.AnyAsync(a => a.Slug == ask.Slug))
        {
            return Fault.Invalid("slug", $"The slug {ask.Slug} is taken: choose another one.");
        }

        var account = SignUpDeed.Begin(unit, ask.Name!, ask.Slug!, ask.TimeZone);
        unit.Db.Add(new Member { Account = account.Id, Person = ask.Person, Name = ask.PersonName, Email = ask.Email, Roles = Roles.Admin, JoinedAt = unit.Now });
        unit.AfterCommit(() => membership.Forget(ask.Person));
        return new Joined(account.Id, account.Slug);
    }
}
