using Exchange.Core.Kernel;
using Exchange.Core.Store;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace Exchange.Core.Accounts;

/// <summary>Changes what the caller's company is called, and its time zone. What is left out stays. Its short name never changes.</summary>
[AllowedTo(Roles.Admin)]
public sealed record ChangeAccount(string? Name, string? TimeZone) : IAsk<AccountId>;

public sealed class ChangeAccountRules : AbstractValidator<ChangeAccount>
{
    public ChangeAccountRules()
    {
        RuleFor(x => x.Name).NotEmpty().MaximumLength(120).OneLine().When(x => x.Name is not null);
        RuleFor(x => x.TimeZone).Must(SignUpRules.IsTimeZone).WithMessage(SignUpRules.TimeZoneIs);
    }
}

public sealed class ChangeAccountDeed(Membership membership) : IDeed<ChangeAccount, AccountId>
{
    public async ValueTask<Outcome<AccountId>> Do(ChangeAccount ask, Caller caller, IUnit unit)
    {
        var account = await unit.Db.Accounts.AsTracking().SingleAsync(a => a.Id == caller.Account);
        account.Name = ask.Name?.Trim() ?? account.Name;
        account.TimeZone = ask.TimeZone ?? account.TimeZone;
        unit.AfterCommit(() => membership.Forget(account.Id));
        return account.Id;
    }
}
