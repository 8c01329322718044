using System.Text.Json;
using FluentValidation;
using FluentValidation.Internal;

namespace Exchange.Core.Store;

/// <summary>
/// Spells fields in the messages of all rules as the API spells them: <c>'price.currency' must not be empty.</c>, where the framework
/// would say <c>'Currency'</c>. A message of one's own says <c>{PropertyName}</c>, or the API's spelling.
/// </summary>
public sealed class FieldNames : MessageFormatter
{
    /// <summary>For all validators of this process, made before or after.</summary>
    public static void Use() => ValidatorOptions.Global.MessageFormatterFactory = () => new FieldNames();

    /// <summary>The API's spelling of a member of an ask, such as <c>Price.Currency</c>.</summary>
    public static string Of(string path) => string.Join('.', path.Split('.').Select(JsonNamingPolicy.CamelCase.ConvertName));

    public override string BuildMessage(string messageTemplate)
    {
        // The path that the framework gives has the members above it, too, and what a rule has named otherwise.
        if (PlaceholderValues.TryGetValue("PropertyPath", out var path) && path is string { Length: > 0 } known)
        {
            AppendPropertyName(Of(known));
        }

        return base.BuildMessage(messageTemplate);
    }
}
