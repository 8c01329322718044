using System.Text.Json.Nodes;

namespace Exchange.Journeys;

/// <summary>The verifier finds a true list whole, and every way of lying in it.</summary>
sealed class VerifierJourney
{
    ExchangeProcess exchange = null!;
    Scene scene = null!;
    Shared shared = null!;
    IReadOnlyList<JsonNode> entries = [];

    [OneTimeSetUp]
    public async Task Work_on_a_ticket()
    {
        exchange = await ExchangeProcess.Start();
        scene = await Scene.Linked(exchange);
        shared = await scene.InProgress();
        for (var i = 0; i < 3; i++)
        {
            await scene.Nordwind.Say(shared.HandoffId, $"Grüße {i}");
            await scene.Brightfix.Say(shared.HandoffId, $"回答 {i}");
        }

        await scene.Settled(shared.HandoffId);
        entries = await scene.Nordwind.Entries(shared.HandoffId);
    }

    [OneTimeTearDown]
    public async Task Stop() => await exchange.DisposeAsync();

    [Test]
    public async Task Both_sides_lists_are_whole_online_and_from_a_file()
    {
        foreach (var side in new[] { scene.Nordwind, scene.Brightfix })
        {
            Expect(await Verifier.Online(exchange, side, shared.HandoffId), 0, $"{entries.Count} entries, chain whole, head {entries[^1].Text("hash")}");
            Expect(await Verifier.Offline(await side.Entries(shared.HandoffId)), 0, "chain whole");
        }
    }

    [Test]
    public async Task A_changed_byte_is_found_where_it_is()
    {
        var tampered = Copy();
        var bytes = Convert.FromBase64String(tampered[4].Need("raw"));
        bytes[bytes.Length / 2] ^= 1;
        tampered[4]["raw"] = Convert.ToBase64String(bytes);
        Expect(await Verifier.Offline(tampered), 1, "seq 5", "bodyHash");
    }

    [Test]
    public async Task A_changed_byte_with_its_own_hash_made_anew_is_found_by_the_chain()
    {
        var tampered = Copy();
        var bytes = Convert.FromBase64String(tampered[4].Need("raw"));
        bytes[bytes.Length / 2] ^= 1;
        tampered[4]["raw"] = Convert.ToBase64String(bytes);
        tampered[4]["bodyHash"] = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes));
        Expect(await Verifier.Offline(tampered), 1, "seq 5");
    }

    [Test]
    public async Task A_removed_entry_is_found_even_when_the_rest_is_numbered_anew()
    {
        var tampered = Copy();
        tampered.RemoveAt(3);
        Expect(await Verifier.Offline(tampered), 1, "seq 4");
        for (var i = 0; i < tampered.Count; i++)
        {
            tampered[i]["seq"] = i + 1;
        }

        Expect(await Verifier.Offline(tampered), 1, "seq 4", "hash");
    }

    [Test]
    public async Task Two_swapped_entries_are_found()
    {
        var tampered = Copy();
        (tampered[3], tampered[4]) = (tampered[4], tampered[3]);
        Expect(await Verifier.Offline(tampered), 1, "seq 4");
        (tampered[3]["seq"], tampered[4]["seq"]) = (4, 5);
        Expect(await Verifier.Offline(tampered), 1, "seq 4", "hash");
    }

    [Test]
    public async Task An_entry_under_another_type_or_operation_is_found()
    {
        var retyped = Copy();
        retyped[2]["type"] = "something-else";
        Expect(await Verifier.Offline(retyped), 1, "seq 3", "hash");
        var reused = Copy();
        reused[2]["opId"] = reused[1].Need("opId");
        Expect(await Verifier.Offline(reused), 1, "seq 3", "hash");
    }

    [Test]
    public async Task A_list_cut_off_at_its_end_is_whole_in_itself_and_found_by_the_head_that_the_other_side_holds()
    {
        var tampered = Copy();
        tampered.RemoveAt(tampered.Count - 1);
        Expect(await Verifier.Offline(tampered), 0, "chain whole");
        Expect(await Verifier.Offline(tampered, "--head", entries[^1].Need("hash")), 1, "head");
        Expect(await Verifier.Offline(Copy(), "--head", entries[^1].Need("hash")), 0, "as witnessed");
    }

    [Test]
    public async Task After_a_decline_the_fulfiller_reads_the_withheld_offer_and_its_chain_still_verifies()
    {
        var offered = await scene.Offered("canary of a declined offer");
        await scene.Brightfix.Do(offered.HandoffId, "decline", new { reason = "no_capacity" });
        var (placed, withheld) = (await scene.Nordwind.Entries(offered.HandoffId), await scene.Brightfix.Entries(offered.HandoffId));
        Assert.That(withheld[0].Text("withheld"), Is.EqualTo("true"));
        Assert.That((withheld[0].At("data"), withheld[0].At("raw")), Is.EqualTo(((JsonNode?)null, (JsonNode?)null)));
        Assert.That(withheld.Select(entry => (entry.Number("seq"), entry.Text("bodyHash"), entry.Text("hash"))), Is.EqualTo(placed.Select(entry => (entry.Number("seq"), entry.Text("bodyHash"), entry.Text("hash")))));
        await Verifier.FindsWhole(exchange, scene.Nordwind, offered.HandoffId);
        Expect(await Verifier.Online(exchange, scene.Brightfix, offered.HandoffId, "--head", placed[^1].Need("hash")), 0, "as witnessed");
    }

    [Test]
    public async Task What_cannot_be_judged_is_neither_whole_nor_broken()
    {
        Expect(await Verifier.With(), 2, "usage");
        Expect(await Verifier.With("--file"), 2, "usage");
        Expect(await Verifier.With("--file", "no-such-file.json"), 2, "no-such-file.json");
        Expect(await Verifier.With(exchange.Address.ToString(), scene.Nordwind.Key), 2, "usage");
        Expect(await Verifier.With(exchange.Address.ToString(), "wrong", shared.HandoffId), 2, "401");
        Expect(await Verifier.Offline(Copy(), "--head", "abc"), 2, "--head");
    }

    List<JsonNode> Copy() => [.. entries.Select(entry => entry.DeepClone())];

    static void Expect(Ran ran, int exitCode, params string[] said)
    {
        Assert.That(ran.ExitCode, Is.EqualTo(exitCode), ran.Both);
        foreach (var text in said)
        {
            Assert.That(ran.Both, Does.Contain(text));
        }
    }
}
