using System.Globalization;

namespace Exchange.Benchmarks;

/// <summary>What the command line asked for.</summary>
sealed record RunOptions
{
    public const string Usage =
        "usage: dotnet run -c Release --project tests/Exchange.Benchmarks -- "
        + "[--target embedded|servers|all] [--api N] [--worker N] [--one-process] "
        + "[--tiny] [--rounds N] [--seconds S] [--only B1,B2,P1,P2,P3,P4,P5,P7] [--markdown FILE] [--data DIR]";

    static readonly string[] Known = ["B1", "B2", "P1", "P2", "P3", "P4", "P5", "P7"];

    public bool Tiny { get; init; }
    public int Rounds { get; init; } = 3;
    public double Seconds { get; init; } = 5;
    public IReadOnlySet<string> Only { get; init; } = Known.ToHashSet(StringComparer.OrdinalIgnoreCase);
    public string? Markdown { get; init; }
    public string? Data { get; init; }

    /// <summary>The one target that was asked for by name; null for all.</summary>
    public string? TargetWord { get; init; }

    public Layout Layout { get; init; } = new(Apis: 1, Workers: 1);

    public bool WantsAll => Only.IsSupersetOf(Known);

    public IEnumerable<Target> Targets =>
        new[] { Target.Embedded, Target.OnServers(Layout) }.Where(t => (TargetWord ?? t.Word) == t.Word && t.Measures.Any(Wants));

    /// <summary>The bare loop alone needs no host.</summary>
    public bool NeedsHost(Target target) => target.Measures.Any(name => name != target.BareName && Wants(name));

    public bool Wants(string name) => Only.Contains(name);

    public Sizes SizesFor(Target target) => (Tiny ? Sizes.Tiny : Sizes.Full(TimeSpan.FromSeconds(Seconds), target.Clients)).With(neighbours: Wants("P7"));

    public static RunOptions? Parse(string[] args, out string mistake)
    {
        var options = new RunOptions();
        for (var i = 0; i < args.Length; i++)
        {
            var name = args[i];
            if (options.With(name) is { } withSwitch)
            {
                options = withSwitch;
                continue;
            }

            if (++i == args.Length)
            {
                mistake = name is "--help" or "-h" ? Usage : $"{name} is unknown or lacks its value.\n{Usage}";
                return null;
            }

            var next = options.With(name, args[i]);
            if (next is null)
            {
                mistake = $"{name} {args[i]} is not understood.\n{Usage}";
                return null;
            }

            options = next;
        }

        mistake = options.Mistake();
        return mistake.Length == 0 ? options : null;
    }

    string Mistake() => this switch
    {
        _ when !Targets.Any() => $"The target {TargetWord} has nothing of what --only names.\n{Usage}",
        { Markdown: null } => "",
        { Tiny: true } => "--tiny looks at the audit only: its figures are not for a page (leave out --markdown).",
        _ when !Targets.Any(NeedsHost) => "The bare loop alone makes no page (leave out --markdown).",
        _ => "",
    };

    RunOptions? With(string name) => name switch
    {
        "--tiny" => this with { Tiny = true, Rounds = 1 },
        "--one-process" => this with { Layout = new(Apis: 1, Workers: 0) },
        _ => null,
    };

    RunOptions? With(string name, string value) => name switch
    {
        "--target" when value is "embedded" or "servers" => this with { TargetWord = value },
        "--target" when value is "all" => this with { TargetWord = null },
        "--api" when Number(value) is { } n => this with { Layout = Layout with { Apis = n } },
        "--worker" when Number(value) is { } n => this with { Layout = Layout with { Workers = n } },
        "--rounds" when Number(value) is { } n => this with { Rounds = n },
        "--seconds" when double.TryParse(value, CultureInfo.InvariantCulture, out var s) && s is > 0 and <= 600
            => this with { Seconds = s },
        "--only" when Names(value) is { } names => this with { Only = names },
        "--markdown" => this with { Markdown = value },
        "--data" => this with { Data = value },
        _ => null,
    };

    static int? Number(string value) => int.TryParse(value, CultureInfo.InvariantCulture, out var n) && n is > 0 and <= 100 ? n : null;

    static HashSet<string>? Names(string value)
    {
        var names = value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        return names.Count > 0 && names.IsSubsetOf(Known) ? names : null;
    }
}
