namespace Exchange.Benchmarks;

/// <summary>One figure over the rounds: its median, and the lowest and the highest.</summary>
sealed record Spread(double Median, double Low, double High)
{
    public static Spread Of(IEnumerable<double> figures)
    {
        var sorted = figures.Order().ToArray();
        var middle = sorted.Length / 2;
        var median = sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new(median, sorted[0], sorted[^1]);
    }

    public string Show(Unit unit) =>
        Low.Equals(High) ? unit.Show(Median) : $"{unit.Show(Median)} ({unit.Show(Low)}..{unit.Show(High)})";
}

/// <summary>How a figure is written.</summary>
sealed record Unit(string Format)
{
    public static readonly Unit PerSecond = new("{0:#,0}/s");
    public static readonly Unit Milliseconds = new("{0:0.00} ms");
    public static readonly Unit Times = new("{0:0.00}x");
    public static readonly Unit Megabytes = new("{0:0} MB");
    public static readonly Unit Kilobytes = new("{0:0.0} kB");

    public static readonly Unit Count = new("{0:#,0}");
    public static readonly Unit Each = new("{0:0.00}");

    public string Show(double value) => string.Format(System.Globalization.CultureInfo.InvariantCulture, Format, value);
}
