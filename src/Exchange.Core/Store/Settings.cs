namespace Exchange.Core.Store;

/// <summary>Section <c>Database</c>.</summary>
public sealed record DatabaseSettings
{
    /// <summary><c>Sqlite</c>, in the data folder; <c>Postgres</c> or <c>SqlServer</c>, at <see cref="ConnectionSettings.Exchange"/>.</summary>
    public string Provider { get; init; } = "Sqlite";
}

/// <summary>Section <c>Bus</c>.</summary>
public sealed record BusSettings
{
    /// <summary><c>InMemory</c>, in this process; <c>RabbitMq</c>, at <see cref="ConnectionSettings.RabbitMq"/>.</summary>
    public string Transport { get; init; } = "InMemory";

    /// <summary>A file with the certificates (PEM) that a broker's certificate may come from, beside those that the machine trusts.</summary>
    public string? CaFile { get; init; }
}

/// <summary>Section <c>ConnectionStrings</c>.</summary>
public sealed record ConnectionSettings
{
    /// <summary>The database server and the database on it, as its driver writes it.</summary>
    public string? Exchange { get; init; }

    /// <summary>The broker: <c>amqp://user:password@host:port/virtual-host</c>, or <c>amqps://</c> with TLS.</summary>
    public string? RabbitMq { get; init; }
}

/// <summary>Section <c>Exchange</c>.</summary>
public sealed record ExchangeSettings
{
    /// <summary>The folder of the files, and of the database where that is SQLite. All nodes share it.</summary>
    public string Data { get; init; } = "data";

    /// <summary>Whether an empty exchange is filled with demo companies. On the embedded default only.</summary>
    public bool Demo { get; init; }

    /// <summary><c>open</c>: anyone may sign up. <c>operator</c>: only who holds the operator key.</summary>
    public string SignUp { get; init; } = "open";

    /// <summary>Wanted where <see cref="SignUp"/> is <c>operator</c>; 32 characters or more.</summary>
    public string? OperatorKey { get; init; }

    /// <summary><c>embedded</c>: this process also relays. <c>none</c>: the worker is a process of its own.</summary>
    public string Worker { get; init; } = "embedded";

    /// <summary>How many days events can be read; after that they are forgotten, the log itself never.</summary>
    public int EventsKeptDays { get; init; } = 90;

    /// <summary>Requests of one key.</summary>
    public RateLimitSettings RateLimit { get; init; } = new() { PerSecond = 500, Burst = 2000 };

    /// <summary>Changes of one ticket or handoff by one key; what comes faster waits.</summary>
    public RateLimitSettings TicketRate { get; init; } = new() { PerSecond = 10, Burst = 60 };

    public FileSettings Files { get; init; } = new();
}

public sealed record RateLimitSettings
{
    /// <summary>How many there may be each second, in the long run.</summary>
    public int PerSecond { get; init; }

    /// <summary>How many there may be at once.</summary>
    public int Burst { get; init; }
}

public sealed record FileSettings
{
    /// <summary>The largest file, in bytes.</summary>
    public long MaxBytes { get; init; } = 1L << 30;
}

/// <summary>Section <c>Mail</c>: invitations, forgotten passwords, notifications and mails to customers.</summary>
public sealed record MailSettings
{
    /// <summary>The SMTP server. Without one, what somebody asked for is printed into the log, and news are in the desk alone.</summary>
    public string? Host { get; init; }

    public int Port { get; init; } = 587;

    public string? User { get; init; }

    public string? Password { get; init; }

    /// <summary>The sender's address, such as <c>desk@company.example</c>.</summary>
    public string? From { get; init; }

    /// <summary>Whether the connection has to be encrypted (STARTTLS).</summary>
    public bool Tls { get; init; } = true;

    /// <summary>What the links in mails begin with: the address of the pages as people outside reach it, such as <c>https://desk.company.example</c>.</summary>
    public string? Links { get; init; }
}

/// <summary>A start that is refused, with what to change. Not a bug: the host prints the message and ends.</summary>
public sealed class StartRefused(string message) : Exception(message);
