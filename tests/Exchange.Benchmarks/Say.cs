namespace Exchange.Benchmarks;

/// <summary>Lines for the person who watches, the same in every language of the machine.</summary>
static class Say
{
    public static void Line(FormattableString line) => Console.WriteLine(FormattableString.Invariant(line));
}
