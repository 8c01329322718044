using System.Text.Json.Nodes;

namespace Exchange.Journeys;

sealed partial class ChainJourney
{
    [Test, Order(40)]
    public async Task Each_placer_rates_its_fulfiller_and_nobody_else_may()
    {
        foreach (var (placer, fulfiller, handoff, score) in Judged())
        {
            var path = $"handoffs/{handoff}/rating";
            (await fulfiller.Tell(path, new { score = 5 })).Refused(403, "forbidden");
            (await placer.Ask(path)).Refused(404, "not-found");
            var rated = await placer.Post(path, new { score, quality = 4, comment = $"Well done {handoff}", privateNote = PrivateNote(placer) });
            Assert.That((rated.Number("score"), rated.Number("quality"), rated.Text("privateNote"), rated.Text("author.account.name")), Is.EqualTo(((long)score, 4L, PrivateNote(placer), placer.Name)));
            (await placer.Tell(path, new { score })).Refused(409, "already-rated");
            var seen = await Eventually.Gets($"{fulfiller.Name} reads its rating", () => fulfiller.Ask(path));
            Assert.That((seen.Number("score"), seen.Text("comment"), seen.Text("privateNote")), Is.EqualTo(((long)score, $"Well done {handoff}", (string?)null)));
            (await stranger.Ask(path)).Refused(404, "not-found");
            (await stranger.Tell(path, new { score = 1 })).Refused(404, "not-found");
        }

        (await cedar.Ask($"handoffs/{handoffs.AB}/rating")).Refused(404, "not-found");
        (await alder.Ask($"handoffs/{handoffs.CD}/rating")).Refused(404, "not-found");
    }

    [Test, Order(41)]
    public async Task A_rating_is_changed_and_answered_once()
    {
        var path = $"handoffs/{handoffs.AB}/rating";
        var changed = (await alder.Change(path, new { score = 5 })).Must(200).Json;
        Assert.That((changed.Number("score"), changed.Number("quality"), changed.Text("comment")), Is.EqualTo((5L, 4L, $"Well done {handoffs.AB}")), "what was left out stays");
        (await birch.Change(path, new { score = 5 })).Refused(403, "forbidden");
        var answered = await birch.Post($"{path}/reply", new { text = "Thank you" });
        Assert.That((answered.Text("reply.text"), answered.Text("privateNote")), Is.EqualTo(("Thank you", (string?)null)));
        (await birch.Tell($"{path}/reply", new { text = "Again" })).Refused(409, "already-answered");
        (await alder.Tell($"{path}/reply", new { text = "To myself" })).Refused(403, "forbidden");
        await Eventually.Holds("Alder reads the reply", async () => (await alder.Get(path)).Is("reply.text", "Thank you") ? null : "It is not there.");
        Assert.That((await birch.Get(path)).Number("score"), Is.EqualTo(5));
    }

    [Test, Order(42)]
    public async Task Both_sides_of_a_link_read_the_same_scorecard_and_a_stranger_none()
    {
        foreach (var (placer, fulfiller, _, _) in Judged())
        {
            var (theirs, own) = (await placer.Get($"partners/{fulfiller.Id}/scorecard"), await fulfiller.Get($"partners/{placer.Id}/scorecard?role=fulfiller"));
            Assert.That(own.At("figures")!.ToJsonString(), Is.EqualTo(theirs.At("figures")!.ToJsonString()), $"{placer.Name} and {fulfiller.Name}");
            Assert.That((own.Text("placer.name"), own.Text("fulfiller.name")), Is.EqualTo((placer.Name, fulfiller.Name)));
            (await stranger.Ask($"partners/{fulfiller.Id}/scorecard")).Refused(404, "not-found");
        }

        (await alder.Ask($"partners/{cedar.Id}/scorecard")).Refused(404, "not-found");
        var atDogwood = (await cedar.Get($"partners/{dogwood.Id}/scorecard")).At("figures")!;
        Assert.That((atDogwood.Number("offered"), atDogwood.Number("accepted"), atDogwood.Number("declined"), atDogwood.Number("reworkCount"), atDogwood.Number("labourMinutes")), Is.EqualTo((3L, 2L, 1L, 1L, 65L)));
        Assert.That((atDogwood.Number("resolveBy.missed"), atDogwood.Number("resolveBy.without"), atDogwood.Number("ratings.count"), atDogwood.Text("ratings.score")), Is.EqualTo((1L, 1L, 1L, (string?)null)), "the mean is hidden under five");
    }

    IEnumerable<(Company Placer, Company Fulfiller, string Handoff, int Score)> Judged() =>
        [(alder, birch, handoffs.AB, 4), (birch, cedar, handoffs.BC, 3), (cedar, dogwood, handoffs.CD, 2)];
}
