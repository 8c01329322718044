using Exchange.Contracts.V1;
using Exchange.Core.Accounts;
using Exchange.Core.Kernel;
using Exchange.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace Exchange.Core.Desk;

// All that a customer can see. These records hold nothing internal and nothing of a partner, so no page made of them can show it.

/// <summary>How far a request is, in the customer's words. Who works on it, and where, is not told by it.</summary>
public enum CustomerStep
{
    Received,
    AtWork,
    Check,
    Done,
}

/// <summary>A company's form, for whoever opens its address.</summary>
public sealed record CustomerFormView(AccountId Account, string Company, string Slug, string TimeZone, string? Greeting, FormFields Fields)
{
    /// <summary>Those of the company's own fields that the form asks for, in their order. Of what is written there the customer's pages show nothing.</summary>
    public IReadOnlyList<FieldView> Own { get; init; } = [];

    /// <summary>When the company works; null where it does not say.</summary>
    public WorkTime? Works { get; init; }
}

/// <summary>A request as its customer follows it.</summary>
/// <param name="Name">The customer's.</param>
/// <param name="FormSlug">Where he opens another one; null where the company has no form.</param>
public sealed record CustomerRequest(
    long Number, string Subject, CustomerStep Step, DateTimeOffset OpenedAt, string Name, string Company, string TimeZone, string? FormSlug, IReadOnlyList<CustomerItem> Items)
{
    /// <summary>When the company works; null where it does not say.</summary>
    public WorkTime? Works { get; init; }
}

/// <summary>Something that the customer or the company wrote to the other.</summary>
/// <param name="Author">A person's name; null where the company's software wrote it.</param>
/// <param name="Body">Null when it was retracted, or where files came without words.</param>
public sealed record CustomerItem(bool Own, string? Author, string? Body, bool Retracted, DateTimeOffset At, IReadOnlyList<CustomerFile> Files);

public sealed record CustomerFile(FileId Id, string Name, long Size);

/// <summary>A file that the customer may read now.</summary>
public sealed record CustomerContent(string Name, string ContentType, BlobId Blob);

/// <summary>A customer who follows a ticket, for the people of the company that has it.</summary>
public sealed record CustomerFollower(string Name, string Email);

/// <summary>What the customer's pages read. A token opens one ticket's conversation with the customer, and nothing beside it.</summary>
public sealed class CustomerViews(IDialect dialect)
{
    /// <summary>Null where there is no such company, or it has no form.</summary>
    public async Task<CustomerFormView?> Form(string slug, CancellationToken ct)
    {
        await using var db = dialect.Read();
        var found = await (
            from account in db.Accounts
            where account.Slug == slug
            join form in db.CustomerForms on account.Id equals form.Account
            where form.Open
            select new CustomerFormView(account.Id, account.Name, account.Slug, account.TimeZone, form.Greeting, form.Fields)).SingleOrDefaultAsync(ct);
        if (found is null)
        {
            return null;
        }

        var own = await db.TicketFields.Where(f => f.Account == found.Account && f.OnForm && f.RetiredAt == null).OrderBy(f => f.Position).ToListAsync(ct);
        return found with { Own = own.ConvertAll(FieldView.Of), Works = await CalendarViews.Usual(db, found.Account, ct) };
    }

    /// <summary>The caller's own form as it is set, open or not.</summary>
    public async Task<CustomerForm> Own(Caller caller, CancellationToken ct)
    {
        await using var db = dialect.Read();
        return await db.CustomerForms.Where(Mine.Forms(caller)).SingleOrDefaultAsync(ct) ?? new CustomerForm { Account = caller.Account };
    }

    /// <summary>Who follows one of the caller's own tickets by a link; null when nobody does.</summary>
    public async Task<CustomerFollower?> Follower(Caller caller, TicketId ticket, CancellationToken ct)
    {
        await using var db = dialect.Read();
        return await db.Requesters.Where(Mine.Requesters(caller)).Where(r => r.Ticket == ticket && r.EndedAt == null).OrderByDescending(r => r.Id)
            .Select(r => new CustomerFollower(r.Name, r.Email)).FirstOrDefaultAsync(ct);
    }

    /// <summary>Who holds this token; null when nobody does, or no more.</summary>
    public async Task<Caller?> Holder(string token, CancellationToken ct)
    {
        await using var db = dialect.Read();
        return await Find(db, token, ct) is { } found ? Requester.As(found.Account, found.Company, found.Name) : null;
    }

    /// <summary>Null when the token opens nothing.</summary>
    public async Task<CustomerRequest?> One(string token, CancellationToken ct)
    {
        await using var db = dialect.Read();
        if (await Find(db, token, ct) is not { } found)
        {
            return null;
        }

        var ticket = await db.Tickets.Where(t => t.Id == found.Ticket).Select(t => new { t.Number, t.Subject, t.Status, t.CreatedAt }).SingleAsync(ct);
        var hasForm = await db.CustomerForms.AnyAsync(f => f.Account == found.Account && f.Open, ct);
        return new CustomerRequest(
            ticket.Number, ticket.Subject, StepOf(ticket.Status), ticket.CreatedAt, found.Name, found.Company, found.TimeZone, hasForm ? found.Slug : null, await Items(db, found.Ticket, ct))
        {
            Works = await CalendarViews.Usual(db, found.Account, ct),
        };
    }

    /// <summary>Null when the token opens no such file now.</summary>
    public async Task<CustomerContent?> Content(string token, FileId id, CancellationToken ct)
    {
        await using var db = dialect.Read();
        return await Find(db, token, ct) is { } found && (await Items(db, found.Ticket, ct)).Any(item => item.Files.Any(f => f.Id == id))
            ? await db.Files.Where(f => f.Id == id && f.Ticket == found.Ticket).Select(f => new CustomerContent(f.Name, f.ContentType, f.Blob)).SingleAsync(ct)
            : null;
    }

    /// <summary>With whom it lies inside the company, or beyond it, is one step: <c>at work</c>.</summary>
    public static CustomerStep StepOf(TicketStatus status) => status switch
    {
        TicketStatus.New => CustomerStep.Received,
        TicketStatus.Resolved => CustomerStep.Check,
        TicketStatus.Closed => CustomerStep.Done,
        _ => CustomerStep.AtWork,
    };

    /// <summary>What was written to or by the customer and the files of that audience alone, oldest first.</summary>
    private static async Task<IReadOnlyList<CustomerItem>> Items(ExchangeDb db, TicketId ticket, CancellationToken ct)
    {
        var messages = await db.Messages.Where(m => m.Ticket == ticket).OrderBy(m => m.Number).ToListAsync(ct);
        var files = await db.Files.Where(f => f.Ticket == ticket && f.Audience == Audience.Customer && f.State == FileState.Available)
            .Select(f => new { f.Number, f.Author, f.At, File = new CustomerFile(f.Id, f.Name, f.Size) }).ToListAsync(ct);
        var named = (await db.CommentFiles.Where(c => c.Ticket == ticket).OrderBy(c => c.Position).ToListAsync(ct)).ToLookup(c => c.Comment, c => c.File);
        var said = messages.Select(m => m.Id).ToHashSet();

        // A file that a message names goes with it, and away with it; one that an internal note names stands there for itself.
        var within = named.Where(n => said.Contains(n.Key)).SelectMany(n => n).ToHashSet();
        var rows = messages.Select(m => (m.Number, Item: new CustomerItem(
            Requester.Is(m.Author), NameOf(m.Author), m.Retracted ? null : m.Body, m.Retracted, m.At,
            m.Retracted ? [] : [.. named[m.Id].SelectMany(id => files.Where(f => f.File.Id == id)).Select(f => f.File)])));
        var alone = files.Where(f => !within.Contains(f.File.Id)).Select(f => (f.Number, Item: new CustomerItem(Requester.Is(f.Author), NameOf(f.Author), null, false, f.At, [f.File])));
        return [.. rows.Concat(alone).OrderBy(r => r.Number).Select(r => r.Item)];
    }

    private static string? NameOf(Actor author) => author.Kind == "person" ? author.Name : null;

    private static async Task<Found?> Find(ExchangeDb db, string token, CancellationToken ct)
    {
        if (token.Length != Requester.TokenLength)
        {
            return null;
        }

        var hash = Requester.HashOf(token);
        return await (
            from requester in db.Requesters
            where requester.Hash == hash && requester.EndedAt == null
            join account in db.Accounts on requester.Account equals account.Id
            select new Found(requester.Ticket, requester.Name, account.Id, account.Name, account.Slug, account.TimeZone)).SingleOrDefaultAsync(ct);
    }

    private sealed record Found(TicketId Ticket, string Name, AccountId Account, string Company, string Slug, string TimeZone);
}
