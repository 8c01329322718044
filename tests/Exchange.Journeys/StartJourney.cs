using System.Text;

namespace Exchange.Journeys;

/// <summary>Starting where one should not, starting again after every kind of end, and what the host says about it.</summary>
sealed class StartJourney
{
    static readonly bool Long = Environment.GetEnvironmentVariable("EXCHANGE_LONG") is "1";
    static readonly int Folders = Long ? 12 : 1;
    static readonly int KillsPerFolder = Long ? 6 : 4;

    ExchangeProcess exchange = null!;

    [TearDown]
    public async Task Stop()
    {
        if (exchange is not null)
        {
            await exchange.DisposeAsync();
        }
    }

    [Test]
    public async Task A_second_process_on_the_same_folder_is_refused_and_the_first_goes_on()
    {
        exchange = await ExchangeProcess.Start();
        var company = await Company.SignUp(exchange, "First");
        var refused = await ExchangeProcess.RunRefused(exchange.Data);
        IsRefusedClearly(refused, exchange.Data, "in use|another process|already");
        await company.OpenTicket(new { subject = "Still here" });
        await exchange.Stop();
        await exchange.StartAgain();
        Assert.That(await company.All("tickets"), Has.Count.EqualTo(1));
    }

    [TestCase("--Database:Provider=Sqlite", "--Exchange:Worker=none")]
    [TestCase("--Bus:Transport=InMemory", "--Exchange:Worker=none")]
    public async Task A_worker_elsewhere_needs_a_database_and_a_bus_that_two_processes_can_share(string one, string other)
    {
        exchange = ExchangeProcess.NotYetStarted();
        IsRefusedClearly(await ExchangeProcess.RunRefused(exchange.Data, one, other), "Worker", "none");
    }

    [TestCase("--Database:Provider=Oracle", "Database:Provider|Provider")]
    [TestCase("--Bus:Transport=Pigeon", "Bus:Transport|Transport")]
    [TestCase("--Exchange:SignUp=perhaps", "SignUp")]
    [TestCase("--Exchange:RateLimit:PerSecond=-1", "PerSecond")]
    public async Task A_setting_that_means_nothing_is_refused_by_name(string setting, string name)
    {
        exchange = ExchangeProcess.NotYetStarted();
        IsRefusedClearly(await ExchangeProcess.RunRefused(exchange.Data, setting), name);
    }

    [Test]
    public async Task A_folder_that_cannot_be_made_is_refused_by_name()
    {
        exchange = ExchangeProcess.NotYetStarted();
        var file = Path.Combine(exchange.Folder, "a-file");
        await File.WriteAllTextAsync(file, "not a folder");
        IsRefusedClearly(await ExchangeProcess.RunRefused(Path.Combine(file, "data")), "a-file");
    }

    [Test]
    public async Task A_newer_schema_is_refused_and_left_as_it_is()
    {
        Shell.Needs("sqlite3");
        exchange = await ExchangeProcess.Start();
        var company = await Company.SignUp(exchange, "Newer");
        await exchange.Stop();
        var database = await DatabaseWithMigrations();
        await Sql(database, "INSERT INTO __EFMigrationsHistory (MigrationId, ProductVersion) VALUES ('99991231235959_FromTheFuture', '99.0.0')");
        IsRefusedClearly(await ExchangeProcess.RunRefused(exchange.Data), "newer|FromTheFuture");

        await Sql(database, "DELETE FROM __EFMigrationsHistory WHERE MigrationId = '99991231235959_FromTheFuture'");
        await exchange.StartAgain();
        await company.Get("account");
    }

    [Test]
    public async Task Killed_at_any_moment_of_its_first_start_it_starts_the_next_time()
    {
        var slowest = TimeSpan.Zero;
        for (var folder = 0; folder < Folders; folder++)
        {
            exchange = ExchangeProcess.NotYetStarted();
            for (var kill = 0; kill < KillsPerFolder; kill++)
            {
                exchange.Launch();
                // Half of them anywhere, half of them once the folder is being filled: that is where migrations are.
                if (kill % 2 == 0)
                {
                    await Eventually.Passes(TimeSpan.FromMilliseconds(Random.Shared.Next(1, 1500)));
                }
                else
                {
                    await Eventually.Holds("the data folder is being filled", () => Task.FromResult(Directory.Exists(exchange.Data) && Directory.EnumerateFiles(exchange.Data).Any() ? null : "still empty"));
                    await Eventually.Passes(TimeSpan.FromMilliseconds(Random.Shared.Next(1, 400)));
                }

                await exchange.Kill();
            }

            await exchange.StartAgain();
            slowest = exchange.ReadyIn > slowest ? exchange.ReadyIn : slowest;
            var scene = await Scene.Linked(exchange);
            var shared = await scene.Accepted();
            await scene.Settled(shared.HandoffId);
            await Verifier.FindsWhole(exchange, scene.Brightfix, shared.HandoffId);
            await exchange.DisposeAsync();
        }

        exchange = null!;
        await TestContext.Progress.WriteLineAsync($"First start after kills: ready in {slowest.TotalSeconds:0.00} s at the slowest");
    }

    [Test]
    public async Task Stopped_by_its_supervisor_it_ends_well_and_has_everything_at_the_next_start()
    {
        exchange = await ExchangeProcess.Start();
        var scene = await Scene.Linked(exchange);
        var shared = await scene.Accepted();
        var said = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => scene.Nordwind.Say(shared.HandoffId, $"Before the stop {i}")));
        Assert.That(await exchange.Stop(), Is.Zero, exchange.Log());
        Assert.That(exchange.Log(), Does.Not.Contain("Unhandled exception"));
        await exchange.StartAgain();
        await scene.Settled(shared.HandoffId);
        Assert.That((await scene.Brightfix.Conversation(shared.HandoffId)).Select(c => c.Number("seq")).Order(), Is.EqualTo(said.Select(c => c.Number("seq")).Order()));
    }

    [Test]
    public async Task Stopped_while_it_is_starting_it_ends_without_a_stack_trace_and_starts_the_next_time()
    {
        exchange = await ExchangeProcess.Start();
        var whole = exchange.ReadyIn;
        await exchange.Stop();
        for (var part = 0.2; part <= 1; part += Long ? 0.1 : 0.3)
        {
            exchange.Launch();
            await Eventually.Passes(whole * part);
            await exchange.Stop();
            Assert.That(exchange.Log(), Does.Not.Contain("Unhandled exception"));
        }

        await exchange.StartAgain();
    }

    [Test]
    public async Task Ready_and_live_say_how_it_is_without_a_key()
    {
        exchange = await ExchangeProcess.Start();
        var nobody = Company.Nobody(exchange);
        Assert.That((await nobody.Get("/health/ready")).Text("status"), Is.EqualTo("healthy"));
        Assert.That((await nobody.Get("/health/ready")).At("parts"), Is.Not.Null);
        (await nobody.Ask("/health/live")).Must(200);
        Assert.That((await nobody.Get("/openapi/v1.json")).Text("openapi"), Does.StartWith("3.1"));
        (await nobody.Ask("/docs")).Must((await nobody.Ask("/docs")).Status is var status and >= 300 and < 400 ? status : 200);
        Assert.That((await nobody.Ask("/")).Header("Location"), Does.Contain("/sign-in"));
    }

    internal static void IsRefusedClearly(Ran refused, params string[] patterns)
    {
        Assert.That(refused.ExitCode, Is.Not.Zero, refused.Both);
        foreach (var pattern in patterns)
        {
            // A folder is text, the rest are words to choose from.
            Assert.That(refused.Both, pattern.StartsWith(Path.DirectorySeparatorChar) ? Does.Contain(pattern) : Does.Match($"(?i){pattern}"));
        }

        Assert.That(refused.Both, Does.Not.Contain("Unhandled exception").And.Not.Contain("   at "), "a message for a person, no stack trace");
    }

    async Task<string> DatabaseWithMigrations()
    {
        foreach (var file in Directory.EnumerateFiles(exchange.Data, "*", SearchOption.AllDirectories))
        {
            var start = new byte[16];
            await using (var stream = File.OpenRead(file))
            {
                var length = await stream.ReadAtLeastAsync(start, start.Length, throwOnEndOfStream: false);
                if (!Encoding.ASCII.GetString(start, 0, length).StartsWith("SQLite format 3", StringComparison.Ordinal))
                {
                    continue;
                }
            }

            if ((await Sql(file, "SELECT count(*) FROM sqlite_master WHERE name = '__EFMigrationsHistory'")).Trim() is "1")
            {
                return file;
            }
        }

        throw new AssertionException($"No database with __EFMigrationsHistory in {exchange.Data}");
    }

    static async Task<string> Sql(string database, string sql)
    {
        var ran = await Shell.Run("sqlite3", [database, sql]);
        Assert.That(ran.ExitCode, Is.Zero, ran.Both);
        return ran.Output;
    }
}
