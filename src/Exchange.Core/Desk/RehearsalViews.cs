using Exchange.Contracts.V1;
using Exchange.Core.Handoffs;
using Exchange.Core.Kernel;
using Exchange.Core.Links;
using Exchange.Core.Relay;
using Exchange.Core.Store;

namespace Exchange.Core.Desk;

/// <summary>A ticket that nobody has: what a rehearsal sends over a link.</summary>
/// <param name="FileName">Of a file that would be picked.</param>
public sealed record SampleTicket(string Subject, string Description, Contact Contact, Asset Asset, string Message, string FileName, long FileSize, string Note);

/// <summary>What would cross a link under these terms. Nothing of it was stored.</summary>
/// <param name="Before">What the fulfiller sees before it accepts.</param>
/// <param name="After">What it sees then; the same where the terms do not seal offers.</param>
/// <param name="Mirror">The ticket that it would have.</param>
/// <param name="Messages">Picked messages that go along.</param>
/// <param name="Files">Names of picked files that go along.</param>
/// <param name="Forbidden">What the terms do not let go: <c>contact</c>, <c>asset</c>, <c>files</c>.</param>
/// <param name="Onward">What of that the fulfiller may hand on to its own partner.</param>
public sealed record Rehearsal(
    OfferedData Before, OfferedData After, Ticket Mirror, IReadOnlyList<string> Messages, IReadOnlyList<string> Files, IReadOnlyList<string> Forbidden, Sharing Onward, bool Accepts);

/// <summary>Hands a sample over as an offer would be, by the same steps: what the terms forbid, the copy, the seal, the mirror.</summary>
public sealed class RehearsalViews(TimeProvider time)
{
    private static readonly Picks Nothing = new(false, false, [], [], []);

    public Rehearsal Of(Terms terms, SampleTicket sample, AccountId placer, AccountId fulfiller)
    {
        var now = time.Present();
        var file = new PickedFile(new FileId(Ids.New(now)), default, sample.FileName, sample.FileSize, "application/pdf", "", null, null);
        var forbidden = new List<string>();
        bool Goes(string what, Picks picks)
        {
            var refused = Offers.Forbidden(picks, terms, null) is not null;
            if (refused)
            {
                forbidden.Add(what);
            }

            return !refused;
        }

        var picks = new Picks(
            Goes("contact", Nothing with { Contact = true }), Goes("asset", Nothing with { Asset = true }), [Ids.New(now)], Goes("files", Nothing with { Files = [file.Source] }) ? [file.Source] : [], []);
        var ticket = new Ticket
        {
            Id = new TicketId(Ids.New(now)), Account = placer, Number = 1001, Subject = sample.Subject, Description = sample.Description, Priority = Priority.High,
            Contact = sample.Contact, Asset = sample.Asset, CreatedAt = now,
        };
        var snapshot = BuiltInDesk.Copy(ticket, picks, [new PickedComment(picks.Comments[0], sample.Message)], picks.Files.Count == 0 ? [] : [file], []);
        var clocks = OfferClocks.Of(new OfferHandoff(ticket.Id, null, null, null, null, null, null), terms, null, now).Value!;
        var whole = Offers.Offered(sample.Note, terms, clocks, snapshot);
        var content = terms.Offers == "sealed" ? SealedOffers.Conceal(whole, snapshot.Comments.Count + snapshot.Files.Count) : null;
        var before = content is null ? whole : SealedOffers.Closed(whole, sample.Note, content);
        var after = content is null ? whole : SealedOffers.Whole(before, content);
        return new Rehearsal(
            before, after, BuiltInDesk.Mirror(fulfiller, new HandoffId(Ids.New(now)), after, 2001, now),
            [.. snapshot.Comments.Select(c => c.Body)], [.. snapshot.Files.Select(f => f.Name)], forbidden,
            new Sharing(picks.Contact && terms.Onward.Contact, picks.Asset && terms.Onward.Asset, picks.Files.Count > 0 && terms.Onward.Files),
            terms.Acceptance == "automatic");
    }
}
