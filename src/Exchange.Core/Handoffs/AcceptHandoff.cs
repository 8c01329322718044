using Exchange.Contracts.V1;
using Exchange.Core.Accounts;
using Exchange.Core.Kernel;
using Exchange.Core.Store;

namespace Exchange.Core.Handoffs;

/// <summary>The fulfiller takes the offer: the mirror is made, and its number goes back.</summary>
/// <param name="Eta">When the fulfiller expects to be done.</param>
[AllowedTo(Roles.Dispatcher)]
public sealed record AcceptHandoff(HandoffId Handoff, DateTimeOffset? Eta, long? IfVersion) : IAsk<HandoffId>, IAboutHandoff;

public sealed class AcceptHandoffDeed(Commands commands, Mirrors mirrors) : IDeed<AcceptHandoff, HandoffId>
{
    public ValueTask<Outcome<HandoffId>> Do(AcceptHandoff ask, Caller caller, IUnit unit) =>
        commands.Carry(unit, caller, ask.Handoff, ask.IfVersion, Command.Accept, async (scene, state) =>
        {
            scene.Handoff.Eta = ask.Eta;
            return await mirrors.Open(unit, scene.Handoff, number => new AcceptedData(state, number, ask.Eta));
        }, OfferClocks.Past("eta", ask.Eta, unit.Now));
}
