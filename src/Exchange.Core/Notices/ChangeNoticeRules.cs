using Exchange.Core.Accounts;
using Exchange.Core.Kernel;
using Exchange.Core.Store;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace Exchange.Core.Notices;

/// <summary>What a person wants to be told of one kind.</summary>
/// <param name="Kind">As <see cref="NoticeKinds.Name"/> has it.</param>
public sealed record NoticeChoice(string? Kind, bool InApp, bool Mail);

/// <summary>Chooses, for the person who asks and in this account, what he is told in the desk and by mail. Kinds that are not named stay as they are.</summary>
[AllowedTo(Roles.Any)]
public sealed record ChangeNoticeRules(IReadOnlyList<NoticeChoice>? Rules) : IAsk<Done>;

public sealed class ChangeNoticeRulesRules : AbstractValidator<ChangeNoticeRules>
{
    public ChangeNoticeRulesRules()
    {
        RuleFor(x => x.Rules).NotNull();
        RuleForEach(x => x.Rules).ChildRules(choice => choice.RuleFor(c => c.Kind).NotNull().OneOf([.. NoticeKinds.All.Select(k => k.Name())]));
        RuleFor(x => x.Rules).Must(all => all is null || all.Select(c => c.Kind).Distinct(StringComparer.Ordinal).Count() == all.Count).WithMessage("Each kind is named once.");
    }
}

public sealed class ChangeNoticeRulesDeed : IDeed<ChangeNoticeRules, Done>
{
    public async ValueTask<Outcome<Done>> Do(ChangeNoticeRules ask, Caller caller, IUnit unit)
    {
        if (PersonId.Of(caller) is not { } person)
        {
            return new Fault(Codes.Forbidden, "Notifications are people's, each his own: a key has none.");
        }

        // The member's row is locked, so that two pages of his that save at once follow one another.
        if (await unit.Db.Members.Where(m => m.Account == caller.Account && m.Person == person).ExecuteUpdateAsync(set => set.SetProperty(m => m.Version, m => m.Version)) == 0)
        {
            return Fault.NotFound("member");
        }

        var kinds = ask.Rules!.ToDictionary(c => NoticeKinds.All.Single(k => k.Name() == c.Kind));
        var named = kinds.Keys.ToList();
        await unit.Db.NoticeRules.Where(r => r.Account == caller.Account && r.Person == person && named.Contains(r.Kind)).ExecuteDeleteAsync();
        unit.Db.AddRange(kinds.Select(c => new NoticeRule { Account = caller.Account, Person = person, Kind = c.Key, InApp = c.Value.InApp, Mail = c.Value.Mail }));
        var unmailed = kinds.Where(c => !c.Value.Mail).Select(c => c.Key).ToList();
        await unit.Db.Notices.Where(Mine.Notices(caller)).Where(n => n.MailDue != null && unmailed.Contains(n.Kind)).ExecuteUpdateAsync(set => set.SetProperty(n => n.MailDue, (DateTimeOffset?)null));
        return default(Done);
    }
}
