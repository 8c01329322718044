using Exchange.Core.Accounts;
using Exchange.Core.Kernel;
using Exchange.Core.Store;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace Exchange.Core.Desk;

/// <summary>Changes a field; what is left out stays. Its key and its kind never change, and what tickets have of a choice that is gone can be read.</summary>
/// <param name="Position">Its new place, from 1; the others make room.</param>
[AllowedTo(Roles.Admin)]
public sealed record ChangeField(Guid Field, string? Label, IReadOnlyList<string>? Choices, bool? Required, bool? OnForm, int? Position) : IAsk<FieldId>;

public sealed class ChangeFieldRules : AbstractValidator<ChangeField>
{
    public ChangeFieldRules()
    {
        RuleFor(x => x.Label).NotEmpty().MaximumLength(AddFieldRules.MaxLabel).OneLine().When(x => x.Label is not null);
        RuleFor(x => x.Choices).Must(AddFieldRules.AreChoices).WithMessage(AddFieldRules.WhatChoices).When(x => x.Choices is { Count: > 0 });
        RuleFor(x => x.Position).InclusiveBetween(1, TicketField.Most);
    }
}

public sealed class ChangeFieldDeed : IDeed<ChangeField, FieldId>
{
    public async ValueTask<Outcome<FieldId>> Do(ChangeField ask, Caller caller, IUnit unit)
    {
        await Membership.Own(unit, caller);
        var living = await unit.Db.TicketFields.AsTracking().Where(Mine.Fields(caller)).Where(f => f.RetiredAt == null).OrderBy(f => f.Position).ToListAsync();
        if (living.Find(f => f.Id == ask.Field) is not { } field)
        {
            return Fault.NotFound("field");
        }

        if (ask.Choices is { } choices && (field.Kind == FieldKind.Choice) != (choices.Count > 0))
        {
            return Fault.Invalid("choices", AddFieldRules.WhatChoices);
        }

        field.Label = ask.Label?.Trim() ?? field.Label;
        field.Choices = ask.Choices is { Count: > 0 } others ? [.. others.Select(c => c.Trim())] : field.Choices;
        field.Required = ask.Required ?? field.Required;
        field.OnForm = ask.OnForm ?? field.OnForm;
        if (ask.Position is { } place)
        {
            living.Remove(field);
            living.Insert(Math.Min(place - 1, living.Count), field);
            Order(living);
        }

        return new FieldId(field.Id);
    }

    /// <summary>Gives them the places 1 to n.</summary>
    internal static void Order(List<TicketField> living)
    {
        for (var i = 0; i < living.Count; i++)
        {
            living[i].Position = i + 1;
        }
    }
}
