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

    public static TicketQuery Nothing { get; } = new(null, null, null, null, null, false, null);

    public static IReadOnlyList<string> Sorts { get; } = ["number", "changed"];

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
        return new TicketQuery(
            Word("status", [Any, .. Words<TicketStatus>.All]), Word("ball", "us", "partner"), Text("assignee"), Word("priority", Words<Priority>.All),
            Text("q"), Word("over", "true", "false") == "true", Word("sort", ["due", .. Sorts]) is { } sort && sort != "due" ? sort : null);
    }

    /// <param name="me">What the reader is called in this company.</param>
    public TicketFilter Filter(string me) => new(
        Words<TicketStatus>.TryParse(Status),
        Q,
        Ball switch { "us" => WaitsFor.Me, "partner" => WaitsFor.Partner, _ => null },
        Over,
        Assignee switch { Me => me, Nobody => TicketFilter.Nobody, _ => Assignee },
        Words<Priority>.TryParse(Priority),
        Sort: Sort switch { "number" => TicketSort.Number, "changed" => TicketSort.Changed, _ => TicketSort.Due },
        Open: Status is null && Q is null);

    /// <summary>As it stands in an address, always in the same order; empty for all that are open.</summary>
    public override string ToString()
    {
        (string Name, string? Value)[] said =
            [("status", Status), ("ball", Ball), ("assignee", Assignee), ("priority", Priority), ("over", Over ? "true" : null), ("q", Q), ("sort", Sort)];
        return string.Join('&', said.Where(s => s.Value is not null).Select(s => $"{s.Name}={Uri.EscapeDataString(s.Value!)}"));
    }
}
