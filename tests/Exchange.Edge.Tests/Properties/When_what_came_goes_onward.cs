using System.Text;
using Exchange.Core.Desk;
using Exchange.Core.Handoffs;
using Exchange.Core.Kernel;
using Exchange.Core.Links;
using Exchange.Core.Store;
using Exchange.Edge.Tests.TestKit;
using NUnit.Framework;

namespace Exchange.Edge.Tests.Properties;

/// <summary>Semantics 4: what came over a link goes onward only where the terms it came under say so, whatever way round.</summary>
[TestFixtureSource(typeof(Engines))]
public sealed class When_what_came_goes_onward(Engine engine)
{
    private World _world = null!;
    private Caller _ada = null!;
    private Caller _bob = null!;
    private Caller _cid = null!;
    private HandoffId _fromBob;
    private TicketId _own;
    private LinkId _toCid;

    [SetUp]
    public async Task Begin()
    {
        _world = World.Open(engine);
        (_ada, _bob, _cid) = (await _world.Join("Ada"), await _world.Join("Bob"), await _world.Join("Cid"));
        _toCid = await _world.Link(_ada, _cid);
        _fromBob = await _world.Running(_ada, _bob, await _world.Link(_ada, _bob));
        var views = _world.Get<HandoffViews>();
        _own = (await views.One(_ada, _fromBob, CancellationToken.None))!.TicketId!.Value;
        var mirror = (await views.One(_bob, _fromBob, CancellationToken.None))!.TicketId!.Value;
        (await _world.Upload(_bob, mirror, "partner", _fromBob, "report.txt", Encoding.UTF8.GetBytes("a report"))).Must();
        await _world.Carry();
        await _world.CheckFiles();
    }

    [TearDown]
    public ValueTask End() => _world.DisposeAsync();

    [Test]
    public async Task A_partners_file_stays()
    {
        var refused = await OfferTo(_toCid, (await Files()).Single().Id);
        Assert.That(refused.Fault?.Code, Is.EqualTo(Codes.ShareForbidden));
    }

    [Test]
    public async Task A_copy_that_was_made_for_the_customer_is_still_the_partners_file()
    {
        (await _world.Ask<CommentOnTicket, Said>(
            new CommentOnTicket(_own, "for you", "customer", null, [(await Files()).Single().Id], null, null), _ada)).Must();
        var copy = (await Files()).Single(f => f.Audience == "customer");
        Assert.That((await OfferTo(_toCid, copy.Id)).Fault?.Code, Is.EqualTo(Codes.ShareForbidden));
    }

    private Task<Outcome<HandoffId>> OfferTo(LinkId link, FileId file) =>
        _world.Ask<OfferHandoff, HandoffId>(new OfferHandoff(_own, link, null, new ShareAsk(null, null, null, [file]), null, null, null), _ada);

    private async Task<IReadOnlyList<FileView>> Files() => (await _world.Get<FileViews>().List(_ada, _own, new PageAsk(50, null), CancellationToken.None))!.Items;
}
