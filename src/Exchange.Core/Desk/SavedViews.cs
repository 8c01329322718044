using Exchange.Core.Accounts;
using Exchange.Core.Kernel;
using Exchange.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace Exchange.Core.Desk;

/// <param name="Filter">As it was saved.</param>
public sealed record SavedViewView(Guid Id, string Name, string Filter);

/// <summary>What a person has saved for himself in an account; nobody else sees it.</summary>
public sealed class SavedViews(IDialect dialect)
{
    /// <summary>In the order in which they were saved.</summary>
    public async Task<IReadOnlyList<SavedViewView>> Of(Caller caller, CancellationToken ct)
    {
        if (PersonOf(caller) is not { } person)
        {
            return [];
        }

        await using var db = dialect.Read();
        return await db.SavedViews.Where(v => v.Account == caller.Account && v.Person == person).OrderBy(v => v.Id)
            .Select(v => new SavedViewView(v.Id, v.Name, v.Filter)).ToListAsync(ct);
    }

    /// <summary>Null for a key and for the exchange itself.</summary>
    internal static PersonId? PersonOf(Caller caller) => PersonId.Of(caller);
}
