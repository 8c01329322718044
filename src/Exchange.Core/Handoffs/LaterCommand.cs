using Exchange.Contracts.V1;
using Exchange.Core.Kernel;
using Exchange.Core.Store;

namespace Exchange.Core.Handoffs;

/// <summary>A command that stands in the table and is not built yet: it is refused as one that the state forbids, with what is allowed now.</summary>
public sealed record LaterCommand(HandoffId Handoff, Command Command, long? IfVersion) : IAsk<HandoffId>, IAboutHandoff
{
    /// <summary>The commands of people all of whose rows still wait.</summary>
    public static IEnumerable<Command> All => HandoffTable.Rows.Where(row => row.By != Side.Exchange).GroupBy(row => row.Command)
        .Where(rows => rows.All(row => !row.Built)).Select(rows => rows.Key);
}

public sealed class LaterCommandDeed(Commands commands) : IDeed<LaterCommand, HandoffId>
{
    public ValueTask<Outcome<HandoffId>> Do(LaterCommand ask, Caller caller, IUnit unit) =>
        commands.Carry(unit, caller, ask.Handoff, ask.IfVersion, ask.Command, NotBuilt);

    private static IEntryData NotBuilt(Scene scene, string state) => throw new InvalidOperationException("The table let a command pass that is not built.");
}
