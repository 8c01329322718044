using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Exchange.Contracts.V1;
using Exchange.Core.Kernel;

namespace Exchange.Core.Desk;

/// <summary>A customer who follows his ticket by a link. The token in it is shown once; only its SHA-256 is kept.</summary>
public sealed class Requester
{
    /// <summary>The id of the actor of everything that a customer does: he has no account.</summary>
    public const string ActorId = "customer";

    /// <summary>Characters of a token: 24 random bytes.</summary>
    public const int TokenLength = 32;

    /// <summary>Characters of a language's code.</summary>
    public const int MaxLanguage = 10;

    private const int Bytes = 24;

    public required Guid Id { get; init; }

    public required AccountId Account { get; init; }

    public required TicketId Ticket { get; init; }

    public required string Name { get; init; }

    public required string Email { get; init; }

    public required byte[] Hash { get; init; }

    /// <summary>In which mails to him are written; null where nobody knows.</summary>
    public string? Language { get; init; }

    public required DateTimeOffset MadeAt { get; init; }

    /// <summary>When a newer link took its place.</summary>
    public DateTimeOffset? EndedAt { get; set; }

    public static byte[] HashOf(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));

    /// <summary>Who acts for a customer of this company.</summary>
    public static Caller As(AccountId account, string accountName, string name) => new(account, accountName, new Actor("person", ActorId, name));

    /// <summary>Whether a customer did it, whatever he calls himself.</summary>
    public static bool Is(Actor actor) => actor is { Kind: "person", Id: ActorId };

    /// <returns>The row, and the token that opens it.</returns>
    internal static (Requester Row, string Token) Make(AccountId account, TicketId ticket, string name, string email, DateTimeOffset now, string? language = null)
    {
        var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));
        return (new Requester { Id = Ids.New(now), Account = account, Ticket = ticket, Name = name, Email = email, Language = language, Hash = HashOf(token), MadeAt = now }, token);
    }
}

/// <param name="Token">Shown this once: whoever holds it reads the conversation with the customer and writes in it.</param>
public sealed record RequesterInvited(Guid Id, TicketId Ticket, long Number, string Name, string Email, string Token) : IAnswer<RequesterInvited>
{
    public Guid Thing => Id;

    public static RequesterInvited Replayed(Guid thing) => throw new InvalidOperationException("An answer with a secret is never given twice.");
}
