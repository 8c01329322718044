namespace Exchange.Api.Demo;

/// <summary>All tickets in the order in which they are opened: the desks take turns, as on a working day.</summary>
internal static class DemoTickets
{
    public static readonly IReadOnlyList<DemoTicket> All =
    [
        .. Desks().SelectMany((desk, place) => desk.Select((ticket, at) => (ticket, at: (at + 0.5) / desk.Count, place)))
            .OrderBy(x => x.at).ThenBy(x => x.place).Select(x => x.ticket),
    ];

    private static IReadOnlyList<DemoTicket>[] Desks() =>
    [
        NordwindRepairs.Tickets, NordwindPartners.Tickets, NordwindDesk.Tickets, BrightfixPartners.Tickets, BrightfixDesk.Tickets, KolibriPartners.Tickets, KolibriDesk.Tickets,
    ];
}
