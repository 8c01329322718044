using System.Globalization;
using Exchange.Core.Store;

namespace Exchange.Api;

/// <summary>The three sections of settings, checked at the start.</summary>
public sealed record Settings(DatabaseSettings Database, BusSettings Bus, ExchangeSettings Exchange)
{
    public bool Embedded => Is(Database.Provider, "Sqlite") && Is(Bus.Transport, "InMemory");

    /// <exception cref="StartRefused">Something in them cannot be; the message says what to change.</exception>
    public static Settings Read(IConfiguration configuration)
    {
        var settings = new Settings(
            Bind<DatabaseSettings>(configuration, "Database"),
            Bind<BusSettings>(configuration, "Bus"),
            Bind<ExchangeSettings>(configuration, "Exchange"));
        return settings.Trouble() is { } trouble ? throw new StartRefused(trouble) : settings;
    }

    private string? Trouble() =>
        OneOf("Database:Provider", Database.Provider, "Sqlite", "Postgres", "SqlServer")
        ?? OneOf("Bus:Transport", Bus.Transport, "InMemory", "RabbitMq")
        ?? OneOf("Exchange:Worker", Exchange.Worker, "embedded", "none")
        ?? OneOf("Exchange:SignUp", Exchange.SignUp, "open", "operator")
        ?? AtLeast("Exchange:RateLimit:PerSecond", Exchange.RateLimit.PerSecond, 1)
        ?? AtLeast("Exchange:RateLimit:Burst", Exchange.RateLimit.Burst, 1)
        ?? AtLeast("Exchange:Files:MaxBytes", Exchange.Files.MaxBytes, 1)
        ?? (Is(Exchange.SignUp, "operator") && (Exchange.OperatorKey?.Length ?? 0) < 32
            ? "Exchange:SignUp is operator, so Exchange:OperatorKey has to hold a key of 32 characters or more." : null)
        ?? (Is(Exchange.Worker, "none") && (Is(Database.Provider, "Sqlite") || Is(Bus.Transport, "InMemory"))
            ? "Exchange:Worker is none, which takes a database server and a broker between the processes. Set Exchange:Worker=embedded, or both Database:Provider and Bus:Transport to servers."
            : null);

    private static T Bind<T>(IConfiguration configuration, string section)
        where T : new()
    {
        try
        {
            return configuration.GetSection(section).Get<T>() ?? new T();
        }
        catch (InvalidOperationException e)
        {
            throw new StartRefused($"A setting in the section {section} cannot be read: {e.InnerException?.Message ?? e.Message}");
        }
    }

    private static string? OneOf(string name, string value, params string[] words) => words.Any(word => Is(value, word))
        ? null
        : $"{name} is {value}. Set it to one of: {string.Join(", ", words)}.";

    private static string? AtLeast(string name, long value, long least) => value >= least
        ? null
        : string.Create(CultureInfo.InvariantCulture, $"{name} is {value}. Set it to {least} or more.");

    private static bool Is(string value, string word) => string.Equals(value, word, StringComparison.OrdinalIgnoreCase);
}
