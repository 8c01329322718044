using Exchange.Core.Accounts;
using Exchange.Core.Kernel;
using Exchange.Core.Store;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace Exchange.Core.Desk;

/// <summary>Keeps a list of tickets under a name, for the person who asks. A name that he has already takes the new list.</summary>
[AllowedTo(Roles.Any)]
public sealed record SaveView(string? Name, string? Filter) : IAsk<SavedViewId>;

public sealed class SaveViewRules : AbstractValidator<SaveView>
{
    public const int MaxName = 60;
    public const int MaxFilter = 1000;

    public SaveViewRules()
    {
        RuleFor(x => x.Name).NotEmpty().MaximumLength(MaxName).OneLine();
        RuleFor(x => x.Filter).MaximumLength(MaxFilter).OneLine();
    }
}

public sealed class SaveViewDeed : IDeed<SaveView, SavedViewId>
{
    public async ValueTask<Outcome<SavedViewId>> Do(SaveView ask, Caller caller, IUnit unit)
    {
        if (SavedViews.PersonOf(caller) is not { } person)
        {
            return new Fault(Codes.Forbidden, "Views are saved by people, each for himself: a key has none.");
        }

        // The member's row is locked, so that two at once neither pass the limit nor take one name twice.
        await unit.Db.Members.Where(m => m.Account == caller.Account && m.Person == person).ExecuteUpdateAsync(set => set.SetProperty(m => m.Version, m => m.Version));
        var name = ask.Name!.Trim();
        var own = unit.Db.SavedViews.Where(v => v.Account == caller.Account && v.Person == person);
        await own.Where(v => v.Name == name).ExecuteDeleteAsync();
        if (await own.CountAsync() >= SavedView.Most)
        {
            return Fault.Invalid("name", $"You have {SavedView.Most} views: remove one first.");
        }

        var view = new SavedView { Id = Ids.New(unit.Now), Account = caller.Account, Person = person, Name = name, Filter = ask.Filter ?? "" };
        unit.Db.Add(view);
        return new SavedViewId(view.Id);
    }
}
