using System.Globalization;

namespace Exchange.Journeys;

/// <summary>Twelve clients: on each of four hot handoffs both sides talk, two place new tickets, two send files; each asks one thing after the other.</summary>
sealed class Load(Ledger ledger, Scene scene)
{
    // Without it twelve clients take all of a small machine, and what was killed is kept from starting again for half a minute.
    static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(Environment.GetEnvironmentVariable("EXCHANGE_LONG") is "1" ? 0 : 80);

    public Task Run(string name, IReadOnlyList<Shared> hot) => Task.WhenAll(Clients(name, hot));

    IEnumerable<Task> Clients(string name, IReadOnlyList<Shared> hot)
    {
        for (var i = 0; i < 8; i++)
        {
            var (who, number) = (i % 2 == 0 ? scene.Nordwind : scene.Brightfix, i);
            yield return Task.Run(() => Talk(who, hot[number / 2], Text($"{name} talker {number}")));
        }

        for (var i = 0; i < 2; i++)
        {
            var number = i;
            yield return Task.Run(() => Place(Text($"{name} placer {number}")));
        }

        yield return Task.Run(() => Send(scene.Nordwind, hot[2], hot[2].TicketId, Text($"{name} photos")));
        yield return Task.Run(() => Send(scene.Brightfix, hot[3], hot[3].MirrorId, Text($"{name} reports")));
    }

    async Task Talk(Company who, Shared shared, string client)
    {
        for (var i = 0; await ledger.Comment(who, shared.HandoffId, client, Text($"{client} says {i}")); i++)
        {
            if (i % 10 == 0)
            {
                await ledger.Read(who, $"handoffs/{shared.HandoffId}/comments");
            }

            await Eventually.Passes(Breath);
        }
    }

    async Task Place(string client)
    {
        for (var i = 0; ; i++)
        {
            var (nordwind, brightfix, name) = (scene.Nordwind, scene.Brightfix, Text($"{client} ticket {i}"));
            var (ticketId, handoffId) = ("", "");
            var going = await ledger.Ask(once => nordwind.Tell("tickets", new { subject = name }, once), ticket => ticketId = ticket.Need("id"))
                && await ledger.HandOver(nordwind, ticketId, scene.LinkId, id => handoffId = id)
                && await ledger.Comment(brightfix, handoffId, client, $"{name}: we look at it")
                && await ledger.Ask(once => brightfix.Tell($"handoffs/{handoffId}/accept", new { }, once), _ => { })
                && await ledger.Comment(nordwind, handoffId, client, $"{name}: thank you")
                && await ledger.Ask(once => brightfix.Tell($"handoffs/{handoffId}/start", new { }, once), _ => { });
            if (!going)
            {
                return;
            }

            await Eventually.Passes(Breath);
        }
    }

    async Task Send(Company who, Shared shared, string ticketId, string client)
    {
        for (var i = 0; await ledger.File(who, ticketId, new Upload(Text($"{client} {i}.bin"), Upload.Noise(1_000 + (i * 997 % 30_000), i), "partner", shared.HandoffId)); i++)
        {
            await Eventually.Passes(Breath);
        }
    }

    static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
