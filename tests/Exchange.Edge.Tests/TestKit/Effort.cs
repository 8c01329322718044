namespace Exchange.Edge.Tests.TestKit;

/// <summary>How much is tried: little on every build, a lot with EXCHANGE_LONG=1.</summary>
internal static class Effort
{
    public static bool Long { get; } = Environment.GetEnvironmentVariable("EXCHANGE_LONG") == "1";

    public static int Of(int usual, int thorough) => Long ? thorough : usual;
}
