using Exchange.Core.Kernel;
using Exchange.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace Exchange.Core.Accounts;

/// <summary>Ends a key for good. Requests with it are refused from now on (on other nodes within <see cref="Keyring.Fresh"/>).</summary>
[AllowedTo(Roles.Admin)]
public sealed record RevokeKey(KeyId Key) : IAsk<KeyId>;

public sealed class RevokeKeyDeed(Keyring keyring) : IDeed<RevokeKey, KeyId>
{
    public async ValueTask<Outcome<KeyId>> Do(RevokeKey ask, Caller caller, IUnit unit)
    {
        var key = await unit.Db.Keys.Where(Mine.Keys(caller)).AsTracking().SingleOrDefaultAsync(k => k.Id == ask.Key);
        if (key is null)
        {
            return Fault.NotFound("key");
        }

        key.RevokedAt ??= unit.Now;
        unit.AfterCommit(() => keyring.Forget(key.Prefix));
        return key.Id;
    }
}
