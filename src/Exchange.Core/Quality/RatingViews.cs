using Exchange.Contracts.V1;
using Exchange.Core.Accounts;
using Exchange.Core.Handoffs;
using Exchange.Core.Kernel;
using Exchange.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace Exchange.Core.Quality;

public sealed record RatingReplyView(string Text, AuthorView Author, DateTimeOffset At);

/// <param name="Score">1 to 5, as the three beside it.</param>
/// <param name="PrivateNote">For the placer alone.</param>
/// <param name="ChangedAt">When it was changed last; absent when it never was.</param>
/// <param name="ChangeableUntil">Until then the placer may change it.</param>
public sealed record RatingView(
    HandoffId HandoffId,
    int Score,
    int? Quality,
    int? Speed,
    int? Communication,
    string? Comment,
    string? PrivateNote,
    AuthorView Author,
    DateTimeOffset RatedAt,
    DateTimeOffset? ChangedAt,
    DateTimeOffset ChangeableUntil,
    RatingReplyView? Reply);

public sealed class RatingViews(IDialect dialect)
{
    private static readonly string[] Types = [EntryTypes.Rated, EntryTypes.RatingChanged, EntryTypes.RatingReplied];

    /// <summary>The rating as the log tells it to the caller; the fault when the handoff is not the caller's, or not rated as far as the caller sees.</summary>
    public async Task<Outcome<RatingView>> One(Caller caller, HandoffId id, CancellationToken ct)
    {
        await using var db = dialect.Read();
        var found = await (
            from h in db.Handoffs.Where(Mine.Handoffs(caller))
            where h.Id == id
            join link in db.Links on h.Link equals link.Id
            join placer in db.Accounts on h.Placer equals placer.Id
            join fulfiller in db.Accounts on h.Fulfiller equals fulfiller.Id
            select new { h, link.State, Placer = placer.Name, Fulfiller = fulfiller.Name }).SingleOrDefaultAsync(ct);
        if (found is null)
        {
            return Fault.NotFound("handoff");
        }

        var side = found.h.SideOf(caller.Account)!.Value;
        var sight = await Sight.Of(db, found.h, side, found.State);
        var said = await (
            from r in db.Ratings
            where r.Handoff == id
            from e in db.Entries
            where e.Handoff == id && e.Seq >= r.FirstSeq && Types.Contains(e.Type) && (e.Side == side || e.Seq <= sight)
            orderby e.Seq
            select e).ToListAsync(ct);
        if (said.FirstOrDefault(e => e.Type == EntryTypes.Rated) is not { } first)
        {
            return Fault.NotFound("rating");
        }

        var note = side == Side.Placer ? await db.RatingNotes.Where(n => n.Handoff == id).Select(n => n.Text).SingleOrDefaultAsync(ct) : null;
        return Show(id, first, said, note, new AccountRef(found.h.Placer, found.Placer), new AccountRef(found.h.Fulfiller, found.Fulfiller));
    }

    private static RatingView Show(HandoffId id, Entry first, IReadOnlyList<Entry> said, string? note, AccountRef placer, AccountRef fulfiller)
    {
        var last = said.Last(e => e.Type != EntryTypes.RatingReplied);
        var now = last.Body.Data is RatedData d ? new RatingChangedData(d.Score, d.Quality, d.Speed, d.Communication, d.Comment) : (RatingChangedData)last.Body.Data!;
        var reply = said.FirstOrDefault(e => e.Type == EntryTypes.RatingReplied);
        return new RatingView(
            id, now.Score, now.Quality, now.Speed, now.Communication, now.Comment, note, new AuthorView(last.Body.Actor.Name, placer),
            first.Body.At, last == first ? null : last.Body.At, first.Body.At + Rating.ChangeWindow,
            reply is null ? null : new RatingReplyView(((RatingRepliedData)reply.Body.Data!).Text, new AuthorView(reply.Body.Actor.Name, fulfiller), reply.Body.At));
    }
}
