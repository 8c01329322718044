namespace Exchange.Data.Servers;

/// <summary>What a parameter of a hot statement holds; each engine has a type of its own for it.</summary>
public enum Kind
{
    Id,
    Ids,
    /// <summary>64 bits: counts, positions, times.</summary>
    Number,
    Numbers,

    /// <summary>32 bits: sides, limits.</summary>
    Small,
    Bytes,

    /// <summary>A short word, number or name.</summary>
    Word,

    /// <summary>A text of any length.</summary>
    Text,
}

/// <summary>One hot statement of one engine. Its parameters are numbered in the order of the kinds.</summary>
public sealed record Statement(string Sql, params IReadOnlyList<Kind> Kinds)
{
    /// <summary>Whether it answers with rows that nobody wants: it only locks.</summary>
    public bool OnlyLocks { get; init; }
}
