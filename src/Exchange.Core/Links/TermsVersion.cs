using System.Diagnostics.CodeAnalysis;
using Exchange.Contracts.V1;
using Exchange.Core.Kernel;

namespace Exchange.Core.Links;

[SuppressMessage("Naming", "CA1720:Identifiers should not contain type names", Justification = "It is the word of the semantics.")]
public enum TermsState
{
    Proposed,
    Signed,
    Rejected,
    Withdrawn,

    /// <summary>A version proposed later was signed before this one was answered.</summary>
    Superseded,
}

/// <summary>One version of a link's terms: who proposes it signs it, and it is in force once the other side has signed too.</summary>
public sealed class TermsVersion
{
    public required LinkId Link { get; init; }

    public required int Version { get; init; }

    public required AccountId ProposedBy { get; init; }

    /// <summary>Null in rows from before this was kept; then it is the link's own time.</summary>
    public DateTimeOffset? ProposedAt { get; init; }

    public Actor? Proposer { get; init; }

    /// <summary>When both had signed it.</summary>
    public DateTimeOffset? SignedAt { get; set; }

    /// <summary>What became of it instead of a signature: rejected, withdrawn or superseded.</summary>
    public TermsState? Dropped { get; private set; }

    public DateTimeOffset? DroppedAt { get; private set; }

    /// <summary>Who signed, rejected or withdrew.</summary>
    public Actor? Answerer { get; private set; }

    public required Terms Terms { get; init; }

    public TermsState State => Dropped ?? (SignedAt is null ? TermsState.Proposed : TermsState.Signed);

    public void Sign(Actor actor, DateTimeOffset now) => (SignedAt, Answerer) = (now, actor);

    public void Drop(TermsState how, Actor? actor, DateTimeOffset now) => (Dropped, DroppedAt, Answerer) = (how, now, actor);

    /// <summary>Who may give this answer, and whether it can still be given (semantics 2).</summary>
    /// <param name="answer">Signed, rejected or withdrawn.</param>
    public Fault? Refusal(TermsState answer, AccountId by)
    {
        var forProposer = answer == TermsState.Withdrawn;
        if (forProposer != (by == ProposedBy))
        {
            return new Fault(Codes.Forbidden, forProposer
                ? "Only the company that proposed these terms withdraws them: sign or reject them."
                : "Your company proposed these terms: the other one signs or rejects them, and you may withdraw them.");
        }

        return State == TermsState.Proposed ? null : new Fault(Codes.AlreadyAnswered, $"Version {Version} of the terms is {State.ToString().ToLowerInvariant()} already.");
    }

    /// <summary>The answers that this company may give now.</summary>
    public IReadOnlyList<string> Allowed(AccountId by) => State != TermsState.Proposed ? [] : by == ProposedBy ? ["withdraw"] : ["sign", "reject"];
}
