using Exchange.Core.Desk;
using Exchange.Core.Handoffs;
using Exchange.Core.Store;
using Microsoft.AspNetCore.Http;

namespace Exchange.Web.Shell;

/// <summary>A list of tickets as the address of its page says it; what is not said does not matter.</summary>
/// <param name="Status">A status, or <c>any</c>; without one all that are not closed, and in a search all.</param>
/// <param name="Ball"><c>us</c> or <c>partner</c>.</param>
/// <param name="Assignee">A name, <c>me</c> or <c>none</c>.</param>
/// <param name="Sort"><c>number</c> or <c>changed</c>; without one what is due first.</param>
public sealed record TicketQuery(string? Status, string? Ball, string? Assignee, string? Priority, string? Q, bool Over, string? Sort)
{
    public const string Any = "any";
    public const string Me = "me";
    public const string Nobody = "none";
    private const int MaxText = 200;

    /// <summary>So many things are read that an address says of fields: each field has at most three.</summary>
    private const int MostOfFields = 3 * FieldFilter.Most;

    public static TicketQuery Nothing { get; } = new(null, null, null, null, null, false, null);

    /// <summary>What is said of the company's own fields: <c>field.site</c> is Hall 3. The fields themselves say what of it means something.</summary>
    public IReadOnlyDictionary<string, string> Fields { get; init; } = new SortedDictionary<string, string>(StringComparer.Ordinal);

    public static IReadOnlyList<string> Sorts { get; } = ["number", "changed"];

    /// <summary>The columns that were chosen, in the order of the table; null for the usual ones.</summary>
    public IReadOnlyList<string>? Columns { get; init; }

    /// <param name="wrong">What was said that means nothing, and is left out.</param>
    public static TicketQuery Of(IQueryCollection said, out IReadOnlyList<string> wrong)
    {
        var nonsense = new List<string>();
        wrong = nonsense;
        string? Word(string name, params IEnumerable<string> words)
        {
            var word = (string?)said[name];
            if (string.IsNullOrEmpty(word) || words.Contains(word, StringComparer.Ordinal))
            {
                return string.IsNullOrEmpty(word) ? null : word;
            }

            nonsense.Add($"{name}={word}");
            return null;
        }

        string? Text(string name) => ((string?)said[name])?.Trim() is { Length: > 0 } text ? text[..Math.Min(text.Length, MaxText)] : null;
        var columns = TicketColumns.Chosen(said["col"], out var unknown);
        nonsense.AddRange(unknown.Select(word => $"col={word}"));
        return new TicketQuery(
            Word("status", [Any, .. Words<TicketStatus>.All]), Word("ball", "us", "partner"), Text("assignee"), Word("priority", Words<Priority>.All),
            Text("q"), Word("over", "true", "false") == "true", Word("sort", ["due", .. Sorts]) is { } sort && sort != "due" ? sort : null)
        {
            Columns = columns,
            Fields = new SortedDictionary<string, string>(
                said.Keys.Where(name => name.StartsWith(FieldFilter.Prefix, StringComparison.Ordinal) && Text(name) is not null).Take(MostOfFields).ToDictionary(name => name, name => Text(name)!, StringComparer.Ordinal),
                StringComparer.Ordinal),
        };
    }

    /// <summary>Whether something is said of this field.</summary>
    public bool Says(FieldView field) => Of(field) is not null || Of(field, ".from") is not null || Of(field, ".to") is not null;

    /// <param name="end"><c>.from</c> or <c>.to</c>; without it the value itself.</param>
    public string? Of(FieldView field, string end = "") => Fields.TryGetValue(FieldForm.Name(field) + end, out var said) ? said : null;

    /// <param name="me">What the reader is called in this company.</param>
    /// <param name="fields">The company's own; without them nothing is narrowed by any.</param>
    public TicketFilter Filter(string me, IReadOnlyList<FieldView>? fields = null) => new(
        Words<TicketStatus>.TryParse(Status),
        Q,
        Ball switch { "us" => WaitsFor.Me, "partner" => WaitsFor.Partner, _ => null },
        Over,
        Assignee switch { Me => me, Nobody => TicketFilter.Nobody, _ => Assignee },
        Words<Priority>.TryParse(Priority),
        Sort: Sort switch { "number" => TicketSort.Number, "changed" => TicketSort.Changed, _ => TicketSort.Due },
        Open: Status is null && Q is null,
        Fields: Fields.Count == 0 ? null : FieldFilter.Of(fields ?? [], Fields, out _));

    /// <summary>What it says besides the columns, a name and its value each.</summary>
    public IEnumerable<(string Name, string Value)> WithoutColumns => (this with { Columns = null }).Said();

    /// <summary>As it stands in an address, always in the same order; empty for all that are open.</summary>
    public override string ToString() => string.Join('&', Said().Select(s => $"{s.Name}={Uri.EscapeDataString(s.Value)}"));

    private IEnumerable<(string Name, string Value)> Said()
    {
        (string Name, string? Value)[] said =
        [
            ("status", Status), ("ball", Ball), ("assignee", Assignee), ("priority", Priority), ("over", Over ? "true" : null), ("q", Q), .. Fields.Select(f => (f.Key, (string?)f.Value)), ("sort", Sort),
            .. (Columns ?? []).Select(name => ("col", (string?)name)),
        ];
        return said.Where(s => s.Value is not null).Select(s => (s.Name, s.Value!));
    }
}
