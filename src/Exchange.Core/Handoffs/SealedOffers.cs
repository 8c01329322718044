using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Exchange.Contracts.V1;
using Exchange.Core.Kernel;
using Exchange.Core.Relay;
using Exchange.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace Exchange.Core.Handoffs;

/// <summary>What a sealed offer keeps back. It goes when the offer is taken, or comes to nothing.</summary>
public sealed class SealedOffer
{
    public required HandoffId Handoff { get; init; }

    /// <summary>JSON of <see cref="SealedContent"/>: the text whose hash stands in the offer.</summary>
    public required string Content { get; init; }

    /// <summary>What was picked for it.</summary>
    public required IReadOnlyList<SealedPick> Picks { get; init; }

    /// <summary>Who offered it.</summary>
    public required Actor Actor { get; init; }
}

/// <param name="Source">The comment or file of the placer that it is a copy of.</param>
public sealed record SealedPick(Guid Source, string? Body, FileData? File);

/// <summary>Seals what a partner is to see only once it has accepted, and opens it.</summary>
public static class SealedOffers
{
    /// <summary>Puts the content apart, and answers what the offer says instead.</summary>
    /// <param name="summary">What the partner sees before it accepts.</param>
    public static OfferedData Seal(IUnit unit, HandoffId handoff, Actor actor, OfferedData offer, string summary, IReadOnlyList<SealedPick> picks)
    {
        var content = Conceal(offer, picks.Count);
        unit.Db.Add(new SealedOffer { Handoff = handoff, Content = content, Picks = picks, Actor = actor });
        return Closed(offer, summary, content);
    }

    /// <summary>The text that is kept apart, with salt so that its hash tells nothing.</summary>
    internal static string Conceal(OfferedData offer, int picks) => JsonSerializer.Serialize(
        new SealedContent(Convert.ToBase64String(RandomNumberGenerator.GetBytes(12)), offer.Subject, offer.Description, offer.Contact, offer.Asset, offer.Note, picks, offer.Fields),
        JsonSerializerOptions.Web);

    /// <summary>What the partner sees of a sealed offer before it accepts.</summary>
    internal static OfferedData Closed(OfferedData offer, string summary, string content) =>
        offer with { Subject = summary, Description = null, Contact = null, Asset = null, Note = null, Fields = null, Picks = 0, Sealed = HashOf(content) };

    /// <summary>What is to be said when the offer is taken: its content, by the exchange, and what was picked for it, by who picked it.</summary>
    public static async ValueTask<Revealed> Open(IUnit unit, Handoff handoff, OfferedData offer)
    {
        var kept = await unit.Db.SealedOffers.AsTracking().SingleAsync(s => s.Handoff == handoff.Id);
        unit.Db.Remove(kept);

        // After the acceptance and the content.
        (handoff.Picks, handoff.FirstPick) = (kept.Picks.Count, handoff.LastSeq + 3);
        var said = new List<Utterance> { new(Side.Exchange, Caller.Exchange.Actor, new RevealedData(kept.Content)) };
        var origins = new Dictionary<Guid, Guid>();
        foreach (var pick in kept.Picks)
        {
            if (pick.File is { } file)
            {
                said.Add(new Utterance(Side.Placer, kept.Actor, new FileAddedData(file)));
                origins[file.Id] = pick.Source;
            }
            else
            {
                said.Add(new Utterance(Side.Placer, kept.Actor, new CommentedData(pick.Body!, []), pick.Source));
            }
        }

        return new Revealed(Whole(offer, kept.Content), said, origins);
    }

    /// <summary>The offer as it would have been, had it not been sealed.</summary>
    public static OfferedData Whole(OfferedData offer, string content)
    {
        var c = JsonSerializer.Deserialize<SealedContent>(content, JsonSerializerOptions.Web)!;
        return offer with { Subject = c.Subject, Description = c.Description, Contact = c.Contact, Asset = c.Asset, Note = c.Note, Picks = c.Picks, Fields = c.Fields };
    }

    public static string HashOf(string content) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content)));
}

/// <param name="Origins">What each file was copied from.</param>
public sealed record Revealed(OfferedData Offer, IReadOnlyList<Utterance> Said, IReadOnlyDictionary<Guid, Guid> Origins);
