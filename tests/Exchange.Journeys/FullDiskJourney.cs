using System.Globalization;
using System.Text.Json.Nodes;

namespace Exchange.Journeys;

/// <summary>
/// A full disk, in both ways it shows itself: no file of the process may grow (a limit that writes run into), and no room left on the
/// data folder's own small disk. Commands answer 503 and have done nothing; with room again everything goes on, and the chains are whole.
/// </summary>
sealed class FullDiskJourney
{
    ExchangeProcess exchange = null!;
    string? disk;

    [TearDown]
    public async Task Stop()
    {
        try
        {
            await (exchange?.DisposeAsync() ?? ValueTask.CompletedTask);
        }
        finally
        {
            exchange = null!;
            await UnmountSmallDisk();
        }
    }

    [Test]
    public async Task An_upload_that_runs_out_of_room_leaves_nothing_and_succeeds_when_there_is_room()
    {
        Shell.Needs("bash", "prlimit");
        exchange = await ExchangeProcess.Start(new Setup("--Exchange:Files:MaxBytes=100000000") { LargestFileKb = 16 * 1024 });
        var scene = await Scene.Linked(exchange);
        var shared = await scene.Accepted();
        var before = exchange.StoredFiles();
        var (once, large) = (Company.Once(), new Upload("large.bin", Upload.Noise(24 * 1024 * 1024, 1), "partner", shared.HandoffId));

        IsClear((await scene.Nordwind.TryUpload(shared.TicketId, large, once)).Refused(503, "not-ready"));
        Assert.That(await scene.Nordwind.Files(shared.TicketId), Is.Empty);
        await Eventually.Is("no bytes of it are left", string.Join('\n', before), () => Task.FromResult(string.Join('\n', exchange.StoredFiles())));
        await scene.Nordwind.Say(shared.HandoffId, "Talk goes on meanwhile");

        await LimitFiles("unlimited");
        await scene.Nordwind.Upload(shared.TicketId, large, once);
        await Eventually.Holds("Brightfix has the file", async () => (await scene.Brightfix.Files(shared.MirrorId)).Any(file => file.Is("state", "available")) ? null : "not yet");
        Assert.That((await scene.Brightfix.Files(shared.MirrorId)).Single().Text("sha256"), Is.EqualTo(large.Sha256));
        await IsWhole(scene, shared);
    }

    [Test]
    public async Task While_nothing_can_be_written_commands_answer_not_ready_and_afterwards_all_goes_on()
    {
        Shell.Needs("bash", "prlimit");
        exchange = await ExchangeProcess.Start(new Setup { LargestFileKb = 1024 * 1024 });
        await FillsUpAndGoesOn(() => LimitFiles("4096:unlimited"), () => LimitFiles("unlimited"));
    }

    [Test]
    public async Task With_no_room_left_on_the_disk_commands_answer_not_ready_and_afterwards_all_goes_on()
    {
        await MountSmallDisk();
        exchange = await ExchangeProcess.Start(new Setup { Data = Path.Combine(disk!, "data") });
        var filler = Path.Combine(disk!, "filler");
        await FillsUpAndGoesOn(
            () =>
            {
                FillWith(filler);
                return Task.CompletedTask;
            },
            () =>
            {
                File.Delete(filler);
                return Task.CompletedTask;
            });
    }

    async Task FillsUpAndGoesOn(Func<Task> fill, Func<Task> free)
    {
        var scene = await Scene.Linked(exchange);
        var shared = await scene.Accepted();
        var offered = await scene.Offered();
        await scene.Settled(shared.HandoffId);
        var stored = exchange.StoredFiles();
        await fill();

        var comments = await CommentUntilItIsFull(scene, shared);
        var others = await AskTheRest(scene, shared, offered);
        Assert.That(await WrittenBy(scene.Nordwind, shared), Is.EqualTo(comments.Done), "what was refused is not there");
        var stateWhileFull = (await scene.Brightfix.Handoff(offered.HandoffId)).Text("state");
        Assert.That(stateWhileFull, Is.EqualTo(others["accept"].Reply.Status == 200 ? "accepted" : "offered"));

        await free();
        await Eventually.Holds("it is ready", async () => (await scene.Nordwind.Ask("/health/ready")).Status == 200 ? null : "not yet");
        foreach (var refused in comments.Refused)
        {
            (await scene.Nordwind.Tell($"handoffs/{shared.HandoffId}/comments", new { body = refused.Body }, refused.Once)).Must(201);
        }

        foreach (var (reply, again) in others.Values.Where(other => other.Reply.Status == 503))
        {
            Assert.That((await again()).Status, Is.AnyOf(200, 201), reply.Asked);
        }

        await scene.Settled(shared.HandoffId);
        Assert.That(await WrittenBy(scene.Brightfix, shared), Is.EqualTo(comments.Done.Concat(comments.Refused.Select(refused => refused.Body))));
        Assert.That((await scene.Nordwind.Files(shared.TicketId)).Count(file => file.Is("state", "available")), Is.EqualTo(1), "the upload is there once");
        Assert.That(exchange.StoredFiles(), Has.Count.EqualTo(stored.Count + 1));
        await IsWhole(scene, shared);
        await IsWhole(scene, offered);

        await exchange.Kill();
        await exchange.StartAgain();
        await IsWhole(scene, shared);
    }

    /// <summary>Room that was allotted before may take a few more; three refusals one after the other are a full disk.</summary>
    async Task<(List<string> Done, List<(string Once, string Body)> Refused)> CommentUntilItIsFull(Scene scene, Shared shared)
    {
        List<string> done = [];
        List<(string, string)> refused = [];
        for (var i = 0; refused.Count < 3; i++)
        {
            Assert.That(i, Is.LessThan(10_000), "the disk never became full");
            var (once, body) = (Company.Once(), string.Create(CultureInfo.InvariantCulture, $"{i} {new string('.', 2000)}"));
            var reply = await scene.Nordwind.Tell($"handoffs/{shared.HandoffId}/comments", new { body }, once);
            if (reply.Status == 201)
            {
                done.Add(body);
                continue;
            }

            IsClear(reply.Refused(503, "not-ready"));
            refused.Add((once, body));
        }

        return (done, refused);
    }

    async Task<Dictionary<string, (Reply Reply, Func<Task<Reply>> Again)>> AskTheRest(Scene scene, Shared shared, Shared offered)
    {
        var others = new Dictionary<string, (Reply, Func<Task<Reply>>)>(StringComparer.Ordinal);
        foreach (var (name, ask) in new (string, Func<string, Task<Reply>>)[]
        {
            ("ticket", once => scene.Nordwind.Tell("tickets", new { subject = "While full", description = new string('.', 5000) }, once)),
            ("accept", once => scene.Brightfix.Tell($"handoffs/{offered.HandoffId}/accept", new { }, once)),
            ("upload", once => scene.Nordwind.TryUpload(shared.TicketId, new Upload("full.bin", Upload.Noise(100_000, 9)), once)),
        })
        {
            var once = Company.Once();
            var reply = await ask(once);
            Assert.That(reply.Status, Is.AnyOf(200, 201, 503), reply.ToString());
            if (reply.Status == 503)
            {
                IsClear(reply.Refused(503, "not-ready"));
            }

            others[name] = (reply, () => ask(once));
        }

        Assert.That(others["upload"].Item1.Status, Is.EqualTo(503), "there is no room for a file");
        return others;
    }

    static async Task<IReadOnlyList<string>> WrittenBy(Company side, Shared shared) =>
        [.. (await side.Conversation(shared.HandoffId)).OrderBy(item => item.Number("seq")).Select(item => item.Need("body"))];

    void IsClear(Reply refused)
    {
        JsonNode problem = refused.Json;
        Assert.That(problem.Text("detail"), Does.Match("(?i)disk|space|room|storage|full"), "the detail says what to do");
        Assert.That(refused.Body, Does.Not.Contain("Exception").And.Not.Contain("   at ").And.Not.Contain(exchange.Data), "the operator's folders are no business of a client");
    }

    async Task IsWhole(Scene scene, Shared shared)
    {
        await scene.Settled(shared.HandoffId);
        await Verifier.FindsWhole(exchange, scene.Nordwind, shared.HandoffId);
        await Verifier.FindsWhole(exchange, scene.Brightfix, shared.HandoffId);
    }

    async Task LimitFiles(string limit)
    {
        var ran = await Shell.Run("prlimit", ["--pid", exchange.ProcessId.ToString(CultureInfo.InvariantCulture), $"--fsize={limit}"]);
        Assert.That(ran.ExitCode, Is.Zero, ran.Both);
    }

    async Task MountSmallDisk()
    {
        Shell.Needs("mount", "umount");
        var folder = Directory.CreateTempSubdirectory("exchange-disk-").FullName;
        var ran = await Shell.Run("mount", ["-t", "tmpfs", "-o", "size=8m", "tmpfs", folder]);
        if (ran.ExitCode != 0)
        {
            Directory.Delete(folder);
            Assert.Ignore($"A small disk cannot be mounted here (it takes root): {ran.Error.Trim()}");
        }

        disk = folder;
    }

    async Task UnmountSmallDisk()
    {
        if (disk is not null)
        {
            var ran = await Shell.Run("umount", [disk]);
            Assert.That(ran.ExitCode, Is.Zero, ran.Both);
            Directory.Delete(disk);
            disk = null;
        }
    }

    static void FillWith(string file)
    {
        foreach (var size in new[] { 64 * 1024, 4096 })
        {
            try
            {
                using var filler = new FileStream(file, FileMode.Append, FileAccess.Write, FileShare.Read, bufferSize: 0);
                while (true)
                {
                    filler.Write(new byte[size]);
                }
            }
            catch (IOException)
            {
                // Full in pieces of this size.
            }
        }
    }
}
