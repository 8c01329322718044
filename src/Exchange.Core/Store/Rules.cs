using FluentValidation;

namespace Exchange.Core.Store;

/// <summary>Rules that many asks share, with messages that name what to do.</summary>
public static class Rules
{
    /// <summary>The longest text of a comment, question, solution or description, in characters.</summary>
    public const int MaxText = 100_000;

    public static IRuleBuilderOptions<T, string?> Text<T>(this IRuleBuilder<T, string?> rule) => rule.MaximumLength(MaxText);

    public static IRuleBuilderOptions<T, string?> OneLine<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Must(text => text is null || !text.Any(Turns)).WithMessage("'{PropertyName}' is one line without control characters.");

    /// <summary>Whether a character ends the line, or turns round what stands beside the text: a name with one would rewrite the sentence that it stands in.</summary>
    public static bool Turns(char c) => char.IsControl(c) || c is (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069') or '\u2028' or '\u2029';

    public static IRuleBuilderOptions<T, string?> OneOf<T>(this IRuleBuilder<T, string?> rule, IReadOnlyCollection<string> words) =>
        rule.Must(word => word is null || words.Contains(word, StringComparer.Ordinal)).WithMessage($"'{{PropertyName}}' is one of: {string.Join(", ", words)}.");

    public static IRuleBuilderOptions<T, string?> Word<T, TEnum>(this IRuleBuilder<T, string?> rule, TEnum _)
        where TEnum : struct, Enum => rule.OneOf(Words<TEnum>.All);
}
