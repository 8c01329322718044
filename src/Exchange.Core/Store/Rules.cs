using FluentValidation;

namespace Exchange.Core.Store;

/// <summary>Rules that many asks share, with messages that name what to do.</summary>
public static class Rules
{
    /// <summary>The longest text of a comment, question, solution or description, in characters.</summary>
    public const int MaxText = 100_000;

    public static IRuleBuilderOptions<T, string?> Text<T>(this IRuleBuilder<T, string?> rule) => rule.MaximumLength(MaxText);

    public static IRuleBuilderOptions<T, string?> OneLine<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Must(text => text is null || !text.Any(char.IsControl)).WithMessage("'{PropertyName}' is one line without control characters.");

    public static IRuleBuilderOptions<T, string?> OneOf<T>(this IRuleBuilder<T, string?> rule, IReadOnlyCollection<string> words) =>
        rule.Must(word => word is null || words.Contains(word, StringComparer.Ordinal)).WithMessage($"'{{PropertyName}}' is one of: {string.Join(", ", words)}.");

    public static IRuleBuilderOptions<T, string?> Word<T, TEnum>(this IRuleBuilder<T, string?> rule, TEnum _)
        where TEnum : struct, Enum => rule.OneOf(Words<TEnum>.All);
}
