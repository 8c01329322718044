using System.Diagnostics;
using System.Globalization;
using NUnit.Framework;

namespace Exchange.Edge.Tests.Bus;

/// <summary>The servers that <c>./test</c> starts and names in variables; where one is absent, its tests are left out and say what to do.</summary>
internal static class Servers
{
    public static string Postgres => Need("EXCHANGE_TEST_POSTGRES");

    public static string RabbitMq => Need("EXCHANGE_TEST_RABBITMQ");

    public static string Management => Need("EXCHANGE_TEST_RABBITMQ_MANAGEMENT");

    public static string RabbitMqTls => Need("EXCHANGE_TEST_RABBITMQ_TLS");

    public static string Ca => Need("EXCHANGE_TEST_RABBITMQ_CA");

    public static string OtherCa => Need("EXCHANGE_TEST_RABBITMQ_OTHER_CA");

    public static string Script => Need("EXCHANGE_SERVERS_SCRIPT");

    private static string Need(string variable)
    {
        if (Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value)
        {
            return value;
        }

        Assert.Ignore($"{variable} is not set. ./test starts the servers and sets it; or: deploy/servers up DIR, set -a, . DIR/servers.env, and EXCHANGE_SERVERS_SCRIPT=deploy/servers.");
        throw new UnreachableException();
    }
}

/// <summary>A broker of these tests' own, for breaking it; started when the first test wants it, and ended by the one fixture that breaks it.</summary>
internal static class OwnBroker
{
    private static readonly string Folder = Path.Combine(Path.GetTempPath(), $"exchange-own-{Path.GetRandomFileName()}");
    private static readonly Lock Starting = new();
    private static Dictionary<string, string>? _variables;

    public static string Address => Variable("EXCHANGE_TEST_RABBITMQ");

    public static string Management => Variable("EXCHANGE_TEST_RABBITMQ_MANAGEMENT");

    /// <summary>start, stop, kill or wipe.</summary>
    public static void Do(string deed)
    {
        _ = Address;
        Run(deed, "rabbitmq", Folder);
    }

    /// <summary>Its connections stay, and nothing is answered any more.</summary>
    public static void Freeze() => Signal("-STOP");

    public static void Thaw() => Signal("-CONT");

    public static void Down()
    {
        if (_variables is not null)
        {
            Thaw();
            Run("down", Folder);
            _variables = null;
        }

        if (Directory.Exists(Folder))
        {
            Directory.Delete(Folder, recursive: true);
        }
    }

    private static string Variable(string name)
    {
        lock (Starting)
        {
            if (_variables is null)
            {
                Run("up", Folder);
                _variables = File.ReadLines(Path.Combine(Folder, "servers.env")).Where(line => line.Contains('=', StringComparison.Ordinal) && line[0] != '#')
                    .Select(line => line.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1].Trim('\''), StringComparer.Ordinal);
                Run("stop", "postgres", Folder);
            }

            return _variables[name];
        }
    }

    private static void Signal(string signal) => Execute("kill", signal, File.ReadAllText(Path.Combine(Folder, "run", "rabbitmq.pid")).Trim());

    private static void Run(params string[] words) => Execute("bash", [Servers.Script, .. words]);

    private static void Execute(string program, params string[] words)
    {
        using var process = Process.Start(new ProcessStartInfo(program, words) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var said = process.StandardOutput.ReadToEndAsync();
        var complained = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.That(process.ExitCode, Is.Zero, string.Create(CultureInfo.InvariantCulture, $"{program} {string.Join(' ', words)}: {said.Result} {complained}"));
    }
}
