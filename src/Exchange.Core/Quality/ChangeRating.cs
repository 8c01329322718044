using Exchange.Contracts.V1;
using Exchange.Core.Accounts;
using Exchange.Core.Handoffs;
using Exchange.Core.Kernel;
using Exchange.Core.Store;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace Exchange.Core.Quality;

/// <summary>The placer changes its rating, within 72 hours. What is left out stays; an empty text is taken away.</summary>
[AllowedTo(Roles.Quality | Roles.Dispatcher)]
public sealed record ChangeRating(
    HandoffId Handoff, int? Score, int? Quality, int? Speed, int? Communication, string? Comment, string? PrivateNote, long? IfVersion)
    : IAsk<HandoffId>, IAboutHandoff;

public sealed class ChangeRatingRules : AbstractValidator<ChangeRating>
{
    public ChangeRatingRules()
    {
        RuleFor(x => x.Score).InclusiveBetween(1, 5);
        RuleFor(x => x.Quality).InclusiveBetween(1, 5);
        RuleFor(x => x.Speed).InclusiveBetween(1, 5);
        RuleFor(x => x.Communication).InclusiveBetween(1, 5);
        RuleFor(x => x.Comment).Text();
        RuleFor(x => x.PrivateNote).Text();
    }
}

public sealed class ChangeRatingDeed(RatingTalk talk) : IDeed<ChangeRating, HandoffId>
{
    public async ValueTask<Outcome<HandoffId>> Do(ChangeRating ask, Caller caller, IUnit unit)
    {
        var entered = await RatingTalk.Enter(unit, caller, ask.Handoff, ask.IfVersion, Side.Placer, "Changing the rating");
        if (!entered.Ok)
        {
            return entered.Fault;
        }

        var scene = entered.Value;
        if (await unit.Db.Ratings.AsTracking().SingleOrDefaultAsync(r => r.Handoff == ask.Handoff) is not { } rating)
        {
            return Fault.NotFound("rating");
        }

        if (rating.TooLateToChange(unit.Now) is { } late)
        {
            return scene.Refuse(Codes.StateConflict, late);
        }

        var before = await Present(unit, rating);
        var after = new RatingChangedData(
            ask.Score ?? before.Score, ask.Quality ?? before.Quality, ask.Speed ?? before.Speed, ask.Communication ?? before.Communication,
            ask.Comment is null ? before.Comment : string.IsNullOrWhiteSpace(ask.Comment) ? null : ask.Comment);

        // What the partner already knows is no news; a change of the private note alone never is.
        if (after != before)
        {
            var said = await talk.Say(scene, after);
            if (!said.Ok)
            {
                return said.Fault;
            }

            (rating.Score, rating.Quality, rating.Speed, rating.Communication) = (after.Score, after.Quality, after.Speed, after.Communication);
            rating.Seq = said.Value;
        }

        await RatingTalk.Note(scene, ask.PrivateNote);
        return ask.Handoff;
    }

    private static async ValueTask<RatingChangedData> Present(IUnit unit, Rating rating) =>
        (await unit.ReadEntries(rating.Handoff, rating.Seq - 1, 1))[0].Body.Data switch
        {
            RatedData d => new RatingChangedData(d.Score, d.Quality, d.Speed, d.Communication, d.Comment),
            RatingChangedData d => d,
            _ => throw new InvalidOperationException($"Entry {rating.Seq} of {rating.Handoff} is no rating."),
        };
}
