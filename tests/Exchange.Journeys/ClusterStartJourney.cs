using System.Text.Json.Nodes;

namespace Exchange.Journeys;

/// <summary>Processes of a cluster start in any order, and refuse what cannot be with one clear line.</summary>
sealed class ClusterStartJourney
{
    const string Database = "--Database:Provider=Postgres";
    const string Bus = "--Bus:Transport=RabbitMq";
    const string SomeDatabase = "--ConnectionStrings:Exchange=Host=127.0.0.1;Port=9;Username=u;Password=p;Database=d";
    const string SomeBroker = "--ConnectionStrings:RabbitMq=amqp://u:p@127.0.0.1:9/";

    static readonly bool Long = Environment.GetEnvironmentVariable("EXCHANGE_LONG") is "1";
    static readonly TimeSpan Quick = TimeSpan.FromSeconds(30);

    [Test]
    public async Task Workers_wait_for_the_database_that_two_APIs_make_at_the_same_time()
    {
        await using var cluster = await Cluster.NotYetStarted(await Servers.ToUse(), new Shape(Apis: 2, Workers: 2));
        foreach (var worker in cluster.Workers)
        {
            worker.Launch();
        }

        foreach (var worker in cluster.Workers)
        {
            await Eventually.Holds($"{worker.Name} says what it waits for", () => Task.FromResult(
                worker.Log().Contains("Waiting until the API has m", StringComparison.Ordinal) ? null : worker.Log()));
        }

        foreach (var api in cluster.Apis)
        {
            api.Launch();
        }

        await cluster.Works();
        Assert.That(cluster.Log().Split("migrations applied"), Has.Length.EqualTo(3), "one of them migrated it");
        await TalksAndStops(cluster);
    }

    [Test]
    public async Task An_API_alone_serves_and_what_was_said_arrives_when_a_worker_comes()
    {
        await using var cluster = await Cluster.NotYetStarted(await Servers.ToUse(), new Shape(Apis: 1, Workers: 1));
        await cluster.Apis[0].StartAgain();
        var scene = await Scene.Linked(cluster);
        var shared = await scene.Accepted();
        await scene.Nordwind.Say(shared.HandoffId, "Is anybody there?");
        Assert.That(await scene.Brightfix.Comments(shared.MirrorId), Is.Empty, "nobody has brought it yet");
        await cluster.Workers[0].StartAgain();
        await scene.Settled(shared.HandoffId);
        await cluster.IsTidy();
        Assert.That(await cluster.Stop(), Is.Zero);
    }

    [TestCase("Database:Provider", "Bus:Transport")]
    [TestCase("Database:Provider", "Bus:Transport", Database, SomeDatabase)]
    [TestCase("Database:Provider", "Bus:Transport", Bus, SomeBroker)]
    [TestCase("Database:Provider", "Oracle", "--Database:Provider=Oracle")]
    public async Task A_worker_of_its_own_needs_a_database_server_and_a_broker(string one, string other, params string[] settings) =>
        IsRefused(await WorkerProcess.RunRefused(settings), one, other);

    [TestCase("ConnectionStrings:Exchange", Database, Bus, SomeBroker)]
    [TestCase("ConnectionStrings:Exchange", Database, Bus, SomeBroker, "--ConnectionStrings:Exchange=this is none")]
    [TestCase("ConnectionStrings:RabbitMq", Database, Bus, SomeDatabase)]
    [TestCase("ConnectionStrings:RabbitMq", Database, Bus, SomeDatabase, "--ConnectionStrings:RabbitMq=127.0.0.1")]
    [TestCase("Bus:CaFile is /nowhere/ca.pem", Database, Bus, SomeDatabase, "--ConnectionStrings:RabbitMq=amqps://u:p@127.0.0.1:9/", "--Bus:CaFile=/nowhere/ca.pem")]
    public async Task Both_programs_say_which_setting_is_wrong(string said, params string[] settings)
    {
        var data = Path.Combine(Path.GetTempPath(), "exchange-never-made");
        var refused = await Task.WhenAll(WorkerProcess.RunRefused(settings), ExchangeProcess.RunRefused(data, [.. settings, "--Exchange:Worker=none"]));
        foreach (var ran in refused)
        {
            IsRefused(ran, said);
        }

        Assert.That(data, Does.Not.Exist);
    }

    [Test]
    public async Task A_wrong_password_is_refused_at_once_and_not_said()
    {
        var servers = await Servers.ToUse();
        var place = await servers.NewPlace();
        string[] settings = [.. place.Settings.Where(s => s.Key is not "ConnectionStrings:Exchange").Select(s => $"--{s.Key}={s.Value}"),
            $"--ConnectionStrings:Exchange={place.Postgres};Password=not-this-one"];
        Ran[] refused = [];
        var took = await Cluster.TimeOf(async () =>
            refused = await Task.WhenAll(WorkerProcess.RunRefused(settings), ExchangeProcess.RunRefused(Path.Combine(Path.GetTempPath(), "exchange-never-made"), settings)));
        foreach (var ran in refused)
        {
            IsRefused(ran, "ConnectionStrings:Exchange", "password");
            Assert.That(ran.Both, Does.Not.Contain("not-this-one"));
        }

        Assert.That(took, Is.LessThan(Quick));
        await servers.GiveBack(place);
    }

    [Test]
    public async Task A_database_server_that_is_not_there_is_waited_for_and_a_stop_ends_the_wait()
    {
        await using var api = ExchangeProcess.NotYetStarted(new Setup(Database, Bus, SomeDatabase, SomeBroker, "--Exchange:Worker=none") { Name = "Api" });
        await using var worker = new WorkerProcess(new Setup(Database, Bus, SomeDatabase, SomeBroker) { Name = "Worker" });
        foreach (var host in new HostProcess[] { api, worker })
        {
            host.Launch();
            await Eventually.Holds($"{host.Name} says what it waits for", () => Task.FromResult(
                host.Log().Contains("Waiting for the database server of d on 127.0.0.1:9", StringComparison.Ordinal) ? null : host.Log()));
            Assert.That(await host.Stop(), Is.Zero, host.EndOfLog);
            Assert.That(host.Errors(), Is.Empty);
        }
    }

    [Test]
    public async Task Published_copies_take_their_settings_from_the_file_beside_them()
    {
        if (!Long)
        {
            Assert.Ignore("Publishing takes its time: ./test --long (EXCHANGE_LONG=1) does it.");
        }

        var servers = await Servers.ToUse();
        var folder = Directory.CreateTempSubdirectory("exchange-published-").FullName;
        var (api, worker) = (await Published("Exchange.Api", folder), await Published("Exchange.Worker", folder));
        await using (var cluster = await Cluster.NotYetStarted(servers, new Shape(Apis: 1, Workers: 1) { Published = (api, worker) }))
        {
            foreach (var dll in new[] { api, worker })
            {
                await Write(Path.Combine(Path.GetDirectoryName(dll)!, "appsettings.json"), cluster.Settings);
            }

            foreach (var member in cluster.Members)
            {
                member.Launch();
            }

            await cluster.Works();
            await TalksAndStops(cluster);
        }

        Directory.Delete(folder, recursive: true);
    }

    static async Task TalksAndStops(Cluster cluster)
    {
        var scene = await Scene.Linked(cluster);
        var shared = await scene.Accepted();
        await scene.Nordwind.Say(shared.HandoffId, "Good morning");
        await scene.Settled(shared.HandoffId);
        await Verifier.FindsWhole(cluster, scene.Brightfix, shared.HandoffId);
        await cluster.IsTidy();
        Assert.That(await cluster.Stop(), Is.Zero);
    }

    static void IsRefused(Ran refused, params string[] words)
    {
        Assert.That(refused.ExitCode, Is.EqualTo(1), refused.Both);
        StartJourney.IsRefusedClearly(refused, words);
        Assert.That(refused.Error.Trim().Split('\n'), Has.Length.EqualTo(1), "one line");
    }

    static async Task<string> Published(string project, string folder)
    {
        var output = Path.Combine(folder, project);
        var configuration = AppContext.BaseDirectory.Contains("/Release/", StringComparison.Ordinal) ? "Release" : "Debug";
        var ran = await Shell.Run("dotnet", ["publish", Repository.File("src", project), "-c", configuration, "--no-build", "--nologo", "-o", output]);
        Assert.That(ran.ExitCode, Is.Zero, ran.Both);
        return Path.Combine(output, $"{project}.dll");
    }

    /// <summary>Into the file that came with the program, as an operator does.</summary>
    static async Task Write(string file, IReadOnlyDictionary<string, string> settings)
    {
        var json = JsonNode.Parse(await File.ReadAllTextAsync(file))!;
        foreach (var (name, value) in settings)
        {
            var (section, key) = (name.Split(':')[0], name.Split(':')[1]);
            json[section] ??= new JsonObject();
            json[section]![key] = value;
        }

        await File.WriteAllTextAsync(file, json.ToJsonString());
    }
}
