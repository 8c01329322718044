using System.Security.Cryptography;
using Exchange.Core.Accounts;
using Microsoft.EntityFrameworkCore;

namespace Exchange.Data.People;

/// <summary>Sessions: a row for each browser in which somebody has signed in.</summary>
internal sealed partial class PeopleStore
{
    /// <summary>After so long without a request a session is over.</summary>
    private static TimeSpan Idle => TimeSpan.FromDays(14);

    /// <summary>That somebody is there is written so seldom, so that a request costs no write.</summary>
    private static TimeSpan Seen => TimeSpan.FromMinutes(5);

    public Task<PersonView?> Find(PersonId person, CancellationToken ct) => InDb(async db =>
        await db.Users.AsNoTracking().SingleOrDefaultAsync(p => p.Id == person.Value, ct) is { } found ? View(found) : null);

    public async ValueTask<PersonSession?> Session(Guid session, CancellationToken ct)
    {
        var (now, epoch) = (time.GetUtcNow(), Volatile.Read(ref _epoch));
        if (_known.TryGetValue(session, out var known) && known.Until > now)
        {
            return known.Session;
        }

        var found = await InDb(db => (
            from row in db.Sessions
            where row.Id == session
            join person in db.Users on row.Person equals person.Id
            select new { row.SeenAt, Person = person }).AsNoTracking().SingleOrDefaultAsync(ct));
        if (found is null || found.SeenAt < now - Idle)
        {
            _known.TryRemove(session, out _);
            return null;
        }

        if (found.SeenAt < now - Seen)
        {
            await InDb(db => db.Sessions.Where(s => s.Id == session).ExecuteUpdateAsync(set => set.SetProperty(s => s.SeenAt, now), ct));
        }

        var read = new PersonSession(session, View(found.Person));
        if (epoch == Volatile.Read(ref _epoch))
        {
            // Not when a session was ended meanwhile: it may be this one.
            _known[session] = (read, now + Keyring.Fresh);
        }

        return read;
    }

    public async Task<IReadOnlyList<SessionView>> Sessions(PersonId person, CancellationToken ct)
    {
        var since = time.GetUtcNow() - Idle;
        return await InDb(db => db.Sessions.Where(s => s.Person == person.Value && s.SeenAt > since).OrderByDescending(s => s.SeenAt)
            .Select(s => new SessionView(s.Id, s.Agent, s.Address, s.BegunAt, s.SeenAt)).ToListAsync(ct));
    }

    public async Task EndSession(PersonId person, Guid session, CancellationToken ct)
    {
        await InDb(db => db.Sessions.Where(s => s.Person == person.Value && s.Id == session).ExecuteDeleteAsync(ct));
        Interlocked.Increment(ref _epoch);
        _known.TryRemove(session, out _);
    }

    public async Task EndOtherSessions(PersonId person, Guid but, CancellationToken ct)
    {
        await InDb(db => db.Sessions.Where(s => s.Person == person.Value && s.Id != but).ExecuteDeleteAsync(ct));
        Forget(person);
    }

    private static PersonView View(Person person) => new(new PersonId(person.Id), person.Name, person.Email!, person.Language, person.TimeZone, person.TwoFactorEnabled);

    private static string Cut(string text, int most) => text.Length <= most ? text : text[..most];

    private void Forget(PersonId person)
    {
        Interlocked.Increment(ref _epoch);
        foreach (var (id, known) in _known)
        {
            if (known.Session.Person.Id == person)
            {
                _known.TryRemove(id, out _);
            }
        }
    }

    private async Task<PersonSession> Begin(Person person, Visitor visitor, CancellationToken ct)
    {
        var now = time.GetUtcNow();

        // Chance alone: an id that can be guessed would be a way in.
        var session = new Session
        {
            Id = new Guid(RandomNumberGenerator.GetBytes(16)),
            Person = person.Id,
            Agent = Cut(visitor.Agent, 300),
            Address = Cut(visitor.Address, 60),
            BegunAt = now,
            SeenAt = now,
        };
        await InDb(async db =>
        {
            await db.Sessions.Where(s => s.Person == person.Id && s.SeenAt < now - Idle).ExecuteDeleteAsync(ct);
            db.Add(session);
            return await db.SaveChangesAsync(ct);
        });
        return new PersonSession(session.Id, View(person));
    }
}
