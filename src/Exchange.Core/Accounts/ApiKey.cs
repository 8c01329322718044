using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Exchange.Core.Kernel;

namespace Exchange.Core.Accounts;

public readonly record struct KeyId(Guid Value) : IId<KeyId>
{
    public static KeyId From(Guid value) => new(value);

    public static bool operator <(KeyId one, KeyId other) => one.Value.CompareTo(other.Value) < 0;

    public static bool operator >(KeyId one, KeyId other) => one.Value.CompareTo(other.Value) > 0;

    public override string ToString() => Value.ToString("D");
}

/// <summary>What a key may do.</summary>
public static class Scopes
{
    /// <summary>See tickets, handoffs, files and links.</summary>
    public const string Read = "read";

    /// <summary>Work: tickets, comments, files and handoffs.</summary>
    public const string Work = "work";

    /// <summary>Invite, accept, decline and withdraw links.</summary>
    public const string Links = "links";

    /// <summary>Make and revoke keys.</summary>
    public const string Keys = "keys";

    public static readonly IReadOnlyList<string> All = [Read, Work, Links, Keys];
}

/// <summary>An API key. The key itself is shown once and never stored: only its visible prefix and its SHA-256.</summary>
public sealed class ApiKey
{
    public required KeyId Id { get; init; }

    public required AccountId Account { get; init; }

    public required string Name { get; init; }

    /// <summary>The visible beginning; it finds the row and says which key is meant.</summary>
    public required string Prefix { get; init; }

    public required byte[] Hash { get; init; }

    /// <summary>Words of <see cref="Accounts.Scopes"/>, joined by blanks.</summary>
    public required string Scopes { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? RevokedAt { get; set; }

    public bool Matches(string secret) => CryptographicOperations.FixedTimeEquals(Hash, SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    /// <summary>A new key of 256 random bits, and the secret that goes to its owner.</summary>
    public static (ApiKey Key, string Secret) Make(AccountId account, string name, IEnumerable<string> scopes, DateTimeOffset now)
    {
        var prefix = $"tx_{RandomNumberGenerator.GetHexString(10, lowercase: true)}";
        var secret = $"{prefix}_{Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32))}";
        var key = new ApiKey
        {
            Id = new KeyId(Ids.New(now)),
            Account = account,
            Name = name,
            Prefix = prefix,
            Hash = SHA256.HashData(Encoding.UTF8.GetBytes(secret)),
            Scopes = string.Join(' ', scopes),
            CreatedAt = now,
        };
        return (key, secret);
    }

    /// <summary>The prefix of something that looks like a key; null when it does not.</summary>
    public static string? PrefixOf(string secret)
    {
        var end = secret.IndexOf('_', Math.Min(3, secret.Length));
        return end == 13 && secret.StartsWith("tx_", StringComparison.Ordinal) && secret.Length < 100 ? secret[..end] : null;
    }
}
