using System.Text.Json.Nodes;

namespace Exchange.Journeys;

/// <summary>A ticket handed over, and what each side calls it. <see cref="MirrorId"/> is there once it is accepted.</summary>
sealed record Shared(string TicketId, string HandoffId, string MirrorId);

/// <summary>Two linked companies, and the states most tests begin in; reached through the API alone, so nothing stands here that could not happen.</summary>
sealed record Scene(Company Nordwind, Company Brightfix, string LinkId)
{
    public static async Task<Scene> Linked(IExchange exchange)
    {
        var nordwind = await Company.SignUp(exchange, "Nordwind");
        var brightfix = await Company.SignUp(exchange, "Brightfix");
        return new(nordwind, brightfix, await nordwind.LinkWith(brightfix));
    }

    public async Task<Shared> Offered(string subject = "The scanner is stuck")
    {
        var ticket = await Nordwind.OpenTicket(new { subject });
        var handoff = await Nordwind.HandOver(ticket.Need("id"), new { linkId = LinkId });
        return new(ticket.Need("id"), handoff.Need("id"), "");
    }

    public async Task<Shared> Accepted(string subject = "The scanner is stuck")
    {
        var offered = await Offered(subject);
        var handoff = await Brightfix.Do(offered.HandoffId, "accept");
        return offered with { MirrorId = handoff.Need("ticketId") };
    }

    public async Task<Shared> InProgress()
    {
        var accepted = await Accepted();
        await Brightfix.Do(accepted.HandoffId, "start");
        return accepted;
    }

    /// <summary>Waits until both sides show one and the same conversation and log of a handoff; gives the conversation as each of them shows it.</summary>
    public async Task<IReadOnlyList<(Company Side, IReadOnlyList<JsonNode> Conversation)>> Settled(string handoffId)
    {
        IReadOnlyList<JsonNode> placed = [], fulfilled = [];
        await Eventually.Holds("both sides show the same shared history", async () =>
        {
            (placed, fulfilled) = (await Nordwind.Conversation(handoffId), await Brightfix.Conversation(handoffId));
            var (left, right) = (SharedHistory.Of(placed), SharedHistory.Of(fulfilled));
            return left.SequenceEqual(right, StringComparer.Ordinal)
                ? await EntriesDiffer(handoffId)
                : $"Handoff {handoffId}: {Nordwind.Name} shows {left.Count} items, {Brightfix.Name} {right.Count}; the first that differs: {SharedHistory.FirstDifference(left, right)}";
        });
        return [(Nordwind, placed), (Brightfix, fulfilled)];
    }

    async Task<string?> EntriesDiffer(string handoffId)
    {
        var (placed, fulfilled) = (SharedHistory.Whole(await Nordwind.Entries(handoffId)), SharedHistory.Whole(await Brightfix.Entries(handoffId)));
        return placed.SequenceEqual(fulfilled, StringComparer.Ordinal)
            ? null
            : $"Handoff {handoffId}: the entries differ, first: {SharedHistory.FirstDifference(placed, fulfilled)}";
    }
}
