using System.Globalization;
using System.Text;
using Exchange.Core.Accounts;
using Exchange.Core.Kernel;
using Exchange.Core.Store;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace Exchange.Core.Desk;

/// <summary>Adds a field to the company's tickets, after those that it has.</summary>
/// <param name="Key">Made from the label where it is left out.</param>
[AllowedTo(Roles.Admin)]
public sealed record AddField(string? Label, string? Kind, IReadOnlyList<string>? Choices, bool? Required, bool? OnForm, string? Key = null) : IAsk<FieldId>;

public sealed class AddFieldRules : AbstractValidator<AddField>
{
    public const int MaxLabel = 60;
    public const int MaxKey = 40;
    public const int MaxChoice = 60;
    public const int MostChoices = 50;
    public const string WhatChoices = "'choices' are 2 to 50 lines of up to 60 characters, each once; no other kind has any.";

    public AddFieldRules()
    {
        RuleFor(x => x.Label).NotEmpty().MaximumLength(MaxLabel).OneLine();
        RuleFor(x => x.Kind).NotNull().OneOf(FieldKind.All);
        RuleFor(x => x.Choices).Must((ask, choices) => ask.Kind == FieldKind.Choice ? AreChoices(choices) : choices is null or { Count: 0 }).WithMessage(WhatChoices);
        RuleFor(x => x.Key).Must(key => key is null || IsKey(key)).WithMessage("'key' is made of a-z, 0-9 and single hyphens, 40 characters at most.");
    }

    public static bool AreChoices(IReadOnlyList<string>? choices) => choices is { Count: >= 2 and <= MostChoices }
        && choices.All(c => !string.IsNullOrWhiteSpace(c) && c.Trim().Length <= MaxChoice && !c.Any(Rules.Turns))
        && choices.Select(c => c.Trim()).Distinct(StringComparer.OrdinalIgnoreCase).Count() == choices.Count;

    private static bool IsKey(string key) => key.Length is > 0 and <= MaxKey && key == AddFieldDeed.KeyOf(key);
}

public sealed class AddFieldDeed : IDeed<AddField, FieldId>
{
    public async ValueTask<Outcome<FieldId>> Do(AddField ask, Caller caller, IUnit unit)
    {
        // Two who add at once follow one another: keys and places are each given once.
        await Membership.Own(unit, caller);
        var all = await unit.Db.TicketFields.Where(Mine.Fields(caller)).ToListAsync();
        var living = all.FindAll(f => f.RetiredAt is null);
        if (living.Count >= TicketField.Most)
        {
            return Fault.Invalid("label", $"A company has at most {TicketField.Most} fields: retire one first.");
        }

        if (all.Count >= TicketField.MostEver)
        {
            return Fault.Invalid("label", $"A company has at most {TicketField.MostEver} fields with the retired ones: change one that you have.");
        }

        var keys = all.Select(f => f.Key).ToHashSet(StringComparer.Ordinal);
        if (ask.Key is { } wanted && keys.Contains(wanted))
        {
            return Fault.Invalid("key", "A field of this company has or had this key: choose another.");
        }

        var field = new TicketField
        {
            Id = Ids.New(unit.Now),
            Account = caller.Account,
            Key = ask.Key ?? Free(KeyOf(ask.Label!), keys),
            Label = ask.Label!.Trim(),
            Kind = ask.Kind!,
            Choices = [.. (ask.Choices ?? []).Select(c => c.Trim())],
            Required = ask.Required ?? false,
            OnForm = ask.OnForm ?? false,
            Position = living.Count + 1,
        };
        unit.Db.Add(field);
        return new FieldId(field.Id);
    }

    /// <summary>The letters and digits of a label that programs take everywhere; empty where it has none.</summary>
    internal static string KeyOf(string label)
    {
        var key = new StringBuilder();
        foreach (var c in label.Normalize(NormalizationForm.FormD))
        {
            if (char.IsAsciiLetterOrDigit(c))
            {
                key.Append(char.ToLowerInvariant(c));
            }
            else if (key.Length > 0 && key[^1] != '-' && CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark)
            {
                key.Append('-');
            }
        }

        return key.ToString()[..Math.Min(key.Length, AddFieldRules.MaxKey)].Trim('-');
    }

    private static string Free(string key, HashSet<string> taken)
    {
        key = key.Length == 0 ? "field" : key;
        var (free, next) = (key, 2);
        while (taken.Contains(free))
        {
            var end = string.Create(CultureInfo.InvariantCulture, $"-{next++}");
            free = key[..Math.Min(key.Length, AddFieldRules.MaxKey - end.Length)].TrimEnd('-') + end;
        }

        return free;
    }
}
