using Exchange.Core.Kernel;
using Exchange.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace Exchange.Core.Accounts;

/// <summary>A company, as others may see it.</summary>
public sealed record AccountRef(AccountId Id, string Name);

public sealed record AccountView(AccountId Id, string Slug, string Name, string TimeZone, string Desk, DateTimeOffset CreatedAt);

public sealed record KeyView(KeyId Id, string Name, string Prefix, IReadOnlyList<string> Scopes, DateTimeOffset CreatedAt, DateTimeOffset? RevokedAt);

public sealed class AccountViews(IDialect dialect)
{
    public async Task<AccountView> Own(Caller caller, CancellationToken ct)
    {
        await using var db = dialect.Read();
        return await db.Accounts.Where(a => a.Id == caller.Account)
            .Select(a => new AccountView(a.Id, a.Slug, a.Name, a.TimeZone, a.DeskKind, a.CreatedAt)).SingleAsync(ct);
    }

    /// <summary>The caller's keys, newest first, revoked ones too.</summary>
    public async Task<Page<KeyView>> Keys(Caller caller, PageAsk page, CancellationToken ct)
    {
        await using var db = dialect.Read();
        var keys = db.Keys.Where(Mine.Keys(caller));
        if (page.After is { } after)
        {
            var last = new KeyId(after.Id);
            keys = keys.Where(k => k.Id < last);
        }

        var rows = await keys.OrderByDescending(k => k.Id).Take(page.Limit + 1).ToListAsync(ct);
        return Page.Of(rows.ConvertAll(k => new KeyView(k.Id, k.Name, k.Prefix, k.Scopes.Split(' '), k.CreatedAt, k.RevokedAt)), page, k => new Cursor(0, k.Id.Value));
    }
}
