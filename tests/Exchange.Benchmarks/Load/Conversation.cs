namespace Exchange.Benchmarks;

/// <summary>One handed-over ticket: two tickets, two voices, and what each desk shows of the other's.</summary>
sealed class Conversation
{
    public Conversation(string name, string handoffId, Company placer, string ticketId, Company fulfiller, string mirrorId)
    {
        HandoffId = handoffId;
        TicketId = ticketId;
        MirrorId = mirrorId;
        Placer = new($"{name}-placer", ticketId, placer.Key, "partner");
        Fulfiller = new($"{name}-fulfiller", mirrorId, fulfiller.Key, "partner");
        AtFulfiller = new(mirrorId, fulfiller.Key, Placer);
        AtPlacer = new(ticketId, placer.Key, Fulfiller);
    }

    public string HandoffId { get; }
    public string TicketId { get; }
    public string MirrorId { get; }
    public Voice Placer { get; }
    public Voice Fulfiller { get; }

    /// <summary>The placer's comments as the fulfiller sees them.</summary>
    public DeskView AtFulfiller { get; }

    /// <summary>The fulfiller's comments as the placer sees them.</summary>
    public DeskView AtPlacer { get; }

    public IEnumerable<DeskView> Views => [AtFulfiller, AtPlacer];
}

/// <summary>A ticket that was handed to nobody, with an internal and a customer voice.</summary>
sealed class LocalTicket(string name, string ticketId, Company owner)
{
    public string TicketId => ticketId;
    public Voice Internal { get; } = new($"{name}-internal", ticketId, owner.Key, "internal");
    public Voice Customer { get; } = new($"{name}-customer", ticketId, owner.Key, "customer");
}
