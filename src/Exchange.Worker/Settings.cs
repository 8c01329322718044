using System.Globalization;
using Exchange.Core.Store;
using Microsoft.Extensions.Configuration;

namespace Exchange.Worker;

/// <summary>The sections of settings, checked at the start. The API and the worker read the same ones.</summary>
public sealed record Settings(DatabaseSettings Database, BusSettings Bus, ConnectionSettings ConnectionStrings, ExchangeSettings Exchange, MailSettings Mail)
{
    public bool OnSqlite => Is(Database.Provider, "Sqlite");

    public bool InMemory => Is(Bus.Transport, "InMemory");

    public bool Embedded => OnSqlite && InMemory;

    /// <summary>Whether the API's process also relays.</summary>
    public bool HostsWorker => Is(Exchange.Worker, "embedded");

    /// <exception cref="StartRefused">Something in them cannot be; the message says what to change.</exception>
    public static Settings Read(IConfiguration configuration)
    {
        var settings = new Settings(
            Bind<DatabaseSettings>(configuration, "Database"),
            Bind<BusSettings>(configuration, "Bus"),
            Bind<ConnectionSettings>(configuration, "ConnectionStrings"),
            Bind<ExchangeSettings>(configuration, "Exchange"),
            Bind<MailSettings>(configuration, "Mail"));
        return settings.Trouble() is { } trouble ? throw new StartRefused(trouble) : settings;
    }

    /// <summary>For the worker as a process of its own.</summary>
    /// <exception cref="StartRefused">The API and the worker could not meet.</exception>
    public Settings ForWorker() => OnSqlite || InMemory
        ? throw new StartRefused(
            "A worker of its own meets the API at a database server and a broker. Set Database:Provider to Postgres or SqlServer and Bus:Transport to RabbitMq, with their ConnectionStrings; or run the API alone, which is its own worker.")
        : this;

    private string? Trouble() =>
        OneOf("Database:Provider", Database.Provider, "Sqlite", "Postgres", "SqlServer")
        ?? OneOf("Bus:Transport", Bus.Transport, "InMemory", "RabbitMq")
        ?? OneOf("Exchange:Worker", Exchange.Worker, "embedded", "none")
        ?? OneOf("Exchange:SignUp", Exchange.SignUp, "open", "operator")
        ?? AtLeast("Exchange:RateLimit:PerSecond", Exchange.RateLimit.PerSecond, 1)
        ?? AtLeast("Exchange:RateLimit:Burst", Exchange.RateLimit.Burst, 1)
        ?? AtLeast("Exchange:TicketRate:PerSecond", Exchange.TicketRate.PerSecond, 1)
        ?? AtLeast("Exchange:TicketRate:Burst", Exchange.TicketRate.Burst, 1)
        ?? Within("Exchange:EventsKeptDays", Exchange.EventsKeptDays, 1, 36_500)
        ?? AtLeast("Exchange:Files:MaxBytes", Exchange.Files.MaxBytes, 1)
        ?? (Is(Exchange.SignUp, "operator") && (Exchange.OperatorKey?.Length ?? 0) < 32
            ? "Exchange:SignUp is operator, so Exchange:OperatorKey has to hold a key of 32 characters or more." : null)
        ?? (!HostsWorker && (OnSqlite || InMemory)
            ? "Exchange:Worker is none, which takes a database server and a broker between the processes. Set Exchange:Worker=embedded, or both Database:Provider and Bus:Transport to servers."
            : null)
        ?? (!OnSqlite && string.IsNullOrWhiteSpace(ConnectionStrings.Exchange)
            ? $"Database:Provider is {Database.Provider}, so ConnectionStrings:Exchange has to say where it is, such as {Example}."
            : null)
        ?? (InMemory ? null : BrokerTrouble())
        ?? (string.IsNullOrWhiteSpace(Mail.Host) ? null : MailTrouble());

    private string Example => Is(Database.Provider, "Postgres")
        ? "Host=127.0.0.1;Database=exchange;Username=exchange;Password=..."
        : "Server=127.0.0.1;Database=exchange;User Id=exchange;Password=...";

    private string? BrokerTrouble() =>
        !Uri.TryCreate(ConnectionStrings.RabbitMq, UriKind.Absolute, out var broker) || broker.Scheme is not ("amqp" or "amqps")
            ? "Bus:Transport is RabbitMq, so ConnectionStrings:RabbitMq has to say where it is, such as amqp://user:password@127.0.0.1:5672/ (amqps:// with TLS)."
            : Bus.CaFile is { Length: > 0 } file && !File.Exists(file) ? $"Bus:CaFile is {file}, and there is no such file."
            : null;

    private string? MailTrouble() =>
        !System.Net.Mail.MailAddress.TryCreate(Mail.From, out _) ? "Mail:Host is set, so Mail:From has to be the sender's address, such as desk@company.example."
        : !Uri.TryCreate(Mail.Links, UriKind.Absolute, out var links) || links.Scheme is not ("http" or "https")
            ? "Mail:Host is set, so Mail:Links has to say what links in mails begin with: the address of the pages, such as https://desk.company.example."
        : Mail.Port is < 1 or > 65535 ? string.Create(CultureInfo.InvariantCulture, $"Mail:Port is {Mail.Port}. Set it to 1 to 65535.")
        : string.IsNullOrEmpty(Mail.User) != string.IsNullOrEmpty(Mail.Password) ? "Of Mail:User and Mail:Password one is set: set both or none."
        : !string.IsNullOrEmpty(Mail.User) && !Mail.Tls ? "Mail:Tls is false, which would send Mail:Password in the clear. Set it to true, or leave Mail:User and Mail:Password out."
        : null;

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

    private static string? Within(string name, long value, long least, long most) => value >= least && value <= most
        ? null
        : string.Create(CultureInfo.InvariantCulture, $"{name} is {value}. Set it to something from {least} to {most}.");

    private static bool Is(string value, string word) => string.Equals(value, word, StringComparison.OrdinalIgnoreCase);
}
