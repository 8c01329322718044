using Exchange.Core.Accounts;
using Exchange.Core.Events;
using Exchange.Core.Handoffs;
using Exchange.Core.Kernel;
using Exchange.Core.Store;

namespace Exchange.Core.Relay;

/// <summary>A desk could not take an entry: it is tried again after a while, or its handoff is parked. Others flow on.</summary>
/// <param name="Cause">For people, without anything of the entry's text.</param>
/// <param name="Park">At once, since trying again would not help.</param>
[AllowedTo(Roles.None)]
public sealed record HoldBond(HandoffId Handoff, Side Side, string Cause, bool Park) : IAsk<HandoffId>, IAboutHandoff;

public sealed class HoldBondDeed : IDeed<HoldBond, HandoffId>
{
    /// <summary>What the sender is told; the cause is for the company whose desk it is.</summary>
    public const string Failing = "The partner's desk has failed again and again; its operator has to look.";

    /// <summary>So many failures in a row, and the handoff is parked.</summary>
    public const int MostAttempts = 8;

    /// <summary>What a desk says is cut to this, as the columns keep no more.</summary>
    public const int LongestCause = 500;

    public async ValueTask<Outcome<HandoffId>> Do(HoldBond ask, Caller caller, IUnit unit)
    {
        var bond = (await unit.TakeBonds([ask.Handoff])).SingleOrDefault(b => b.Side == ask.Side);
        if (bond is null)
        {
            return ask.Handoff;
        }

        var cause = ask.Cause.Length <= LongestCause ? ask.Cause : $"{ask.Cause[..(LongestCause - 3)]}...";
        var attempts = bond.Attempts + 1;
        var park = !bond.Parked && (ask.Park || attempts >= MostAttempts);
        DateTimeOffset? next = park ? null : unit.Now + TimeSpan.FromSeconds(Math.Min(300, Math.Pow(2, Math.Min(attempts, 30))));
        await unit.HoldBond(bond, next, park ? cause : null);
        if (park)
        {
            Recorder.Handoff(unit, bond.Account, ask.Handoff, "parked");
            var stuck = await unit.ReadEntries(ask.Handoff, bond.Applied, BringUpToDateDeed.Batch);
            await unit.WriteReceipts([.. stuck.Where(e => e.Side != ask.Side).Take(1).Select(e => new Receipt
            {
                Handoff = ask.Handoff, Seq = e.Seq, Side = ask.Side, State = ReceiptState.Parked, Reason = ask.Park ? cause : Failing, At = unit.Now, Head = e.Hash,
            })]);
        }

        return ask.Handoff;
    }
}
