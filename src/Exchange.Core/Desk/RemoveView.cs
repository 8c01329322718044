using Exchange.Core.Accounts;
using Exchange.Core.Kernel;
using Microsoft.EntityFrameworkCore;
using Exchange.Core.Store;

namespace Exchange.Core.Desk;

/// <summary>Forgets a saved view of the person who asks. Its tickets stay.</summary>
[AllowedTo(Roles.Any)]
public sealed record RemoveView(Guid View) : IAsk<Done>;

public sealed class RemoveViewDeed : IDeed<RemoveView, Done>
{
    public async ValueTask<Outcome<Done>> Do(RemoveView ask, Caller caller, IUnit unit)
    {
        var person = SavedViews.PersonOf(caller);
        return person is not null
            && await unit.Db.SavedViews.Where(v => v.Id == ask.View && v.Account == caller.Account && v.Person == person).ExecuteDeleteAsync() == 1
            ? default(Done)
            : Fault.NotFound("view");
    }
}
