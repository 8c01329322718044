using Exchange.Core.Accounts;
using Exchange.Core.Kernel;
using Exchange.Core.Store;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace Exchange.Core.Desk;

/// <summary>Opens or shuts the company's form for its customers, and chooses its fields: <c>hidden</c>, <c>shown</c> or <c>required</c>.</summary>
/// <param name="Mails">Whether a customer is told by mail that his request was answered, solved or closed.</param>
[AllowedTo(Roles.Admin)]
public sealed record ChangeCustomerForm(bool Open, string? Greeting, string? Phone, string? Description, string? Asset, string? Serial, string? Place, bool Files, bool Mails = true)
    : IAsk<AccountId>;

public sealed class ChangeCustomerFormRules : AbstractValidator<ChangeCustomerForm>
{
    public const int MaxGreeting = 1000;

    public ChangeCustomerFormRules()
    {
        RuleFor(x => x.Greeting).MaximumLength(MaxGreeting);
        RuleFor(x => x.Phone).NotNull().Word(default(Asked));
        RuleFor(x => x.Description).NotNull().Word(default(Asked));
        RuleFor(x => x.Asset).NotNull().Word(default(Asked));
        RuleFor(x => x.Serial).NotNull().Word(default(Asked));
        RuleFor(x => x.Place).NotNull().Word(default(Asked));
    }
}

public sealed class ChangeCustomerFormDeed : IDeed<ChangeCustomerForm, AccountId>
{
    public async ValueTask<Outcome<AccountId>> Do(ChangeCustomerForm ask, Caller caller, IUnit unit)
    {
        // Two who save at once follow one another: there is one row for each company.
        await Membership.Own(unit, caller);
        var form = await unit.Db.CustomerForms.AsTracking().Where(Mine.Forms(caller)).SingleOrDefaultAsync();
        if (form is null)
        {
            unit.Db.Add(form = new CustomerForm { Account = caller.Account });
        }

        form.Open = ask.Open;
        form.Greeting = string.IsNullOrWhiteSpace(ask.Greeting) ? null : ask.Greeting.Trim();
        form.Fields = new FormFields(Of(ask.Phone), Of(ask.Description), Of(ask.Asset), Of(ask.Serial), Of(ask.Place), ask.Files);
        form.IsSilent = !ask.Mails;
        return caller.Account;
    }

    private static Asked Of(string? word) => Words<Asked>.Parse(word!);
}
