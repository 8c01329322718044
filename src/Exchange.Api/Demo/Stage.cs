using Exchange.Contracts.V1;
using Exchange.Core.Accounts;
using Exchange.Core.Files;
using Exchange.Core.Handoffs;
using Exchange.Core.Kernel;
using Exchange.Core.Links;
using Exchange.Core.Relay;
using Exchange.Core.Store;
using Microsoft.Extensions.Logging.Abstractions;

namespace Exchange.Api.Demo;

/// <summary>The way to the exchange that all scenes share: its door, its companies and their links.</summary>
internal sealed class Stage(IServiceProvider services, ExchangeSettings settings)
{
    // The same door with a mute log: a start says what it does in a few lines, and this is several hundred asks.
    private readonly Door _door = new(services, services.GetRequiredService<IDialect>(), NullLogger<Door>.Instance);
    private readonly Relay _relay = services.GetRequiredService<Relay>();
    private readonly IBlobStore _blobs = services.GetRequiredService<IBlobStore>();
    private readonly HandoffViews _handoffs = services.GetRequiredService<HandoffViews>();
    private readonly TimeProvider _time = services.GetRequiredService<TimeProvider>();
    private readonly Dictionary<Company, AccountId> _accounts = [];
    private readonly Dictionary<Person, Caller> _callers = [];
    private readonly Dictionary<(Company, Company), LinkId> _links = [];

    public void Join(Company company, AccountId account) => _accounts[company] = account;

    /// <summary>From now on this person acts as the one who signs in with this id.</summary>
    public void Known(Person person, PersonId id) =>
        _callers[person] = new Caller(_accounts[person.Of], person.Of.Name, new Actor("person", id.ToString(), person.Name));

    public void Link(Company one, Company other, LinkId link) => _links[(one, other)] = _links[(other, one)] = link;

    public LinkId LinkOf(Company one, Company other) => _links[(one, other)];

    public DateTimeOffset? In(int? hours) => hours is { } some ? _time.GetUtcNow().AddHours(some) : null;

    /// <summary>Asks in the name of a person. Whatever is refused here is a mistake in the demo.</summary>
    public async Task<TAnswer> Do<TAsk, TAnswer>(TAsk ask, Person? by)
        where TAsk : IAsk<TAnswer>
        where TAnswer : IAnswer<TAnswer> =>
        Needs(await _door.Do<TAsk, TAnswer>(ask, by is null ? Caller.Stranger : CallerOf(by), null, CancellationToken.None), typeof(TAsk).Name);

    public async Task<StoredBlob> Store(byte[] bytes)
    {
        using var stream = new MemoryStream(bytes);
        return Needs(await _blobs.Store(stream, settings.Files.MaxBytes, CancellationToken.None), "Store");
    }

    /// <summary>What the relay does as soon as the exchange serves: the other side has it before anybody there goes on.</summary>
    public Task Bring(IReadOnlyCollection<HandoffId> handoffs) => _relay.Bring(handoffs, CancellationToken.None);

    /// <summary>Notes that both sides have everything, so that the sweeper finds nothing to mend at the first start.</summary>
    public Task Settle() => _relay.Settle(CancellationToken.None);

    /// <summary>The ticket that a handoff has in the desk of this person's company.</summary>
    public async Task<TicketId> TicketOf(HandoffId handoff, Person of) =>
        (await _handoffs.One(CallerOf(of), handoff, CancellationToken.None))?.TicketId ?? throw new InvalidOperationException($"No ticket of {of.Of.Name} for {handoff}.");

    private Caller CallerOf(Person person)
    {
        if (!_callers.TryGetValue(person, out var caller))
        {
            // The id stands in logs, so it says nothing of the name.
            var actor = new Actor("person", Ids.New(_time.GetUtcNow()).ToString("D"), person.Name);
            _callers[person] = caller = new Caller(_accounts[person.Of], person.Of.Name, actor);
        }

        return caller;
    }

    private static T Needs<T>(Outcome<T> outcome, string verb) => outcome.Ok
        ? outcome.Value
        : throw new InvalidOperationException($"The demo's {verb} was refused: {outcome.Fault.Code}, {outcome.Fault.Detail}");
}
