using Exchange.Core.Kernel;
using Exchange.Core.Links;
using static Exchange.Core.Links.LinkState;

namespace Exchange.Core.Tests.Links;

/// <summary>Every state x command x party x who has it suspended, against the table of semantics 2 written down a second time.</summary>
public sealed class The_table_of_links
{
    private const long Stale = 99;
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
    private static readonly AccountId Nordwind = new(Guid.Parse("0195569e-3a00-7000-8000-000000000003"));
    private static readonly AccountId Brightfix = new(Guid.Parse("0195569e-3a00-7000-8000-000000000004"));

    /// <summary>from | command | who | to; a = means that the state stays.</summary>
    private const string Semantics = """
        invited    | accept        | invitee  | active
        invited    | decline       | invitee  | declined
        invited    | withdraw      | inviter  | withdrawn
        invited    | expire        | exchange | expired
        active     | propose-terms | either   | =
        suspended  | propose-terms | either   | =
        active     | suspend       | either   | suspended
        suspended  | suspend       | either   | suspended
        suspended  | resume        | either   | active
        active     | drain         | either   | draining
        suspended  | drain         | either   | draining
        active     | terminate     | either   | terminated
        suspended  | terminate     | either   | terminated
        draining   | terminate     | either   | terminated
        draining   | end-drain     | exchange | terminated
        """;

    private static readonly IReadOnlyList<string[]> Cells =
        [.. Semantics.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('|', StringSplitOptions.TrimEntries))];

    [Test]
    public void Has_each_row_of_the_semantics_and_no_other()
    {
        var rows = LinkTable.Rows.SelectMany(row => row.From, (row, from) => $"{from} {row.Command.Name()} {row.By} {row.To?.ToString() ?? "="}".ToLowerInvariant());
        Assert.That(rows, Is.EquivalentTo(Cells.Select(c => $"{c[0]} {c[1]} {c[2]} {c[3]}")));
    }

    [Test]
    public void Decides_each_cell_as_the_semantics_say([Values] LinkState state, [Values] LinkCommand command, [Values] bool suspending)
    {
        if (Made(state) is not { } link)
        {
            return;
        }

        foreach (var (account, party) in ((AccountId, string)[])[(Nordwind, "inviter"), (Brightfix, "invitee")])
        {
            if (link.PartyOf(account) == Party.None)
            {
                continue;
            }

            var decided = link.Decide(command, account, suspending, null, Noon);
            bool Fits(string[] c) => c[1] == command.Name() && (c[2] == party || c[2] == "either");
            var code = !Cells.Any(Fits) ? "forbidden"
                : command == LinkCommand.Resume && state is Active or Suspended && !suspending ? "forbidden"
                : !Cells.Any(c => Fits(c) && string.Equals(c[0], state.ToString(), StringComparison.OrdinalIgnoreCase)) ? "link-not-active"
                : null;
            Assert.That(decided?.Code, Is.EqualTo(code), $"{party}: {decided?.Detail}");
            Assert.That(link.Decide(command, account, suspending, Stale, Noon)?.Code, Is.EqualTo(code ?? "version-conflict"), "the version is asked for last");
            Assert.That(link.Decide(command, account, suspending, link.Version, Noon)?.Code, Is.EqualTo(code));
            if (decided is not null)
            {
                Assert.That((decided.Truth!.State, decided.Truth.Version), Is.EqualTo((state.ToString().ToLowerInvariant(), link.Version)), "a refusal tells what is true");
            }
        }
    }

    [Test]
    public void Names_in_allowed_what_may_be_done_and_leaves_out_what_would_change_nothing([Values] LinkState state, [Values] bool suspending, [Values(Party.Inviter, Party.Invitee)] Party party)
    {
        var expected = Cells.Where(c => string.Equals(c[0], state.ToString(), StringComparison.OrdinalIgnoreCase) && (c[2] == "either" || string.Equals(c[2], party.ToString(), StringComparison.OrdinalIgnoreCase))).Select(c => c[1])
            .Where(name => name switch { "suspend" => !suspending, "resume" => suspending, _ => true });
        Assert.That(LinkTable.Allowed(state, party, suspending).Select(c => c.Name()), Is.EquivalentTo(expected));
    }

    [Test]
    public void Moves_a_link_as_its_rows_say()
    {
        foreach (var row in LinkTable.Rows.Where(row => row.To is not null))
        {
            foreach (var from in row.From)
            {
                var link = Made(from)!;
                var version = link.Version;
                switch (row.Command)
                {
                    case LinkCommand.Accept: Assert.That(link.Accept(Brightfix, Noon), Is.Null); break;
                    case LinkCommand.Decline: Assert.That(link.Decline(Brightfix, Noon), Is.Null); break;
                    case LinkCommand.Withdraw: Assert.That(link.Withdraw(Noon), Is.Null); break;
                    case LinkCommand.Expire: link.Expire(Noon.AddDays(7)); break;
                    case LinkCommand.Suspend: link.Suspend(Noon); break;
                    case LinkCommand.Resume: link.Resume(stillBy: false); break;
                    case LinkCommand.Drain: link.Drain(Nordwind, null, Noon.AddDays(14)); break;
                    case LinkCommand.Terminate: link.Terminate(Nordwind, null, Noon); break;
                    case LinkCommand.EndDrain: Assert.That(link.EndDrain(Noon.AddDays(14)), Is.True); break;
                }

                Assert.That((link.State, link.Version), Is.EqualTo((row.To!.Value, version + 1)), $"{row.Command} from {from}");
                Assert.That(link.SuspendedSince is null, Is.EqualTo(link.State != Suspended), "since when it is suspended is known while it is");
                Assert.That(link.Pair is null, Is.EqualTo(link.State is Terminated or Declined or Withdrawn or Expired), "ended links make room for another");
            }
        }
    }

    [Test]
    public void Keeps_a_link_suspended_while_the_other_side_has_it_so()
    {
        var link = Made(Suspended)!;
        link.Suspend(Noon.AddHours(2));
        Assert.That(link.SuspendedSince, Is.EqualTo(Noon), "it is suspended since the first of the two");
        link.Resume(stillBy: true);
        Assert.That((link.State, link.SuspendedSince), Is.EqualTo((Suspended, (DateTimeOffset?)Noon)));
    }

    [Test]
    public void Ends_a_drained_link_when_the_notice_is_over_and_no_other()
    {
        var link = Made(Draining)!;
        Assert.That(link.EndDrain(Noon.AddDays(14).AddTicks(-10)), Is.False);
        Assert.That(link.EndDrain(Noon.AddDays(14)), Is.True);
        Assert.That((link.State, link.EndedBy, link.EndReason), Is.EqualTo((Terminated, (AccountId?)Brightfix, "moving on")), "who gave notice stays on record");
        foreach (var other in (LinkState[])[Active, Suspended, Terminated])
        {
            Assert.That(Made(other)!.EndDrain(Noon.AddYears(1)), Is.False, $"{other}");
        }
    }

    [Test]
    public void Lets_the_invited_company_alone_answer_a_bound_invitation()
    {
        var other = new AccountId(Guid.Parse("0195569e-3a00-7000-8000-000000000005"));
        var link = Invitation(Brightfix);
        Assert.That((link.Accept(other, Noon)?.Code, link.Decline(other, Noon)?.Code, link.Accept(Nordwind, Noon)?.Code), Is.EqualTo(("forbidden", "forbidden", "validation")));
        Assert.That((link.Accept(Brightfix, Noon), link.State), Is.EqualTo(((Fault?)null, Active)));
    }

    private static Link Invitation(AccountId? bound = null) => new()
    {
        Id = new LinkId(Guid.Parse("0195569e-3a00-7000-8000-000000000002")), Inviter = Nordwind, InvitedAccount = bound, InviteHash = new byte[32],
        ExpiresAt = Noon.AddDays(7), CreatedAt = Noon, TermsVersion = 1,
    };

    private static Link? Made(LinkState state)
    {
        var link = Invitation();
        if (state is not (LinkState.Invited or Declined or Withdrawn or Expired))
        {
            link.Accept(Brightfix, Noon);
        }

        switch (state)
        {
            case Declined: link.Decline(Brightfix, Noon); break;
            case Withdrawn: link.Withdraw(Noon); break;
            case Expired: link.Expire(Noon.AddDays(7)); break;
            case Suspended: link.Suspend(Noon); break;
            case Draining: link.Drain(Brightfix, "moving on", Noon.AddDays(14)); break;
            case Terminated: link.Terminate(Brightfix, "fraud", Noon); break;
        }

        return link;
    }
}
