using Exchange.Contracts.V1;
using Exchange.Core.Accounts;
using Exchange.Core.Events;
using Exchange.Core.Kernel;
using Exchange.Core.Notices;
using Exchange.Core.Store;
using Exchange.Edge.Tests.TestKit;

namespace Exchange.Edge.Tests.Notices;

/// <summary>What the tests of notices do with people, and what these read.</summary>
internal static class Crew
{
    /// <summary>A member of a company, as he asks at the door.</summary>
    public static async Task<Caller> Member(this World world, Caller company, string name, Roles roles, PersonId? who = null)
    {
        var (person, email) = (who ?? new PersonId(Guid.NewGuid()), $"{name.ToLowerInvariant()}@people.example");
        var invited = (await world.Ask<InviteMember, MemberInvited>(new InviteMember(email, roles), company)).Must();
        (await world.Ask<JoinAccount, Joined>(new JoinAccount(invited.Code, person, name, email), Caller.Stranger)).Must();
        return new Caller(company.Account, company.AccountName, new Actor("person", person.ToString(), name)) { Roles = roles };
    }

    /// <summary>What was said is carried, numbered and told, as the worker's rounds do it.</summary>
    public static async Task Tell(this World world)
    {
        await world.Number();
        await world.Get<Teller>().Tell(CancellationToken.None);
    }

    public static async Task Number(this World world)
    {
        await world.Carry();
        await world.Relay.Settle(CancellationToken.None);
        await world.Get<Sequencer>().NumberPending(CancellationToken.None);
    }

    public static async Task<IReadOnlyList<NoticeView>> Notices(this World world, Caller reader) =>
        (await world.Get<NoticeViews>().List(reader, new PageAsk(200, null), CancellationToken.None)).Items;

    /// <summary>The kinds, oldest first: <c>partner-moved:accepted</c>.</summary>
    public static async Task<IReadOnlyList<string>> Told(this World world, Caller reader) =>
        [.. (await world.Notices(reader)).Reverse().Select(n => n.Code is null ? n.Kind.Name() : $"{n.Kind.Name()}:{n.Code}")];

    public static async Task Choose(this World world, Caller reader, NoticeKind kind, bool app, bool mail) =>
        (await world.Ask<ChangeNoticeRules, Done>(new ChangeNoticeRules([new NoticeChoice(kind.Name(), app, mail)]), reader)).Must();

    public static Task<IReadOnlyList<DueMail>> Mails(this World world) => world.Get<NoticeViews>().Mails(100, CancellationToken.None);

    /// <summary>Takes all mails that are due, as the rounds of mails do.</summary>
    public static async Task<IReadOnlyList<(PersonId To, NoticeMail Mail)>> Send(this World world)
    {
        var sent = new List<(PersonId, NoticeMail)>();
        foreach (var due in await world.Mails())
        {
            if ((await world.Ask<TakeNoticeMail, NoticeMailTaken>(new TakeNoticeMail(due.Account, due.Person, due.Topic), Caller.Exchange)).Must().Mail is { } mail)
            {
                sent.Add((due.Person, mail));
            }
        }

        return sent;
    }
}
