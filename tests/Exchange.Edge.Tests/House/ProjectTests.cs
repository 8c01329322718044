using System.Xml.Linq;
using NUnit.Framework;

namespace Exchange.Edge.Tests.House;

/// <summary>Projects and direction: an arrow is a reference, and there are no others.</summary>
public sealed class The_projects
{
    /// <summary>As the house has it.</summary>
    private static readonly Dictionary<string, string[]> Arrows = new(StringComparer.Ordinal)
    {
        ["Contracts"] = [],
        ["Exchange.Core"] = ["Contracts"],
        ["Exchange.Data"] = ["Exchange.Core"],
        ["Exchange.Worker"] = ["Exchange.Core", "Exchange.Data", "Contracts"],
        ["Exchange.Web"] = ["Exchange.Core"],
        ["Exchange.Api"] = ["Contracts", "Exchange.Core", "Exchange.Data", "Exchange.Worker", "Exchange.Web"],
    };

    private static readonly string[] Providers = ["Sqlite", "Npgsql", "SqlServer", "SqlClient", "MySql", "SQLitePCL"];

    public static IEnumerable<string> Projects() => Repository.Files("src", "*.csproj").Select(f => Path.GetFileNameWithoutExtension(f));

    [Test]
    public void Are_those_of_the_house()
    {
        Assert.That(Projects(), Is.EquivalentTo(Arrows.Keys));
    }

    [TestCaseSource(nameof(Projects))]
    public void Refer_to_each_other_as_the_house_says(string project)
    {
        Assert.That(References(project), Is.EquivalentTo(Arrows[project]));
    }

    [TestCaseSource(nameof(Projects))]
    public void Refer_to_no_assembly_beside_projects_and_packages(string project)
    {
        Assert.That(Csproj(project).Descendants("Reference"), Is.Empty);
        Assert.That(Csproj(project).Descendants("Import"), Is.Empty, "a project says what it needs itself");
    }

    /// <summary>What the compiler saw, whatever the project files say.</summary>
    [TestCaseSource(nameof(Projects))]
    public void Use_what_they_refer_to_and_nothing_through_it(string project)
    {
        var names = Repository.Files("src", "*.csproj").ToDictionary(Repository.AssemblyName, f => Path.GetFileNameWithoutExtension(f), StringComparer.Ordinal);
        var assembly = Repository.Assemblies.SingleOrDefault(a => names[a.GetName().Name!] == project);
        Assume.That(assembly, Is.Not.Null, $"{project} is not built into these tests");
        var used = assembly!.GetReferencedAssemblies().Where(a => names.ContainsKey(a.Name!)).Select(a => names[a.Name!]);

        // Data and Web speak of entries and actors, which are Core's own words in Contracts.
        Assert.That(used, Is.SubsetOf(project is "Exchange.Data" or "Exchange.Web" ? [.. Arrows[project], "Contracts"] : Arrows[project]));
    }

    [Test]
    public void Of_contracts_needs_nothing_at_all()
    {
        Assert.That(Packages("Contracts"), Is.Empty);
        Assert.That(Csproj("Contracts").Descendants("FrameworkReference"), Is.Empty);
        Assert.That(Sdk("Contracts"), Is.EqualTo("Microsoft.NET.Sdk"));
        Assert.That(typeof(Contracts.V1.EntryTypes).Assembly.GetReferencedAssemblies().Select(a => a.Name), Is.All.StartsWith("System").Or.All.EqualTo("netstandard"));
    }

    [Test]
    public void Of_the_core_know_no_provider_no_bus_and_no_web()
    {
        Assert.That(Packages("Exchange.Core"), Is.EquivalentTo(new[] { "FluentValidation", "Microsoft.EntityFrameworkCore.Relational" }));
        Assert.That(Csproj("Exchange.Core").Descendants("FrameworkReference"), Is.Empty);
        Assert.That(Sdk("Exchange.Core"), Is.EqualTo("Microsoft.NET.Sdk"));
        var used = Repository.Core.GetReferencedAssemblies().Select(a => a.Name!).ToList();
        Assert.That(used.Where(name => Providers.Append("MassTransit").Append("AspNetCore").Append("RabbitMQ").Any(word => name.Contains(word, StringComparison.OrdinalIgnoreCase))), Is.Empty);
    }

    [Test]
    public void Keep_providers_in_data_the_bus_in_the_worker_and_the_web_in_the_hosts()
    {
        foreach (var project in Projects())
        {
            var packages = Packages(project).ToList();
            if (project != "Exchange.Data")
            {
                Assert.That(packages.Where(p => Providers.Any(word => p.Contains(word, StringComparison.OrdinalIgnoreCase))), Is.Empty, project);
            }

            if (project != "Exchange.Worker")
            {
                Assert.That(packages.Where(p => p.StartsWith("MassTransit", StringComparison.Ordinal) || p.StartsWith("RabbitMQ", StringComparison.Ordinal)), Is.Empty, project);
            }

            if (project is "Contracts" or "Exchange.Core" or "Exchange.Data")
            {
                Assert.That(packages.Where(p => p.StartsWith("Microsoft.AspNetCore.", StringComparison.Ordinal) && !p.StartsWith("Microsoft.AspNetCore.Identity", StringComparison.Ordinal)), Is.Empty, project);
                Assert.That(Csproj(project).Descendants("FrameworkReference"), Is.Empty, project);
            }
        }
    }

    [Test]
    public void Silence_no_warnings()
    {
        string[] files = [.. Repository.Files("src", "*.csproj"), .. Repository.Files("tests", "*.csproj"), .. Repository.Files("src", "*.props"), Repository.In("Directory.Build.props")];
        Assert.That(files.Where(f => XDocument.Load(f).Descendants().Any(e => e.Name.LocalName is "NoWarn" or "WarningsNotAsErrors" or "DisabledWarnings")
            || XDocument.Load(f).Descendants().Attributes("NoWarn").Any()).Select(Repository.Short), Is.Empty);
    }

    [Test]
    public void Take_their_versions_from_one_place() =>
        Assert.That(
            Repository.Files("src", "*.csproj").Concat(Repository.Files("tests", "*.csproj"))
                .Where(f => XDocument.Load(f).Descendants("PackageReference").Any(p => p.Attribute("Version") is not null || p.Attribute("VersionOverride") is not null)).Select(Repository.Short),
            Is.Empty);

    private static IEnumerable<string> References(string project) =>
        Csproj(project).Descendants("ProjectReference").Select(r => Path.GetFileNameWithoutExtension(r.Attribute("Include")!.Value.Replace('\\', '/')));

    private static IEnumerable<string> Packages(string project) => Csproj(project).Descendants("PackageReference").Select(r => r.Attribute("Include")!.Value);

    private static string? Sdk(string project) => Csproj(project).Root!.Attribute("Sdk")?.Value;

    private static XDocument Csproj(string project) => XDocument.Load(Repository.Files("src", $"{project}.csproj").Single());
}
