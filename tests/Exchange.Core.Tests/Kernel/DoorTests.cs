using Exchange.Core.Accounts;
using Exchange.Core.Desk;
using Exchange.Core.Kernel;
using Exchange.Core.Links;
using Exchange.Core.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace Exchange.Core.Tests.Kernel;

/// <summary>The rules of an ask are checked outside the unit of work, and name the field as the client wrote it.</summary>
public sealed class A_bad_ask
{
    private static readonly Door Door = new(new Nothing(), new NoDatabase(), NullLogger<Door>.Instance);

    [Test]
    public async Task Is_refused_before_any_unit_of_work_with_all_its_fields()
    {
        var fault = (await Door.Do<OpenTicket, TicketId>(
            new OpenTicket(" ", null, "highest", null, null, null), Caller.Stranger, null, CancellationToken.None)).Fault!;
        Assert.That(fault.Code, Is.EqualTo("validation"));
        Assert.That(fault.Errors!.Keys, Is.EquivalentTo(new[] { "subject", "priority" }));
        Assert.That(fault.Errors["priority"].Single(), Does.Contain("low, normal, high, urgent"));
        Assert.That(fault.Detail, Is.Not.Empty);
    }

    [Test]
    public async Task Names_a_field_once_with_all_that_is_wrong_with_it()
    {
        var fault = (await Door.Do<SignUp, SignedUp>(new SignUp("N", "", null), Caller.Stranger, null, CancellationToken.None)).Fault!;
        Assert.That(fault.Errors!.Keys, Is.EqualTo(new[] { "slug" }));
        Assert.That(fault.Errors["slug"], Is.Not.Empty.And.Unique);
    }

    // so the field of a nested member is called contact.Name where the client wrote contact.name.
    [Test]
    public async Task Names_nested_fields_as_the_client_wrote_them()
    {
        var open = (await Door.Do<OpenTicket, TicketId>(
            new OpenTicket("Pump", null, null, new Contact("", null, null), new Asset("", null, null), null), Caller.Stranger, null, CancellationToken.None)).Fault!;
        Assert.That(open.Errors!.Keys, Is.EquivalentTo(new[] { "contact.name", "asset.name" }));

        var invite = (await Door.Do<InvitePartner, Invited>(
            new InvitePartner(new TermsAsk(null, null, null, null, null, null, null, 9, null, null)), Caller.Stranger, null, CancellationToken.None)).Fault!;
        Assert.That(invite.Errors!.Keys, Is.EquivalentTo(new[] { "terms.maxDepth" }));
    }

    private sealed class Nothing : IServiceProvider
    {
        public object? GetService(Type serviceType) => null;
    }

    private sealed class NoDatabase : IDialect
    {
        public Task<Outcome<T>> Do<T>(Func<IUnit, ValueTask<Outcome<T>>> work, CancellationToken ct) =>
            throw new AssertionException("A bad ask came to the database.");

        public int HeldAtOnce => throw new InvalidOperationException("Not asked");

        public Task<IReadOnlyList<HandoffId>> StillBehind(IReadOnlyList<HandoffId> handoffs, CancellationToken ct) => throw new InvalidOperationException("Not asked");

        public Task<string?> Trouble(CancellationToken ct) => Task.FromResult<string?>(null);

        public ExchangeDb Read() => new Unread();
    }

    private sealed class Unread() : ExchangeDb(new DbContextOptionsBuilder<Unread>().Options)
    {
        protected override Type IdConverter => throw new AssertionException("The database was read.");
    }
}
