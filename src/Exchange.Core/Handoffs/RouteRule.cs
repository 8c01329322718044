using Exchange.Core.Kernel;
using Exchange.Core.Relay;

namespace Exchange.Core.Handoffs;

/// <summary>A company's rule: to which partners, one after another, tickets of a kind go.</summary>
public sealed class RouteRule
{
    public required Guid Id { get; init; }

    public required AccountId Account { get; init; }

    public required string Name { get; init; }

    /// <summary>The category that a ticket has to have; null fits every ticket.</summary>
    public string? Category { get; init; }

    /// <summary>The name of the asset that a ticket has to be about; null fits every ticket.</summary>
    public string? Asset { get; init; }

    /// <summary>In the order in which they are asked.</summary>
    public required IReadOnlyList<LinkId> Links { get; init; }

    /// <summary>Whether a declined or expired ticket goes on to the next partner by itself.</summary>
    public required bool Automatic { get; init; }

    /// <summary>Whether contact and asset go along when no person picks. Comments and files never do.</summary>
    public required bool ShareContact { get; init; }

    public required bool ShareAsset { get; init; }

    /// <summary>How long each partner has to accept, from 1 to 720; null leaves it to the terms.</summary>
    public int? AcceptWithinHours { get; init; }

    /// <summary>Nobody looks at what goes, so no field of the company's own does.</summary>
    public ShareAsk Share => new(ShareContact, ShareAsset, null, null, []);

    /// <summary>The partners that are left for a ticket: of the rules that fit, the most exact first.</summary>
    /// <param name="tried">Links over which this ticket has gone already.</param>
    public static IEnumerable<(RouteRule Rule, LinkId Link)> Candidates(IEnumerable<RouteRule> rules, TicketTraits traits, IReadOnlyCollection<LinkId> tried) =>
        rules.Where(rule => Fits(rule.Category, traits.Category) && Fits(rule.Asset, traits.Asset))
            .OrderByDescending(rule => (rule.Category is null ? 0 : 1) + (rule.Asset is null ? 0 : 1)).ThenBy(rule => rule.Id)
            .SelectMany(rule => rule.Links, (rule, link) => (rule, link))
            .Where(x => !tried.Contains(x.link)).DistinctBy(x => x.link);

    private static bool Fits(string? wanted, string? there) => wanted is null || string.Equals(wanted, there?.Trim(), StringComparison.OrdinalIgnoreCase);
}
