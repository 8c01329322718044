using Exchange.Contracts.V1;
using Exchange.Core.Accounts;
using Exchange.Core.Handoffs;
using Exchange.Core.Kernel;
using Exchange.Core.Store;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace Exchange.Core.Quality;

/// <summary>The placer rates the fulfiller, once, within 14 days after the end.</summary>
/// <param name="Score">1 to 5, as the three beside it.</param>
/// <param name="Comment">For the fulfiller.</param>
/// <param name="PrivateNote">For the placer itself.</param>
[AllowedTo(Roles.Quality | Roles.Dispatcher)]
public sealed record RateHandoff(
    HandoffId Handoff, int? Score, int? Quality, int? Speed, int? Communication, string? Comment, string? PrivateNote, long? IfVersion)
    : IAsk<HandoffId>, IAboutHandoff;

public sealed class RateHandoffRules : AbstractValidator<RateHandoff>
{
    public RateHandoffRules()
    {
        RuleFor(x => x.Score).NotNull().InclusiveBetween(1, 5);
        RuleFor(x => x.Quality).InclusiveBetween(1, 5);
        RuleFor(x => x.Speed).InclusiveBetween(1, 5);
        RuleFor(x => x.Communication).InclusiveBetween(1, 5);
        RuleFor(x => x.Comment).Text();
        RuleFor(x => x.PrivateNote).Text();
    }
}

public sealed class RateHandoffDeed(RatingTalk talk) : IDeed<RateHandoff, HandoffId>
{
    public async ValueTask<Outcome<HandoffId>> Do(RateHandoff ask, Caller caller, IUnit unit)
    {
        var entered = await RatingTalk.Enter(unit, caller, ask.Handoff, ask.IfVersion, Side.Placer, "Rating");
        if (!entered.Ok)
        {
            return entered.Fault;
        }

        var scene = entered.Value;
        if (Rating.NothingToRate(scene.Handoff) is { } nothing)
        {
            return scene.Refuse(Codes.StateConflict, nothing);
        }

        // The handoff's lock makes this exact; the key of the table holds even without it.
        if (await unit.Db.Ratings.AnyAsync(r => r.Handoff == ask.Handoff))
        {
            return scene.Refuse(Codes.AlreadyRated, "You have rated this handoff: change the rating instead, within 72 hours.");
        }

        if (Rating.TooLateToRate(scene.Handoff, unit.Now) is { } late)
        {
            return scene.Refuse(Codes.StateConflict, late);
        }

        var comment = string.IsNullOrWhiteSpace(ask.Comment) ? null : ask.Comment;
        var said = await talk.Say(scene, new RatedData(ask.Score!.Value, ask.Quality, ask.Speed, ask.Communication, comment));
        if (!said.Ok)
        {
            return said.Fault;
        }

        unit.Db.Add(new Rating
        {
            Handoff = ask.Handoff, Score = ask.Score.Value, Quality = ask.Quality, Speed = ask.Speed, Communication = ask.Communication,
            RatedAt = unit.Now, FirstSeq = said.Value, Seq = said.Value,
        });
        await RatingTalk.Note(scene, ask.PrivateNote);
        return ask.Handoff;
    }
}
