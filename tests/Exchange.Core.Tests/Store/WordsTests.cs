using Exchange.Core.Accounts;
using Exchange.Core.Desk;
using Exchange.Core.Handoffs;
using Exchange.Core.Links;
using Exchange.Core.Relay;
using Exchange.Core.Notices;
using Exchange.Core.Store;

namespace Exchange.Core.Tests.Store;

/// <summary>The words of the semantics, written out.</summary>
public sealed class The_words_of_an_enum
{
    [Test]
    public void Are_those_of_the_semantics()
    {
        Are<HandoffState>("offered", "accepted", "in_progress", "waiting_placer", "on_hold", "recall_requested", "resolved", "closed", "declined",
            "expired", "recalled", "returned", "severed");
        Are<Side>("placer", "fulfiller", "exchange");
        Are<LinkState>("invited", "active", "suspended", "draining", "terminated", "declined", "expired", "withdrawn");
        Are<TicketStatus>("new", "open", "with_partner", "waiting", "check", "resolved", "closed");
        Are<Priority>("low", "normal", "high", "urgent");
        Are<Audience>("internal", "customer", "partner");
        Are<FileState>("pending", "available", "blocked", "failed", "expired");
        Are<ReceiptState>("delivered", "applied", "parked", "refused");
        Are<DeclineReason>("out_of_scope", "no_capacity", "wrong_region", "no_contract", "insufficient_info", "duplicate", "price");
        Are<HoldReason>("parts", "site_access", "scheduled_visit", "third_party", "force_majeure");
        Are<ReturnReason>("needs_higher_level", "not_ours", "cannot_reproduce", "customer_refused", "safety");
        Are<Asked>("hidden", "shown", "required");
        Are<TicketSort>("number", "changed", "due");
        Are<Disclosed>("none", "count", "alias", "name", "own");
        Are<WaitsFor>("me", "partner");
        Are<Passage>("under_way", "active", "none");
        Are<LinkCommand>("accept", "decline", "withdraw", "expire", "propose_terms", "suspend", "resume", "drain", "terminate", "end_drain");
        Are<TermsState>("proposed", "signed", "rejected", "withdrawn", "superseded");
        Are<NoticeKind>("assigned", "customer_replied", "partner_said", "partner_moved", "offer_came", "over_time", "parked", "link_changed");
        Are<ReworkReason>("not_fixed", "partly_fixed", "no_evidence", "wrong_asset", "damage");
    }

    [Test]
    public void Are_told_for_every_enum_of_the_core()
    {
        Type[] told =
        [
            typeof(HandoffState), typeof(Side), typeof(LinkState), typeof(TicketStatus), typeof(Priority), typeof(Audience), typeof(FileState),
            typeof(ReceiptState), typeof(DeclineReason), typeof(HoldReason), typeof(ReturnReason), typeof(ReworkReason), typeof(Command),
            typeof(Passage), typeof(LinkCommand), typeof(TermsState), typeof(Disclosed), typeof(WaitsFor),
            typeof(Asked), typeof(TicketSort), typeof(NoticeKind),

            // No word of these is ever told: a set of sides, a set of roles, how a sign-in ended, a step that has a text of its own, how a value was given.
            typeof(Party), typeof(Roles), typeof(SignInState), typeof(CustomerStep), typeof(FieldInputFrom),

            // Nor of these: what is wrong with a line that was typed is said in sentences.
            typeof(HoursFault), typeof(FreeDayFault), typeof(CustomerNews),
        ];
        Assert.That(typeof(HandoffState).Assembly.GetTypes().Where(t => t.IsEnum && t.IsPublic), Is.EquivalentTo(told));
    }

    [TestCase("Offered")]
    [TestCase("OFFERED")]
    [TestCase("offered ")]
    [TestCase("inprogress")]
    [TestCase("InProgress")]
    [TestCase("0")]
    [TestCase("")]
    [TestCase(null)]
    public void Are_nothing_else_than_themselves(string? word) => Assert.That(Words<HandoffState>.TryParse(word), Is.Null);

    [Test]
    public void Fail_loudly_when_a_stored_one_is_unknown() => Assert.That(() => Words<HandoffState>.Parse("lost"), Throws.TypeOf<KeyNotFoundException>());

    private static void Are<T>(params string[] words)
        where T : struct, Enum
    {
        Assert.That(Words<T>.All, Is.EqualTo(words), typeof(T).Name);
        foreach (var (value, word) in Enum.GetValues<T>().Zip(words))
        {
            Assert.That(Words<T>.Of(value), Is.EqualTo(word));
            Assert.That(value.Word(), Is.EqualTo(word));
            Assert.That(Words<T>.Parse(word), Is.EqualTo(value));
            Assert.That(Words<T>.TryParse(word), Is.EqualTo(value));
        }
    }
}
