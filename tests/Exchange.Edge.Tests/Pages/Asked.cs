using System.Reflection;
using System.Text.RegularExpressions;
using Exchange.Edge.Tests.House;
using Exchange.Web.Shell;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Exchange.Edge.Tests.Pages;

/// <param name="Address">As its file says after <c>@page</c>.</param>
internal sealed record PageOfDesk(string Address, Type Model);

/// <summary>What pages ask at the door, read from their code: each call of <c>Ask</c> with the type that it names.</summary>
internal static class Asked
{
    public static IReadOnlyList<PageOfDesk> Pages { get; } =
    [
        .. Repository.Files("src/Exchange.Web/Pages", "*.cshtml").Select(file => (Text: File.ReadAllText(file), File: file))
            .Where(page => page.Text.StartsWith("@page", StringComparison.Ordinal))
            .Select(page => new PageOfDesk(First(page.Text, "@page \"([^\"]+)\""), Model(First(page.Text, @"@model ([\w.]+)"), page.File)))
            .OrderBy(page => page.Address, StringComparer.Ordinal),
    ];

    public static IReadOnlyList<Type> By(Type model) => [.. Bodies(model).SelectMany(Calls).Distinct().OrderBy(t => t.Name, StringComparer.Ordinal)];

    private static Type Model(string name, string file) => typeof(ExchangePage).Assembly.GetTypes().Single(type =>
        typeof(PageModel).IsAssignableFrom(type) && (name.Contains('.', StringComparison.Ordinal) ? type.FullName == name : type.Name == name && Path.GetFileNameWithoutExtension(file) + "Model" == name));

    private static IEnumerable<MethodBase> Bodies(Type type) => type
        .GetMembers(BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly).OfType<MethodBase>()
        .Concat(type.GetNestedTypes(BindingFlags.Public | BindingFlags.NonPublic).SelectMany(Bodies));

    private static IEnumerable<Type> Calls(MethodBase method)
    {
        // call and callvirt of a generic method: an opcode, then a token of the table of method instances (0x2B).
        const byte Call = 0x28, CallVirt = 0x6F, MethodSpec = 0x2B;
        var code = method.GetMethodBody()?.GetILAsByteArray() ?? [];
        for (var at = 0; at + 4 < code.Length; at++)
        {
            if (code[at] is Call or CallVirt && code[at + 4] == MethodSpec && Named(method, BitConverter.ToInt32(code, at + 1)) is { } ask)
            {
                yield return ask;
            }
        }
    }

    private static Type? Named(MethodBase method, int token)
    {
        try
        {
            var called = method.Module.ResolveMethod(token, method.DeclaringType!.GetGenericArguments(), method.IsGenericMethod ? method.GetGenericArguments() : null);
            return called is { Name: "Ask", IsGenericMethod: true } && typeof(ExchangePage).IsAssignableFrom(called.DeclaringType) ? called.GetGenericArguments()[0] : null;
        }
        catch (ArgumentException)
        {
            // Not a token after all: the bytes of something else.
            return null;
        }
    }

    private static string First(string text, string pattern) => Regex.Match(text, pattern, RegexOptions.None, TimeSpan.FromSeconds(1)).Groups[1].Value;
}
