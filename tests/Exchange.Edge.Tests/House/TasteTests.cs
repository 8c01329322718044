using System.Reflection;
using System.Text.RegularExpressions;
using Exchange.Core.Kernel;
using FluentValidation;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;

namespace Exchange.Edge.Tests.House;

/// <summary>The habits of the house that a machine can check.</summary>
public sealed partial class The_house
{
    /// <summary>Classes that are neither sealed nor abstract, each with its reason.</summary>
    private static readonly Dictionary<string, string> Unsealed = new(StringComparer.Ordinal)
    {
        ["Program"] = "the compiler makes it from Program.cs; tests start the host by it",
    };

    private static readonly string[] EmptyWords = ["Helper", "Helpers", "Util", "Utils", "Utilities", "Common", "Services", "Manager", "Managers"];

    /// <summary>Who may call SaveChanges: the door, and what commits units of work for it; people and their sessions are kept beside it.</summary>
    private static readonly string[] Savers = ["src/Exchange.Core/Kernel/Door.cs", "Gate.cs", "Unit.cs", "People/PeopleStore.cs", "People/PeopleStore.Sessions.cs"];

    public static IEnumerable<Type> Asks() => Repository.Assemblies.SelectMany(a => a.GetTypes()).Where(t => !t.IsAbstract && Answer(t) is not null);

    [Test]
    public void Has_its_assemblies_here() =>
        Assert.That(Repository.Assemblies.Select(a => a.GetName().Name), Is.SupersetOf(new[] { "Exchange.Contracts", "Exchange.Core", "Exchange.Data", "Exchange.Worker", "Exchange.Web", "Exchange.Api" }));

    [Test]
    public void Seals_its_classes()
    {
        var open = Repository.Assemblies.SelectMany(Repository.Written).Where(t => t is { IsClass: true, IsSealed: false, IsAbstract: false } && !Unsealed.ContainsKey(t.Name));
        Assert.That(open.Select(t => t.FullName), Is.Empty, "Seal it, or list it with the reason.");
    }

    [Test]
    public void Has_no_folders_for_leftovers() =>
        Assert.That(Repository.Folders("src").Where(f => EmptyWords.Contains(Path.GetFileName(f), StringComparer.OrdinalIgnoreCase)).Select(Repository.Short), Is.Empty);

    [Test]
    public void Has_no_types_or_files_for_leftovers()
    {
        var types = Repository.Assemblies.SelectMany(Repository.Written).Where(t => EndsEmptily(t.Name) && !IsRegistration(t));
        Assert.That(types.Select(t => t.FullName), Is.Empty);
        var registrations = Repository.Assemblies.SelectMany(Repository.Written).Where(IsRegistration).Select(t => t.Name);
        var files = Repository.Sources.Select(f => Path.GetFileNameWithoutExtension(f)).Where(EndsEmptily);
        Assert.That(files.Except(registrations, StringComparer.Ordinal), Is.Empty);
    }

    [TestCaseSource(nameof(Asks))]
    public void Keeps_an_ask_its_rules_and_its_deed_in_one_file(Type ask)
    {
        var name = ask.Name;
        var files = Repository.Sources.Where(f => Path.GetFileName(f) == $"{name}.cs").ToList();
        Assert.That(files, Has.Count.EqualTo(1), $"{name}.cs");
        var text = File.ReadAllText(files[0]);
        Assert.That(text, Does.Match($@"\brecord (struct )?{name}\b"));
        Assert.That(text, Does.Match($@"\bclass {name}Deed\b"));

        var deeds = ask.Assembly.GetTypes().Where(t => !t.IsAbstract && t.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IDeed<,>) && i.GenericTypeArguments[0] == ask)).ToList();
        Assert.That(deeds.Select(t => t.Name), Is.EqualTo(new[] { $"{name}Deed" }), "one ask, one deed");
        Assert.That(deeds[0].GetInterfaces().Single(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IDeed<,>)).GenericTypeArguments[1], Is.EqualTo(Answer(ask)));

        var rules = ask.Assembly.GetTypes().Where(t => !t.IsAbstract && typeof(IValidator<>).MakeGenericType(ask).IsAssignableFrom(t)).ToList();
        Assert.That(rules.Select(t => t.Name), Is.SubsetOf(new[] { $"{name}Rules" }));
        if (rules.Count == 1)
        {
            Assert.That(text, Does.Match($@"\bclass {name}Rules\b"), "the rules stand in the file of the ask");
        }
    }

    [Test]
    public void Has_no_two_asks_in_one_file_and_no_deed_without_an_ask()
    {
        var asks = Asks().Select(t => t.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var file in Repository.Sources)
        {
            Assert.That(asks.Count(name => Regex.IsMatch(File.ReadAllText(file), $@"\brecord {name}\b", RegexOptions.None, TimeSpan.FromSeconds(5))), Is.LessThan(2), Repository.Short(file));
        }

        var deeds = Repository.Assemblies.SelectMany(a => a.GetTypes()).Where(t => !t.IsAbstract && t.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IDeed<,>)));
        Assert.That(deeds.Select(t => t.Name), Is.EquivalentTo(asks.Select(a => $"{a}Deed")));
        Assert.That(Door.AllDeeds, Is.EquivalentTo(deeds));
    }

    [Test]
    public void Keeps_program_files_as_tables_of_contents()
    {
        foreach (var file in Repository.Sources.Where(f => Path.GetFileName(f) == "Program.cs"))
        {
            Assert.That(Lines(file), Is.LessThan(40), Repository.Short(file));
        }
    }

    [Test]
    public void Keeps_the_kernel_small() =>
        Assert.That(Repository.Files("src/Exchange.Core/Kernel", "*.cs").Sum(Lines), Is.LessThan(400).And.GreaterThan(0));

    [Test]
    public void Lets_nobody_save_but_the_door()
    {
        var saving = Repository.Sources.Where(f => File.ReadAllText(f).Contains("SaveChanges", StringComparison.Ordinal)).Select(Repository.Short).ToList();
        Assert.That(saving, Is.Not.Empty);
        Assert.That(saving.Where(f => !MaySave(f)), Is.Empty, "Ask at the door instead.");
    }

    [Test]
    public void Numbers_its_decisions()
    {
        var records = Repository.Files("docs/decisions", "*").Select(f => Path.GetFileName(f)).ToList();
        Assert.That(records, Is.All.Match(@"^\d{4}-[a-z0-9]+(-[a-z0-9]+)*\.md$"));
        Assert.That(records.Select(r => r[..4]), Is.Unique);
    }

    [Test]
    public void Writes_file_scoped_namespaces() =>
        Assert.That(Repository.Sources.Where(f => BlockNamespace().IsMatch(File.ReadAllText(f))).Select(Repository.Short), Is.Empty);

    [TestCase("src/Exchange.Core/Kernel/Door.cs", true)]
    [TestCase("src/Exchange.Data/Sqlite/SqliteUnit.cs", true)]
    [TestCase("src/Exchange.Data/Postgres/PostgresGate.cs", true)]
    [TestCase("src/Exchange.Data/People/PeopleStore.cs", true)]
    [TestCase("src/Exchange.Data/People/Strangers.cs", false)]
    [TestCase("src/Exchange.Web/Pages/Me.cshtml.cs", false)]
    [TestCase("src/Exchange.Core/Desk/Unit.cs", false)]
    [TestCase("src/Exchange.Core/Desk/OpenTicket.cs", false)]
    [TestCase("src/Exchange.Api/Routes/TicketRoutes.cs", false)]
    public void Knows_who_may_save(string file, bool may) => Assert.That(MaySave(file), Is.EqualTo(may));

    [TestCase("TicketHelper", true)]
    [TestCase("StringUtils", true)]
    [TestCase("LinkManager`1", true)]
    [TestCase("TicketServices", true)]
    [TestCase("Common", true)]
    [TestCase("TicketViews", false)]
    [TestCase("Uncommonly", false)]
    [TestCase("IconTagHelper", false)]
    public void Knows_a_name_that_says_nothing(string name, bool empty) => Assert.That(EndsEmptily(name), Is.EqualTo(empty));

    private static bool MaySave(string file) =>
        file == Savers[0] || (file.StartsWith("src/Exchange.Data/", StringComparison.Ordinal) && Savers[1..].Any(end => file.EndsWith(end, StringComparison.Ordinal)));

    private static bool EndsEmptily(string name) => // A tag helper is what the framework calls it.
        !name.EndsWith("TagHelper", StringComparison.Ordinal) && EmptyWords.Any(word => name.Split('`')[0].EndsWith(word, StringComparison.Ordinal));

    /// <summary>CoreServices and its like: static classes that register parts in the container or make them ready, and do nothing else.</summary>
    private static bool IsRegistration(Type type) => type is { IsAbstract: true, IsSealed: true } && type.Name.EndsWith("Services", StringComparison.Ordinal)
        && type.GetMethods(BindingFlags.Public | BindingFlags.Static) is { Length: > 0 } methods
        && methods.All(m => m.IsDefined(typeof(System.Runtime.CompilerServices.ExtensionAttribute), false) && (m.GetParameters()[0].ParameterType == typeof(IServiceCollection) || m.GetParameters()[0].ParameterType == typeof(IServiceProvider)));

    private static Type? Answer(Type type) =>
        type.GetInterfaces().FirstOrDefault(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IAsk<>))?.GenericTypeArguments[0];

    private static int Lines(string file) => File.ReadLines(file).Count();

    [GeneratedRegex(@"^namespace [\w.]+\s*(?:\{|$)", RegexOptions.Multiline, 1000)]
    private static partial Regex BlockNamespace();
}
