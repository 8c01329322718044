using Exchange.Core.Kernel;
using Exchange.Core.Store;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace Exchange.Core.Accounts;

/// <summary>Somebody calls himself otherwise, in all his companies. What he has written stays under the name that he had.</summary>
[AllowedTo(Roles.None)]
public sealed record RenamePerson(PersonId Person, string? Name) : IAsk<PersonId>;

public sealed class RenamePersonRules : AbstractValidator<RenamePerson>
{
    public RenamePersonRules() => RuleFor(x => x.Name).NotEmpty().MaximumLength(120).OneLine();
}

public sealed class RenamePersonDeed(Membership membership) : IDeed<RenamePerson, PersonId>
{
    public async ValueTask<Outcome<PersonId>> Do(RenamePerson ask, Caller caller, IUnit unit)
    {
        var name = ask.Name!.Trim();
        await unit.Db.Members.Where(m => m.Person == ask.Person).ExecuteUpdateAsync(set => set.SetProperty(m => m.Name, name));
        unit.AfterCommit(() => membership.Forget(ask.Person));
        return ask.Person;
    }
}
