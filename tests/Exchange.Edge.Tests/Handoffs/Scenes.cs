using Exchange.Core.Desk;
using Exchange.Core.Handoffs;
using Exchange.Core.Kernel;
using Exchange.Core.Links;
using Exchange.Core.Store;
using Exchange.Edge.Tests.TestKit;

namespace Exchange.Edge.Tests.Handoffs;

/// <summary>What the tests of handoffs ask and look at, through the door and the views alone.</summary>
internal static class Scenes
{
    public static TermsAsk Terms(string? acceptance = null, string? offers = null, int? confirmAfterDays = null, int? reopenWithinDays = null) =>
        new(null, acceptance, offers, null, null, null, null, null, confirmAfterDays, reopenWithinDays);

    /// <summary>Asks, and takes for granted that it is done; what was said is carried.</summary>
    public static async Task<HandoffId> Do<TAsk>(this World world, TAsk ask, Caller caller)
        where TAsk : IAsk<HandoffId>
    {
        var done = (await world.Ask<TAsk, HandoffId>(ask, caller)).Must();
        await world.Carry();
        return done;
    }

    public static async Task<string?> Refused<TAsk>(this World world, TAsk ask, Caller caller)
        where TAsk : IAsk<HandoffId> => (await world.Ask<TAsk, HandoffId>(ask, caller)).Fault?.Code;

    public static async Task<HandoffView> See(this World world, Caller caller, HandoffId handoff) =>
        (await world.Get<HandoffViews>().One(caller, handoff, CancellationToken.None))!;

    public static async Task<TicketView> Ticket(this World world, Caller caller, HandoffId handoff) =>
        (await world.Get<TicketViews>().One(caller, (await world.See(caller, handoff)).TicketId!.Value, CancellationToken.None))!;

    public static async Task<IReadOnlyList<EntryView>> Log(this World world, Caller caller, HandoffId handoff) =>
        (await world.Get<HandoffViews>().Entries(caller, handoff, new PageAsk(200, null), false, CancellationToken.None))!.Items;

    public static async Task<IReadOnlyList<CommentView>> Talk(this World world, Caller caller, HandoffId handoff) =>
        (await world.Get<ConversationViews>().OfHandoff(caller, handoff, new PageAsk(200, null), CancellationToken.None)
            ?? await world.Get<HandoffViews>().Said(caller, handoff, new PageAsk(200, null), CancellationToken.None))!.Items;
}
