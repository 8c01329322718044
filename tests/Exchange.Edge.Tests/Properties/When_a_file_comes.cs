using System.Text;
using Exchange.Core.Desk;
using Exchange.Core.Kernel;
using Exchange.Core.Store;
using Exchange.Edge.Tests.TestKit;
using NUnit.Framework;

namespace Exchange.Edge.Tests.Properties;

/// <summary>I12.</summary>
[TestFixtureSource(typeof(Engines))]
public sealed class When_a_file_comes(Engine engine)
{
    private World _world = null!;
    private Caller _ada = null!;
    private Caller _bob = null!;
    private HandoffId _handoff;
    private TicketId _own;
    private TicketId _mirror;

    [SetUp]
    public async Task Begin()
    {
        _world = World.Open(engine);
        (_ada, _bob) = (await _world.Join("Ada"), await _world.Join("Bob"));
        _handoff = await _world.Running(_ada, _bob, await _world.Link(_ada, _bob));
        var views = _world.Get<Core.Handoffs.HandoffViews>();
        _own = (await views.One(_ada, _handoff, CancellationToken.None))!.TicketId!.Value;
        _mirror = (await views.One(_bob, _handoff, CancellationToken.None))!.TicketId!.Value;
    }

    [TearDown]
    public ValueTask End() => _world.DisposeAsync();

    [Test]
    public async Task It_is_pending_until_it_was_checked_and_then_has_the_announced_bytes()
    {
        var bytes = Encoding.UTF8.GetBytes("a drawing");
        (await _world.Upload(_ada, _own, "partner", _handoff, "drawing.txt", bytes)).Must();
        Assert.That(await Came(), Is.Null, "nothing before the relay");
        await _world.Carry();

        var pending = (await Came())!;
        Assert.That(pending.State, Is.EqualTo("pending"));
        Assert.That((await Content(pending.Id)).Fault?.Code, Is.EqualTo(Codes.NotReady), "its bytes are not shown before");

        await _world.CheckFiles();
        var available = (await Came())!;
        var content = (await Content(available.Id)).Must();
        await using var stream = _world.Blobs.Open(content.Blob)!;
        using var shown = new MemoryStream();
        await stream.CopyToAsync(shown);
        Assert.Multiple(() =>
        {
            Assert.That(available.State, Is.EqualTo("available"));
            Assert.That(shown.ToArray(), Is.EqualTo(bytes));
            Assert.That(available.Sha256, Is.EqualTo(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes))));
        });
    }

    [TestCase("changed")]
    [TestCase("cut")]
    [TestCase("gone")]
    public async Task Bytes_that_are_not_what_was_announced_are_never_shown_and_hold_nothing_up(string how)
    {
        (await _world.Upload(_ada, _own, "partner", _handoff, "drawing.txt", Encoding.UTF8.GetBytes("a drawing"))).Must();
        var file = Directory.EnumerateFiles(Path.Combine(_world.Folder, "files"), "*", SearchOption.AllDirectories).Single();
        switch (how)
        {
            case "changed":
                await File.WriteAllTextAsync(file, "A drawing");
                break;
            case "cut":
                await File.WriteAllTextAsync(file, "a draw");
                break;
            default:
                File.Delete(file);
                break;
        }

        (await _world.Say(_ada, _handoff, "see the drawing")).Must();
        await _world.Carry();
        if (how == "gone")
        {
            // Bytes that are not there at all may still come, for an hour.
            _world.Clock.Advance(TimeSpan.FromMinutes(61));
        }

        await _world.CheckFiles();
        var came = (await Came())!;
        Assert.Multiple(async () =>
        {
            Assert.That(came.State, Is.EqualTo("failed"));
            Assert.That((await Content(came.Id)).Fault?.Code, Is.EqualTo(Codes.NotReady));
            Assert.That(_world.Read().Items[(_handoff.Value, 2)].Select(i => i.Body), Does.Contain("see the drawing"));
        });
    }

    [Test]
    public async Task One_file_that_cannot_be_read_does_not_hold_up_the_check_of_others()
    {
        Assume.That(OperatingSystem.IsLinux());
        (await _world.Upload(_ada, _own, "partner", _handoff, "first.txt", Encoding.UTF8.GetBytes("first"))).Must();
        var file = Directory.EnumerateFiles(Path.Combine(_world.Folder, "files"), "*", SearchOption.AllDirectories).Single();
        await _world.Carry();
        _world.Clock.Advance(TimeSpan.FromSeconds(1));
        (await _world.Upload(_ada, _own, "partner", _handoff, "second.txt", Encoding.UTF8.GetBytes("second"))).Must();
        await _world.Carry();

        // Somebody else holds the first one: opening it is an error, not an absence.
        await using var held = new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        using var checker = new Exchange.Worker.FileChecker(
            _world.Door, _world.Get<FileViews>(), _world.Blobs, _world.Get<Core.Files.FileBell>(), _world.Clock,
            Microsoft.Extensions.Logging.Abstractions.NullLogger<Exchange.Worker.FileChecker>.Instance);
        await checker.StartAsync(CancellationToken.None);
        try
        {
            await Eventually.True(async () => (await Files()).Any(f => f.Name == "second.txt" && f.State == "available"), seconds: 8);
        }
        finally
        {
            await checker.StopAsync(CancellationToken.None);
        }
    }

    [Test]
    public async Task The_mirror_refers_to_the_same_bytes_by_count()
    {
        (await _world.Upload(_ada, _own, "partner", _handoff, "drawing.txt", Encoding.UTF8.GetBytes("a drawing"))).Must();
        await _world.Carry();
        using var connection = _world.Tables();
        var files = _world.Read().Files;
        Assert.Multiple(() =>
        {
            Assert.That(files, Has.Count.EqualTo(2));
            Assert.That(files.Select(f => f.Blob).Distinct().Count(), Is.EqualTo(1));
            Assert.That(Rows.Each(connection, "SELECT count FROM blob", r => Convert.ToInt64(r[0], System.Globalization.CultureInfo.InvariantCulture)), Is.EqualTo(new long[] { 2 }));
        });
    }

    private async Task<FileView?> Came() => (await Files()).SingleOrDefault();

    private async Task<IReadOnlyList<FileView>> Files() =>
        (await _world.Get<FileViews>().List(_bob, _mirror, new PageAsk(50, null), CancellationToken.None))!.Items;

    private Task<Outcome<FileContent>> Content(FileId id) => _world.Get<FileViews>().Content(_bob, id, CancellationToken.None);
}
