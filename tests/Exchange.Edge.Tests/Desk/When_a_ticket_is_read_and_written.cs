using System.Text;
using Exchange.Core.Desk;
using Exchange.Core.Handoffs;
using Exchange.Core.Kernel;
using Exchange.Core.Store;
using Exchange.Edge.Tests.TestKit;
using NUnit.Framework;

namespace Exchange.Edge.Tests.Desk;

[TestFixtureSource(typeof(Engines))]
public sealed class When_a_ticket_is_read_and_written(Engine engine)
{
    private World _world = null!;
    private Caller _ada = null!;
    private Caller _bob = null!;
    private HandoffId _handoff;
    private TicketId _own;

    [SetUp]
    public async Task Begin()
    {
        _world = World.Open(engine);
        (_ada, _bob) = (await _world.Join("Ada"), await _world.Join("Bob"));
        _handoff = await _world.Running(_ada, _bob, await _world.Link(_ada, _bob));
        _own = (await _world.Get<HandoffViews>().One(_ada, _handoff, CancellationToken.None))!.TicketId!.Value;
    }

    [TearDown]
    public ValueTask End() => _world.DisposeAsync();

    /// <summary>Notes, messages, files and shared items share one row of numbers; no page may pass over any of them.</summary>
    [Test]
    public async Task Small_pages_show_what_one_large_page_shows([Values(1, 2, 3, 5)] int limit)
    {
        for (var i = 0; i < 4; i++)
        {
            await Write("internal", $"note {i}");
            await Write("partner", $"shared {i}");
            (await _world.Upload(_ada, _own, "internal", null, $"{i}.txt", [1])).Must();
            await Write("partner", $"shared too {i}");
            await Write("customer", $"message {i}");
        }

        var views = _world.Get<ConversationViews>();
        var whole = (await views.OfTicket(_ada, _own, new PageAsk(200, null), CancellationToken.None))!;
        Assert.That(whole.Items, Has.Count.EqualTo(16));
        var read = new List<string?>();
        Cursor? after = null;
        do
        {
            var page = (await views.OfTicket(_ada, _own, new PageAsk(limit, after), CancellationToken.None))!;
            read.AddRange(page.Items.Select(c => c.Body));
            after = page.Next is null ? null : Cursor.TryParse(page.Next);
        }
        while (after is not null);
        Assert.That(read, Is.EqualTo(whole.Items.Select(c => c.Body)));
    }

    [Test]
    public async Task A_file_that_is_not_checked_yet_is_not_passed_on_to_the_customer()
    {
        (await _world.Upload(_bob, await Mirror(), "partner", _handoff, "photo.txt", Encoding.UTF8.GetBytes("photo"))).Must();
        await _world.Carry();
        var came = (await _world.Get<FileViews>().List(_ada, _own, new PageAsk(50, null), CancellationToken.None))!.Items.Single();
        Assert.That(came.State, Is.EqualTo("pending"));
        var refused = await _world.Ask<CommentOnTicket, Said>(new CommentOnTicket(_own, "see this", "customer", null, [came.Id], null, null), _ada);
        Assert.That(refused.Fault?.Code, Is.EqualTo(Codes.AudienceForbidden));
        await _world.CheckFiles();
        (await _world.Ask<CommentOnTicket, Said>(new CommentOnTicket(_own, "see this", "customer", null, [came.Id], null, null), _ada)).Must();
    }

    [Test]
    public async Task A_file_and_its_own_copy_named_together_are_one_item()
    {
        var file = (await _world.Upload(_ada, _own, "internal", null, "plan.txt", [1, 2])).Must();
        (await Say([file])).Must();
        var files = (await _world.Get<FileViews>().List(_ada, _own, new PageAsk(50, null), CancellationToken.None))!.Items;
        Assert.That(files, Has.Count.EqualTo(2));
        var said = (await Say([.. files.Select(f => f.Id)])).Must();
        var view = (await _world.Get<ConversationViews>().One(_ada, said.Id, CancellationToken.None))!;
        Assert.That(view.Files, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task An_answer_by_the_wrong_side_is_forbidden_before_anything_else_is_looked_at()
    {
        var refused = await _world.Ask<CommentOnHandoff, Said>(
            new CommentOnHandoff(_handoff, "!", [new FileId(Guid.Parse("0195569e-3a00-7000-8000-000000000001"))], null, true), _bob);
        Assert.That(refused.Fault?.Code, Is.EqualTo(Codes.Forbidden));
    }

    private async Task<TicketId> Mirror() => (await _world.Get<HandoffViews>().One(_bob, _handoff, CancellationToken.None))!.TicketId!.Value;

    private async Task<Outcome<Said>> Say(IReadOnlyList<FileId> files) =>
        await _world.Ask<CommentOnHandoff, Said>(new CommentOnHandoff(_handoff, "the plan", files, null, null), _ada);

    private async Task Write(string audience, string body) =>
        (await _world.Ask<CommentOnTicket, Said>(new CommentOnTicket(_own, body, audience, null, null, null, null), _ada)).Must();
}
