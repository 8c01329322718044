using System.Globalization;

namespace Exchange.Benchmarks;

/// <summary>What the command line asked for.</summary>
sealed record RunOptions
{
    public const string Usage =
        "usage: dotnet run -c Release --project tests/Exchange.Benchmarks -- "
        + "[--tiny] [--rounds N] [--seconds S] [--only B2,P2,P3,P5] [--markdown FILE] [--data DIR]";

    static readonly string[] Known = ["B2", "P2", "P3", "P5"];

    public bool Tiny { get; init; }
    public int Rounds { get; init; } = 3;
    public double Seconds { get; init; } = 5;
    public IReadOnlySet<string> Only { get; init; } = Known.ToHashSet(StringComparer.OrdinalIgnoreCase);
    public string? Markdown { get; init; }
    public string? Data { get; init; }

    public Sizes Sizes => Tiny ? Sizes.Tiny : Sizes.Full(TimeSpan.FromSeconds(Seconds));

    public bool WantsAll => Only.IsSupersetOf(Known);

    /// <summary>The bare loop alone needs no host.</summary>
    public bool NeedsHost => Only.Any(name => !name.StartsWith('B'));

    public bool Wants(string name) => Only.Contains(name);

    public static RunOptions? Parse(string[] args, out string mistake)
    {
        var options = new RunOptions();
        for (var i = 0; i < args.Length; i++)
        {
            var name = args[i];
            if (name is "--tiny")
            {
                options = options with { Tiny = true, Rounds = 1 };
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

        mistake = options switch
        {
            { Markdown: null } => "",
            { Tiny: true } => "--tiny looks at the audit only: its figures are not for a page (leave out --markdown).",
            { NeedsHost: false } => "The bare loop alone makes no page (leave out --markdown).",
            _ => "",
        };
        return mistake.Length == 0 ? options : null;
    }

    RunOptions? With(string name, string value) => name switch
    {
        "--rounds" when int.TryParse(value, CultureInfo.InvariantCulture, out var n) && n is > 0 and <= 100
            => this with { Rounds = n },
        "--seconds" when double.TryParse(value, CultureInfo.InvariantCulture, out var s) && s is > 0 and <= 600
            => this with { Seconds = s },
        "--only" when Names(value) is { } names => this with { Only = names },
        "--markdown" => this with { Markdown = value },
        "--data" => this with { Data = value },
        _ => null,
    };

    static HashSet<string>? Names(string value)
    {
        var names = value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        return names.Count > 0 && names.IsSubsetOf(Known) ? names : null;
    }
}
