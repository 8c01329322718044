using System.Reflection;
using System.Runtime.CompilerServices;

namespace Exchange.Edge.Tests.House;

/// <summary>The repository as the rules of the house see it: its files and the assemblies built from src.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    public static IReadOnlyList<string> Sources { get; } = [.. Files("src", "*.cs").Where(f => !Slash(f).Contains("/Migrations/", StringComparison.Ordinal))];

    /// <summary>The product's own assemblies, as far as they are built.</summary>
    public static IReadOnlyList<Assembly> Assemblies { get; } =
    [
        .. Files("src", "*.csproj").Select(AssemblyName).Where(name => File.Exists(Path.Combine(AppContext.BaseDirectory, $"{name}.dll"))).Select(Assembly.Load),
    ];

    public static Assembly Core { get; } = typeof(Core.Kernel.Door).Assembly;

    public static string In(params string[] path) => Path.Combine([Root, .. path]);

    /// <summary>The files under a folder of the repository, without what a build made; empty where there is no such folder.</summary>
    public static IEnumerable<string> Files(string folder, string pattern) => Directory.Exists(In(folder))
        ? Directory.EnumerateFiles(In(folder), pattern, SearchOption.AllDirectories).Where(f => !Built(f)).Order(StringComparer.Ordinal)
        : [];

    public static IEnumerable<string> Folders(string folder) =>
        Directory.EnumerateDirectories(In(folder), "*", SearchOption.AllDirectories).Where(f => !Built(f + "/"));

    public static string Short(string file) => Slash(Path.GetRelativePath(Root, file));

    public static string AssemblyName(string csproj)
    {
        var named = System.Xml.Linq.XDocument.Load(csproj).Descendants("AssemblyName").FirstOrDefault()?.Value;
        return named ?? Path.GetFileNameWithoutExtension(csproj);
    }

    /// <summary>Types that people wrote: not what the compiler, a source generator or the migrations made.</summary>
    public static IEnumerable<Type> Written(Assembly assembly) => assembly.GetTypes().Where(t =>
        !t.IsDefined(typeof(CompilerGeneratedAttribute), false) && !Outer(t).IsDefined(typeof(System.CodeDom.Compiler.GeneratedCodeAttribute), false)
        && !t.Name.Contains('<', StringComparison.Ordinal) && !t.Name.Contains("__Generated__", StringComparison.Ordinal) && t.Namespace?.Contains(".Migrations", StringComparison.Ordinal) != true
        && t.Namespace?.StartsWith("Exchange", StringComparison.Ordinal) != false);

    private static Type Outer(Type type) => type.DeclaringType is { } outer ? Outer(outer) : type;

    private static bool Built(string file) => Slash(Path.GetRelativePath(Root, file)).Split('/').Any(part => part is "bin" or "obj" or "node_modules" or "artifacts");

    private static string Slash(string path) => path.Replace('\\', '/');

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Exchange.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("These tests run inside the repository: no Exchange.sln above them.");
    }
}
