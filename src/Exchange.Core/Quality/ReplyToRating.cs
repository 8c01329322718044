using Exchange.Contracts.V1;
using Exchange.Core.Accounts;
using Exchange.Core.Handoffs;
using Exchange.Core.Kernel;
using Exchange.Core.Store;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace Exchange.Core.Quality;

/// <summary>The fulfiller replies to its rating, once.</summary>
[AllowedTo(Roles.Quality | Roles.Dispatcher)]
public sealed record ReplyToRating(HandoffId Handoff, string? Text, long? IfVersion) : IAsk<HandoffId>, IAboutHandoff;

public sealed class ReplyToRatingRules : AbstractValidator<ReplyToRating>
{
    public ReplyToRatingRules() => RuleFor(x => x.Text).NotEmpty().Text();
}

public sealed class ReplyToRatingDeed(RatingTalk talk) : IDeed<ReplyToRating, HandoffId>
{
    public async ValueTask<Outcome<HandoffId>> Do(ReplyToRating ask, Caller caller, IUnit unit)
    {
        var entered = await RatingTalk.Enter(unit, caller, ask.Handoff, ask.IfVersion, Side.Fulfiller, "Replying to the rating");
        if (!entered.Ok)
        {
            return entered.Fault;
        }

        var scene = entered.Value;
        var rating = await unit.Db.Ratings.AsTracking().SingleOrDefaultAsync(r => r.Handoff == ask.Handoff);
        if (rating is null || rating.FirstSeq > await Sight.Of(unit.Db, scene.Handoff, Side.Fulfiller, scene.Head.LinkState))
        {
            return Fault.NotFound("rating");
        }

        if (rating.ReplySeq is not null)
        {
            return scene.Refuse(Codes.AlreadyAnswered, "You have replied to this rating, and a reply is given once.");
        }

        var said = await talk.Say(scene, new RatingRepliedData(ask.Text!));
        if (!said.Ok)
        {
            return said.Fault;
        }

        rating.ReplySeq = said.Value;
        return ask.Handoff;
    }
}
