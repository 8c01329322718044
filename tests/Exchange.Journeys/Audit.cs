using System.Collections.Concurrent;

namespace Exchange.Journeys;

/// <summary>Compares both sides with the ledger: everything acknowledged is there exactly once, in order, on one and the same chain.</summary>
sealed class Audit(Scene scene, Ledger ledger)
{
    public async Task<IReadOnlyList<string>> EveryHandoff()
    {
        var (placed, fulfilled) = (await scene.Nordwind.All("handoffs?direction=out"), await scene.Brightfix.All("handoffs?direction=in"));
        var ids = placed.Select(handoff => handoff.Need("id")).Order(StringComparer.Ordinal).ToArray();
        Assert.That(fulfilled.Select(handoff => handoff.Need("id")).Order(StringComparer.Ordinal), Is.EqualTo(ids), "both sides list the same handoffs");
        Assert.That(ids, Is.SupersetOf(ledger.Handoffs));
        return ids;
    }

    public async Task Of(IReadOnlyList<string> handoffs)
    {
        var wrong = new ConcurrentQueue<string>();
        await Parallel.ForEachAsync(handoffs, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (handoffId, _) =>
        {
            foreach (var (side, conversation) in await scene.Settled(handoffId))
            {
                foreach (var fault in ledger.WhatIsWrongWith(conversation, handoffId, side))
                {
                    wrong.Enqueue($"{side.Name}, handoff {handoffId}: {fault}");
                }

                await FilesAreWhole(side, handoffId);
            }
        });
        Assert.That(wrong, Is.Empty);
    }

    /// <summary>The tool that shares no code finds both sides' chains whole.</summary>
    public async Task Chains(IExchange exchange, params IEnumerable<string> handoffs)
    {
        foreach (var handoffId in handoffs)
        {
            await Verifier.FindsWhole(exchange, scene.Nordwind, handoffId);
            await Verifier.FindsWhole(exchange, scene.Brightfix, handoffId);
        }
    }

    async Task FilesAreWhole(Company side, string handoffId)
    {
        var sent = ledger.FilesOf(handoffId);
        if (sent.Count == 0)
        {
            return;
        }

        var ticketId = (await side.Handoff(handoffId)).Need("ticketId");
        await Eventually.Holds($"{side.Name} has every file of handoff {handoffId} once", async () =>
        {
            var shown = (await side.Files(ticketId)).Select(file => $"{file.Text("name")} {file.Text("state")} {file.Text("sha256")}").Order(StringComparer.Ordinal).ToArray();
            var expected = sent.Select(file => $"{file.Name} available {file.Sha256}").Order(StringComparer.Ordinal).ToArray();
            return shown.SequenceEqual(expected, StringComparer.Ordinal) ? null : $"{shown.Length} of {expected.Length}; first difference {SharedHistory.FirstDifference(expected, shown)}";
        });
        var sample = (await side.Files(ticketId))[Random.Shared.Next(sent.Count)];
        Assert.That((await side.Download(sample.Need("id"))).Must(200).Bytes, Is.EqualTo(sent.Single(file => sample.Is("name", file.Name)).Content));
    }
}
