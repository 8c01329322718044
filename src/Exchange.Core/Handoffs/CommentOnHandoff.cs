using Exchange.Contracts.V1;
using Exchange.Core.Accounts;
using Exchange.Core.Kernel;
using Exchange.Core.Links;
using Exchange.Core.Relay;
using Exchange.Core.Store;
using FluentValidation;

namespace Exchange.Core.Handoffs;

/// <summary>Says something to the partner of this handoff; both sides may, from the offer until it is over.</summary>
/// <param name="Files">Files of the writer's own ticket: naming one picks it.</param>
/// <param name="DerivedFrom">A comment of the writer's own ticket that this passes on; without a body it is that comment's text.</param>
/// <param name="Answers">The placer's answer to an open question: then it is the command.</param>
[AllowedTo(Roles.Work)]
public sealed record CommentOnHandoff(HandoffId Handoff, string? Body, IReadOnlyList<FileId>? Files, Guid? DerivedFrom, bool? Answers)
    : IAsk<Said>, IAboutHandoff;

/// <param name="Id">The comment's id, on both sides: its entry's op id.</param>
/// <param name="View">The comment as its writer sees it now; null when the answer is given again.</param>
public sealed record Said(Guid Id, CommentView? View) : IAnswer<Said>
{
    public Guid Thing => Id;

    public static Said Replayed(Guid thing) => new(thing, null);
}

public sealed class CommentOnHandoffRules : AbstractValidator<CommentOnHandoff>
{
    public CommentOnHandoffRules()
    {
        RuleFor(x => x.Body).NotEmpty().When(x => x.DerivedFrom is null);
        RuleFor(x => x.Body).Text();
        RuleFor(x => x.Files).Must(ids => ids is null || (ids.Count <= 20 && ids.Distinct().Count() == ids.Count))
            .WithMessage("'files' names each file once, 20 at most.");
    }
}

public sealed class CommentOnHandoffDeed(Talk talk) : IDeed<CommentOnHandoff, Said>
{
    public ValueTask<Outcome<Said>> Do(CommentOnHandoff ask, Caller caller, IUnit unit) => talk.Say(ask, caller, unit);
}

/// <summary>The conversation of a handoff, whichever way a comment comes in.</summary>
public sealed class Talk(Appender appender, Desks desks, Commands commands)
{
    /// <param name="locked">The handoff, where it is locked already.</param>
    public async ValueTask<Outcome<Said>> Say(CommentOnHandoff ask, Caller caller, IUnit unit, HandoffHead? locked = null)
    {
        if ((locked ?? await unit.LockHandoff(ask.Handoff)) is not { } head || head.SideOf(caller.Account) is not { } side)
        {
            return Fault.NotFound("handoff");
        }

        if (ask.Answers == true)
        {
            // Then it is the command, with the command's own order of checks.
            var answered = await commands.Carry(unit, caller, head.Id, null, Command.Answer, async (_, state) =>
            {
                var words = await Word(ask, unit, head, side);
                return words.Ok ? new Fact(new AnsweredData(state, words.Value.Body, words.Value.Files), Origins: words.Value.Origins) : words.Fault;
            });
            return answered.Ok ? new Said(unit.OpId, null) : answered.Fault;
        }

        if (head.State.IsOver())
        {
            return await HandoffOver.Refusal(unit, head, side, "nothing more is said in it.");
        }

        var worded = await Word(ask, unit, head, side);
        if (!worded.Ok)
        {
            return worded.Fault;
        }

        var said = worded.Value;
        var entries = await appender.Append(unit, head, side, caller.Actor, new CommentedData(said.Body, said.Files));
        if (head.BondOf(side) is { } bond)
        {
            if (said.Files.Count > 0)
            {
                await unit.Flush();
            }

            var own = new DeskTicket(head.Id, side, bond.Account, bond.Ticket);
            if (await desks.Of(bond.DeskKind).Tell(unit, own, head.State, entries, said.Origins) is { } refused)
            {
                return refused;
            }
        }

        // With files, or kept on a suspended link, it is more than what was just written: then it is read anew.
        return new Said(unit.OpId, said.Files.Count > 0 || head.LinkState == LinkState.Suspended ? null : CommentView.OfOwn(entries[0], caller, ask.DerivedFrom));
    }

    /// <summary>What is going to be said: the text and the files, with what was picked for it.</summary>
    private async ValueTask<Outcome<Worded>> Word(CommentOnHandoff ask, IUnit unit, HandoffHead head, Side side)
    {
        if (ask.DerivedFrom is null && ask.Files is not { Count: > 0 })
        {
            return new Worded(ask.Body!, [], null);
        }

        var picked = await Pick(ask, unit, head, side);
        if (!picked.Ok)
        {
            return picked.Fault;
        }

        var (announced, origins) = Announce(unit, head.Id, picked.Value.Files);
        if (ask.DerivedFrom is { } source)
        {
            origins[unit.OpId] = source;
        }

        return new Worded(string.IsNullOrWhiteSpace(ask.Body) ? picked.Value.Body! : ask.Body, announced, origins);
    }

    private async ValueTask<Outcome<PickedTalk>> Pick(CommentOnHandoff ask, IUnit unit, HandoffHead head, Side side)
    {
        if (head.BondOf(side) is not { } bond)
        {
            return Fault.Invalid(ask.DerivedFrom is null ? "files" : "derivedFrom", "Before you accept there is no ticket of yours to take anything from: write the text itself.");
        }

        var own = new DeskTicket(head.Id, side, bond.Account, bond.Ticket);
        var picked = await desks.Of(bond.DeskKind).Pick(unit, own, ask.DerivedFrom, ask.Files ?? []);
        if (!picked.Ok)
        {
            return picked;
        }

        var copies = picked.Value.Files.Where(f => f.SharedAs is null).ToList();
        return await Sharables.Refusal(unit, head.Id, copies) is { } refused ? refused : picked;
    }

    private static (IReadOnlyList<FileData> Files, Dictionary<Guid, Guid> Origins) Announce(IUnit unit, HandoffId handoff, IReadOnlyList<PickedFile> files)
    {
        var origins = new Dictionary<Guid, Guid>();
        var announced = new List<FileData>();
        foreach (var file in files)
        {
            var id = file.SharedAs;
            if (id is null)
            {
                var shared = SharedFile.Of(handoff, file.Blob, unit.Now);
                unit.Db.Add(shared);
                id = shared.Id;
                origins[shared.Id.Value] = file.Source.Value;
            }

            announced.Add(new FileData(id.Value.Value, file.Name, file.Size, file.ContentType, file.Sha256));
        }

        // A file and its own copy for this partner are one item.
        return ([.. announced.DistinctBy(f => f.Id)], origins);
    }

    private sealed record Worded(string Body, IReadOnlyList<FileData> Files, Dictionary<Guid, Guid>? Origins);
}
