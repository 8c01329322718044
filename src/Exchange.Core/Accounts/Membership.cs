using System.Collections.Concurrent;
using Exchange.Contracts.V1;
using Exchange.Core.Kernel;
using Exchange.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace Exchange.Core.Accounts;

/// <summary>An account as one of its members is in it.</summary>
public sealed record AccountOfMember(AccountId Account, string Slug, string Name, string TimeZone, string MemberName, Roles Roles);

/// <summary>Tells in which accounts a person is, and what he may do there. What was read is believed for a few seconds.</summary>
public sealed class Membership(IDialect dialect, TimeProvider time)
{
    private readonly ConcurrentDictionary<PersonId, (IReadOnlyList<AccountOfMember> Accounts, DateTimeOffset Until)> _known = new();

    private int _epoch;

    internal static Fault LastAdmin { get; } = new(Codes.Validation, "A company needs an admin: make somebody else one first.");

    /// <summary>The accounts of a person, by name.</summary>
    public async ValueTask<IReadOnlyList<AccountOfMember>> Of(PersonId person, CancellationToken ct)
    {
        var (now, epoch) = (time.GetUtcNow(), Volatile.Read(ref _epoch));
        if (_known.TryGetValue(person, out var known) && known.Until > now)
        {
            return known.Accounts;
        }

        await using var db = dialect.Read();
        var accounts = await (
            from member in db.Members
            where member.Person == person
            join account in db.Accounts on member.Account equals account.Id
            orderby account.Name
            select new AccountOfMember(account.Id, account.Slug, account.Name, account.TimeZone, member.Name, member.Roles)).ToListAsync(ct);
        if (epoch == Volatile.Read(ref _epoch))
        {
            _known[person] = (accounts, now + Keyring.Fresh);
        }

        return accounts;
    }

    /// <summary>Who a person is in one of his accounts; null when he is not a member of it.</summary>
    public async ValueTask<(Caller Caller, AccountOfMember In)?> Find(PersonId person, string slug, CancellationToken ct) =>
        (await Of(person, ct)).FirstOrDefault(a => a.Slug == slug) is { } found
            ? (new Caller(found.Account, found.Name, new Actor("person", person.ToString(), found.MemberName)) { Roles = found.Roles }, found)
            : null;

    public void Forget(PersonId person)
    {
        Interlocked.Increment(ref _epoch);
        _known.TryRemove(person, out _);
    }

    /// <summary>When the account itself has changed.</summary>
    public void Forget(AccountId account)
    {
        Interlocked.Increment(ref _epoch);
        foreach (var (person, known) in _known)
        {
            if (known.Accounts.Any(a => a.Account == account))
            {
                _known.TryRemove(person, out _);
            }
        }
    }

    /// <summary>All members of the caller's account, for a change; the account's counter is locked, so that no two admins remove each other.</summary>
    internal static async Task<List<Member>> Own(IUnit unit, Caller caller)
    {
        await unit.Db.Set<AccountCounter>().Where(c => c.Account == caller.Account).ExecuteUpdateAsync(set => set.SetProperty(c => c.Tickets, c => c.Tickets));
        return await unit.Db.Members.AsTracking().Where(m => m.Account == caller.Account).ToListAsync();
    }

    /// <summary>
    /// When somebody is an admin no more: whoever holds the code of an invitation gets in by it, and he may have made one for himself,
    /// under any name. So none of the open ones is good any longer; who stays makes them anew.
    /// </summary>
    internal static Task EndInvitations(IUnit unit, Caller caller) =>
        unit.Db.MemberInvitations.Where(i => i.Account == caller.Account && i.EndedAt == null).ExecuteUpdateAsync(set => set.SetProperty(i => i.EndedAt, unit.Now));

    internal static bool IsLastAdmin(List<Member> members, Member member) =>
        member.Roles.HasFlag(Roles.Admin) && !members.Exists(m => m != member && m.Roles.HasFlag(Roles.Admin));
}
