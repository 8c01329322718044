using Exchange.Core.Desk;

namespace Exchange.Api.Demo;

/// <summary>A ticket that a person opens, and what happens to it.</summary>
internal sealed record DemoTicket(Person By, string Subject)
{
    public string Priority { get; init; } = "normal";

    public string? Description { get; init; }

    public Contact? Contact { get; init; }

    public Asset? Asset { get; init; }

    public Person? Assignee { get; init; }

    /// <summary>Values of the company's own fields, as its people type them.</summary>
    public IReadOnlyDictionary<string, string> Fields { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public IReadOnlyList<Step> Story { get; init; } = [];
}

/// <param name="Draw">Its bytes.</param>
internal sealed record DemoFile(string Name, string ContentType, Func<byte[]> Draw)
{
    public static DemoFile Pdf(string name, string title, params string[] lines) => new(name, "application/pdf", () => TinyPdf.Page(title, lines));

    public static DemoFile Png(string name, Func<TinyPng> drawn) => new(name, "image/png", () => drawn().ToBytes());
}

/// <summary>What one person does. It happens on the ticket of that person's own desk, or to the handoff it is tied to.</summary>
internal abstract record Step(Person By);

// At home.

/// <summary>An internal note.</summary>
internal sealed record Note(Person By, string Text) : Step(By);

/// <summary>A message to the customer.</summary>
/// <param name="Text">Null: the text of what <see cref="PassesOn"/> names.</param>
internal sealed record Tell(Person By, string? Text) : Step(By)
{
    /// <summary>A name by which a later step finds it.</summary>
    public string? As { get; init; }

    public string? PassesOn { get; init; }

    public IReadOnlyList<string> Files { get; init; } = [];
}

/// <summary>A later step finds the file by its name.</summary>
/// <param name="Audience">internal, customer or partner.</param>
/// <param name="To">The partner, where there is more than one.</param>
internal sealed record Upload(Person By, string Audience, DemoFile File, Company? To = null) : Step(By);

internal sealed record Set(Person By, string Status) : Step(By);

internal sealed record Give(Person By, Person Assignee) : Step(By);

// Between companies.

internal sealed record Offer(Person By, Company To, string? Text) : Step(By)
{
    public bool Contact { get; init; }

    public bool Asset { get; init; }

    public IReadOnlyList<string> Comments { get; init; } = [];

    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>The hours in which it should be resolved.</summary>
    public int? Within { get; init; }
}

/// <param name="Text">Null: the text of what <see cref="PassesOn"/> names.</param>
internal sealed record Say(Person By, Company To, string? Text) : Step(By)
{
    public string? As { get; init; }

    public string? PassesOn { get; init; }

    public IReadOnlyList<string> Files { get; init; } = [];
}

internal sealed record Retract(Person By, string What) : Step(By);

/// <param name="Hours">When the fulfiller expects to be done.</param>
internal sealed record Accept(Person By, int? Hours = null) : Step(By);

internal sealed record Decline(Person By, string Reason, string Text) : Step(By);

internal sealed record Recall(Person By, Company From, string Reason, string? Text = null) : Step(By);

internal sealed record Start(Person By) : Step(By);

internal sealed record Question(Person By, string Text) : Step(By);

internal sealed record Answer(Person By, Company To, string Text) : Step(By);

internal sealed record Resume(Person By, string Reason) : Step(By);

internal sealed record Hold(Person By, string Reason, string Text) : Step(By);

internal sealed record Unhold(Person By) : Step(By);

internal sealed record Return(Person By, string Reason, string Text) : Step(By);

internal sealed record Resolve(Person By, string Solution, string Code, int Minutes) : Step(By);

internal sealed record Confirm(Person By, Company Of) : Step(By);

internal sealed record Rework(Person By, Company Of, string Reason, string Text) : Step(By);
