using System.Text.RegularExpressions;
using Exchange.Core.Desk;
using NUnit.Framework;

namespace Exchange.Edge.Tests.House;

/// <summary>Handoffs, Links and Relay know the port alone, never the built-in desk: that keeps internal notes at home.</summary>
public sealed partial class The_wall_around_the_desk
{
    private const string Desk = "Exchange.Core.Desk";

    private static readonly string[] Walled = ["Handoffs", "Links", "Relay", "Quality", "Events"];

    public static IEnumerable<string> Files() =>
        Walled.SelectMany(folder => Repository.Files($"src/Exchange.Core/{folder}", "*.cs")).Select(Repository.Short);

    public static IEnumerable<Type> Types() => Repository.Core.GetTypes().Where(IsWalled);

    [Test]
    public void Has_something_inside()
    {
        Assert.That(Files().Count(), Is.GreaterThan(30));
        Assert.That(Types().Count(), Is.GreaterThan(60));
        Assert.That(Walled.Select(folder => $"Exchange.Core.{folder}"), Is.SubsetOf(Types().Select(t => t.Namespace!)));
    }

    [TestCaseSource(nameof(Files))]
    public void Is_not_passed_in_the_text_of(string file) => Assert.That(Passages(File.ReadAllText(Repository.In(file))), Is.Empty);

    [Test]
    public void Is_not_passed_in_any_field_signature_or_body()
    {
        var passages = Types().SelectMany(Mentions.In).Where(m => IsOfDesk(m.What)).Select(m => $"{m.Where} mentions {m.What}");
        Assert.That(passages.Distinct(StringComparer.Ordinal), Is.Empty);
    }

    [Test]
    public void Is_not_gone_around_by_a_global_using_or_alias() =>
        Assert.That(Repository.Files("src/Exchange.Core", "*.cs").Where(f => GlobalUsing().IsMatch(File.ReadAllText(f))).Select(Repository.Short), Is.Empty);

    [Test]
    public void Holds_the_files_that_belong_to_its_namespaces()
    {
        var wrong = Repository.Files("src/Exchange.Core", "*.cs").Where(f =>
            Namespace().Match(File.ReadAllText(f)) is { Success: true } found
            && Repository.Short(f) != $"src/Exchange.Core/{found.Groups["folder"].Value}/{Path.GetFileName(f)}");
        Assert.That(wrong.Select(Repository.Short), Is.Empty);
    }

    [TestCase("using Exchange.Core.Desk;")]
    [TestCase("using static Exchange.Core.Desk.StatusRules;")]
    [TestCase("using D = Exchange.Core.Desk;")]
    [TestCase("using N = Exchange.Core.Desk.Note;")]
    [TestCase("using Core.Desk;")]
    [TestCase("    var note = new Desk.Note();")]
    [TestCase("    Task<Desk.Note> Find();")]
    [TestCase("    Core.Desk.Note? note = null;")]
    [TestCase("    global::Exchange.Core.Desk.Note note;")]
    [TestCase("    typeof(Desk . Note)")]
    [TestCase("/// <see cref=\"Desk.Note\"/>")]
    public void Sees_this_text(string text) => Assert.That(Passages(text), Is.Not.Empty);

    [TestCase("using Exchange.Core.Relay;")]
    [TestCase("    public required string DeskKind { get; init; }")]
    [TestCase("    desk.Tell(unit, new DeskTicket(id, side, account, ticket));")]
    [TestCase("    Desks.Default")]
    [TestCase("/// <summary>The port to every desk. Desk</summary>")]
    public void Lets_this_text_be(string text) => Assert.That(Passages(text), Is.Empty);

    [Test]
    public void Sees_a_desk_type_wherever_it_hides()
    {
        var places = Mentions.In(typeof(Hiding)).Concat(typeof(Hiding).GetNestedTypes(System.Reflection.BindingFlags.NonPublic).SelectMany(Mentions.In))
            .Where(m => IsOfDesk(m.What)).Select(m => m.Where).Distinct(StringComparer.Ordinal).ToList();
        foreach (var hidden in (string[])["_field", "Property", "Parameter", "Returned", "Made", "Generic", "Called", "Constrained", "Cast"])
        {
            Assert.That(places, Has.Some.Contains(hidden));
        }

        Assert.That(places, Has.Some.Matches<string>(p => p.Contains("MoveNext", StringComparison.Ordinal)), "the body of an async method");
        Assert.That(places, Has.None.Contains("Innocent"));
    }

    private static bool IsWalled(Type type) => Array.Exists(Walled, folder => Under(type.Namespace, $"Exchange.Core.{folder}"));

    private static bool IsOfDesk(Type type) => Under(type.Namespace, Desk);

    private static bool Under(string? name, string space) => name == space || name?.StartsWith($"{space}.", StringComparison.Ordinal) == true;

    private static IEnumerable<string> Passages(string text) => text.Split('\n').Where(line => Mention().IsMatch(line));

    /// <summary>The namespace by its full name, from Core on, or relative as <c>Desk.Something</c>; not a word that merely begins or ends so.</summary>
    [GeneratedRegex(@"\bCore\s*\.\s*Desk\b|(?<![\w.])Desk\s*\.\s*\w", RegexOptions.None, 1000)]
    private static partial Regex Mention();

    [GeneratedRegex(@"^namespace Exchange\.Core\.(?<folder>\w+)", RegexOptions.Multiline, 1000)]
    private static partial Regex Namespace();

    [GeneratedRegex(@"global\s+using[^;]*\bDesk\b", RegexOptions.None, 1000)]
    private static partial Regex GlobalUsing();

    /// <summary>Everywhere a desk type could hide, so that the search is known to find it.</summary>
    private sealed class Hiding(List<Note>? given)
    {
        private readonly List<Note>? _field = given;

        public static Note[]? Property => null;

        public int Counted => _field is null ? 0 : 1;

        public static int Innocent(int x) => x + 1;

        public static void Parameter(Dictionary<string, Note> note) => note.Clear();

        public static Note? Returned() => null;

        public static object Made(bool really) => really ? new Contact("x", null, null) : "nothing";

        public static string Generic() => typeof(List<Note>).Name;

        public static string Called() => Core.Desk.Numbers.Show(1);

        public static T? Constrained<T>()
            where T : class, IEnumerable<Ticket> => null;

        public static bool Cast(object x) => x is PartnerItem;

        public static async Task<object> Later()
        {
            await Task.Yield();
            return TicketStatus.New;
        }
    }
}
