using System.Text.Json;

namespace Exchange.Benchmarks;

/// <summary>A company that signed up.</summary>
sealed record Company(string Name, string Key);

/// <summary>Two linked companies and their tickets, reached through the API alone.</summary>
sealed record Stage(
    Company Placer,
    Company Fulfiller,
    IReadOnlyList<Conversation> Busy,
    IReadOnlyList<Conversation> Quiet,
    IReadOnlyList<Conversation> Parked,
    IReadOnlyList<Conversation> Flooding,
    IReadOnlyList<LocalTicket> Local)
{
    public IEnumerable<Conversation> Conversations => Busy.Concat(Quiet).Concat(Parked).Concat(Flooding);

    public IEnumerable<Voice> Voices =>
        Conversations.SelectMany(c => new[] { c.Placer, c.Fulfiller })
            .Concat(Local.SelectMany(t => new[] { t.Internal, t.Customer }));

    public static async Task<Stage> Set(Api api, Sizes sizes, CancellationToken stop)
    {
        var placer = await SignUp(api, "Nordwind", stop);
        var fulfiller = await SignUp(api, "Brightfix", stop);
        var link = await Link(api, placer, fulfiller, stop);
        var busy = await HandOver(api, placer, fulfiller, link, "busy", sizes.BusyHandoffs, stop);
        var quiet = await HandOver(api, placer, fulfiller, link, "quiet", sizes.QuietHandoffs, stop);
        var parked = await HandOver(api, placer, fulfiller, link, "parked", sizes.ParkedHandoffs, stop);
        var flooding = await HandOver(api, placer, fulfiller, link, "flooding", sizes.FloodingHandoffs, stop);
        var local = new List<LocalTicket>();
        for (var i = 1; i <= sizes.LocalTickets; i++)
        {
            var name = FormattableString.Invariant($"local{i:000}");
            local.Add(new(name, await OpenTicket(api, placer, name, stop), placer));
        }

        return new(placer, fulfiller, busy, quiet, parked, flooding, local);
    }

    static async Task<Company> SignUp(Api api, string name, CancellationToken stop)
    {
        var slug = name.ToLowerInvariant();
        var account = await api.Post("/api/v1/accounts", new { name, slug }, key: null, stop);
        return new(name, Text(account, "apiKey"));
    }

    static async Task<string> Link(Api api, Company placer, Company fulfiller, CancellationToken stop)
    {
        var invitation = await api.Post("/api/v1/links", new { }, placer.Key, stop);
        var inviteCode = Text(invitation, "inviteCode");
        await api.Post("/api/v1/links/accept", new { inviteCode }, fulfiller.Key, stop);
        return Text(invitation, "id");
    }

    static async Task<IReadOnlyList<Conversation>> HandOver(
        Api api, Company placer, Company fulfiller, string linkId, string kind, int count, CancellationToken stop)
    {
        var conversations = new List<Conversation>(count);
        for (var i = 1; i <= count; i++)
        {
            var name = FormattableString.Invariant($"{kind}{i:000}");
            var ticketId = await OpenTicket(api, placer, name, stop);
            var offer = await api.Post($"/api/v1/tickets/{ticketId}/handoffs", new { linkId }, placer.Key, stop);
            var handoffId = Text(offer, "id");
            await api.Post($"/api/v1/handoffs/{handoffId}/accept", new { }, fulfiller.Key, stop);
            await api.Post($"/api/v1/handoffs/{handoffId}/start", new { }, fulfiller.Key, stop);
            var handoff = await api.Get($"/api/v1/handoffs/{handoffId}", fulfiller.Key, stop);
            conversations.Add(new(name, handoffId, placer, ticketId, fulfiller, Text(handoff, "ticketId")));
        }

        return conversations;
    }

    static async Task<string> OpenTicket(Api api, Company owner, string name, CancellationToken stop) =>
        Text(await api.Post("/api/v1/tickets", new { subject = $"Pump {name} stops" }, owner.Key, stop), "id");

    static string Text(JsonElement answer, string name) =>
        answer.TryGetProperty(name, out var value) && value.GetString() is { } text
            ? text
            : throw new BenchmarkFailure($"An answer lacks '{name}': {answer}");
}
