using Exchange.Core.Desk;

namespace Exchange.Web.Shell;

/// <summary>A column that the list of tickets can show beside mark, number and subject.</summary>
/// <param name="Name">As the address says it; of a field of the company's own as its filter is called.</param>
/// <param name="Title">In the reader's language.</param>
public sealed record TicketColumn(string Name, string Title)
{
    /// <summary>The key of the field that it shows; null for what every company has.</summary>
    public string? Field => FieldOf(Name);

    internal static string? FieldOf(string name) => name.StartsWith(FieldFilter.Prefix, StringComparison.Ordinal) ? name[FieldFilter.Prefix.Length..] : null;
}

/// <summary>Which columns there are, in the order in which they stand.</summary>
public static class TicketColumns
{
    /// <summary>What is shown to whoever has chosen nothing.</summary>
    public static IReadOnlyList<string> Usual { get; } = ["customer", "status", "ball", "time", "assignee", "changed"];

    private static readonly IReadOnlyList<string> BeforeFields = ["customer", "status", "ball", "time", "category", "asset", "partners", "opened"];

    private static readonly IReadOnlyList<string> AfterFields = ["assignee", "changed"];

    /// <summary>Without the company's own fields.</summary>
    public static IReadOnlyList<string> Given { get; } = [.. BeforeFields, .. AfterFields];

    /// <summary>All that this company's lists can show.</summary>
    public static IReadOnlyList<TicketColumn> All(Texts t, IEnumerable<FieldView> fields) =>
    [
        .. BeforeFields.Select(name => new TicketColumn(name, Title(t, name))),
        .. fields.Select(f => new TicketColumn(FieldForm.Name(f), f.Label)),
        .. AfterFields.Select(name => new TicketColumn(name, Title(t, name))),
    ];

    /// <summary>In the order of the table, each once; null for the usual ones and for none.</summary>
    /// <param name="wrong">What is no column.</param>
    public static IReadOnlyList<string>? Chosen(IEnumerable<string?> said, out IReadOnlyList<string> wrong)
    {
        var words = said.Where(word => !string.IsNullOrEmpty(word)).Select(word => word!).Distinct(StringComparer.Ordinal).Take(Given.Count + TicketField.MostEver).ToList();
        wrong = words.FindAll(word => !Given.Contains(word, StringComparer.Ordinal) && TicketColumn.FieldOf(word) is null);
        List<string> chosen = [.. BeforeFields.Intersect(words, StringComparer.Ordinal), .. words.Where(word => TicketColumn.FieldOf(word) is not null), .. AfterFields.Intersect(words, StringComparer.Ordinal)];
        return chosen.Count == 0 || chosen.SequenceEqual(Usual, StringComparer.Ordinal) ? null : chosen;
    }

    private static string Title(Texts t, string name) => name switch
    {
        "customer" => t["Customer"],
        "status" => t["Status"],
        "ball" => t["Ball with"],
        "time" => t["Time left"],
        "category" => t["Category"],
        "asset" => t["Asset"],
        "partners" => t["Partners"],
        "opened" => t["Opened"],
        "assignee" => t["Assignee"],
        _ => t["Changed"],
    };
}
