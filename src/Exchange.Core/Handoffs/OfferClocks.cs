using Exchange.Core.Kernel;
using Exchange.Core.Links;

namespace Exchange.Core.Handoffs;

/// <summary>The clocks that an offer sets out: as asked for, else as the terms have it.</summary>
public sealed record OfferClocks(DateTimeOffset? AcceptBy, DateTimeOffset? RespondBy, DateTimeOffset? ResolveBy)
{
    /// <param name="own">When the placer's own incoming handoff has to be done: what it hands on has to be done in what is left of that.</param>
    public static Outcome<OfferClocks> Of(OfferHandoff ask, Terms terms, DateTimeOffset? own, DateTimeOffset now)
    {
        if (own is { } end && ask.ResolveBy > end)
        {
            return Fault.Invalid("resolveBy", TooLate(end));
        }

        var resolveBy = ask.ResolveBy ?? After(terms.ResolveWithinHours, now);
        return new OfferClocks(
            ask.AcceptBy ?? After(terms.AcceptWithinHours, now),
            ask.RespondBy ?? After(terms.RespondWithinHours, now),
            resolveBy > own ? own : resolveBy ?? own);
    }

    public static string TooLate(DateTimeOffset own) => $"'resolveBy' is after {own.UtcDateTime:yyyy-MM-dd HH:mm} UTC, when your own work on this ticket has to be done.";

    /// <summary>A clock that has run out before the offer is made.</summary>
    public static Fault? Past(OfferHandoff ask, DateTimeOffset now) =>
        Past("acceptBy", ask.AcceptBy, now) ?? Past("respondBy", ask.RespondBy, now) ?? Past("resolveBy", ask.ResolveBy, now);

    /// <param name="field">The time's name in the API.</param>
    public static Fault? Past(string field, DateTimeOffset? time, DateTimeOffset now) => time <= now ? Fault.Invalid(field, $"'{field}' lies in the past.") : null;

    private static DateTimeOffset? After(int? hours, DateTimeOffset now) => hours is { } h ? now.AddHours(h) : null;
}
