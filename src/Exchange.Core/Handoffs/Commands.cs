using Exchange.Contracts.V1;
using Exchange.Core.Kernel;
using Exchange.Core.Relay;
using Exchange.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace Exchange.Core.Handoffs;

/// <summary>What a command of a handoff sees of the present, under the handoff's lock.</summary>
public sealed record Scene(Handoff Handoff, HandoffHead Head, Side Side, Caller Caller, IUnit Unit)
{
    /// <summary>A refusal that tells what is true now.</summary>
    public Fault Refuse(string code, string detail) => Handoff.Refuse(code, detail, Side, Head.LinkState, Unit.Now);
}

/// <summary>
/// The steps that all commands share: lock, load, decide by the table, let the verb say its fact, append, move,
/// and tell the writer's own desk in the same unit of work.
/// </summary>
public sealed class Commands(Appender appender, Desks desks, Onlookers onlookers)
{
    /// <param name="seen">The version the caller saw (<c>If-Match</c>).</param>
    /// <param name="fact">What the command says, given the state it leads to; or its own refusal.</param>
    public ValueTask<Outcome<HandoffId>> Carry(
        IUnit unit, Caller caller, HandoffId id, long? seen, Command command, Func<Scene, string, IEntryData> fact) =>
        Carry(unit, caller, id, seen, command, (scene, state) => new ValueTask<Outcome<Fact>>(new Fact(fact(scene, state))));

    /// <inheritdoc cref="Carry(IUnit, Caller, HandoffId, long?, Command, Func{Scene, string, IEntryData})"/>
    /// <param name="invalid">What is wrong with the ask itself, whatever the handoff's state: where the hour decides it, and no rule can.</param>
    public async ValueTask<Outcome<HandoffId>> Carry(
        IUnit unit, Caller caller, HandoffId id, long? seen, Command command, Func<Scene, string, ValueTask<Outcome<Fact>>> fact, Fault? invalid = null)
    {
        if (await unit.LockHandoff(id) is not { } head || SideOf(head, caller) is not { } side)
        {
            return Fault.NotFound("handoff");
        }

        if (invalid is not null)
        {
            return invalid;
        }

        var handoff = await unit.Db.Handoffs.AsTracking().SingleAsync(h => h.Id == id);
        var scene = new Scene(handoff, head, side, caller, unit);
        var decided = handoff.Decide(command, side, head.LinkState, seen, unit.Now);
        if (!decided.Ok)
        {
            return decided.Fault;
        }

        if (command is Command.Resolve or Command.Return or Command.AgreeRecall && await unit.Db.Handoffs.AnyAsync(h => h.Parent == id && h.OverAt == null))
        {
            return scene.Refuse(Codes.ChildrenOpen, "You handed this on and a partner is still at it: wait until that handoff is over, or recall it.");
        }

        var said = await fact(scene, handoff.Next(decided.Value).Word());
        if (!said.Ok)
        {
            return said.Fault;
        }

        handoff.Move(decided.Value, unit.Now);
        await Deadlines.Set(unit, handoff);
        await unit.Flush();
        IReadOnlyList<Utterance> all = [new Utterance(side, caller.Actor, said.Value.Data), .. said.Value.Further];
        var entries = await appender.Append(unit, head, all);
        onlookers.Moves(unit, id);
        var told = said.Value with { Origins = Utterance.Origins(all, entries, said.Value.Origins) };
        return await TellDesks(unit, head, side, handoff.State, told, entries) is { } refused ? refused : id;
    }

    private static Side? SideOf(HandoffHead head, Caller caller) => caller == Caller.Exchange ? Side.Exchange : head.SideOf(caller.Account);

    /// <summary>
    /// Each side's own desk is told what its side said, in this unit: the writer's, and where a mirror was made or a sealed offer
    /// opened, the other's too. The rest is for the relay.
    /// </summary>
    private async ValueTask<Fault?> TellDesks(IUnit unit, HandoffHead head, Side writer, HandoffState state, Fact fact, IReadOnlyList<Entry> entries)
    {
        foreach (var side in (Side[])[Side.Placer, Side.Fulfiller])
        {
            var bond = side == Side.Fulfiller && fact.Mirror is { } mirror ? mirror.Bond : head.BondOf(side);
            List<Entry> own = [.. side == Side.Fulfiller && fact.Mirror is { } made ? made.Earlier : [], .. entries.Where(e => e.Side == side)];
            if (bond is null || (own.Count == 0 && side != writer))
            {
                continue;
            }

            if (await desks.Of(bond.DeskKind).Tell(unit, new DeskTicket(head.Id, side, bond.Account, bond.Ticket), state, own, fact.Origins) is { } refused)
            {
                return refused;
            }
        }

        return null;
    }
}

/// <summary>What a command says in the log.</summary>
/// <param name="Mirror">The mirror that this command has just made.</param>
/// <param name="Origins">What was copied from what; stays at home.</param>
public sealed record Fact(IEntryData Data, Mirror? Mirror = null, IReadOnlyDictionary<Guid, Guid>? Origins = null)
{
    /// <summary>What follows from it at once, in the same unit of work.</summary>
    public IReadOnlyList<Utterance> Further { get; init; } = [];
}

/// <param name="Earlier">The fulfiller's own entries that were written before there was a ticket.</param>
public sealed record Mirror(BondHead Bond, string? Number, IReadOnlyList<Entry> Earlier);
