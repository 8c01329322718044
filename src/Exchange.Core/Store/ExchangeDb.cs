using Exchange.Core.Accounts;
using Exchange.Core.Desk;
using Exchange.Core.Events;
using Exchange.Core.Files;
using Exchange.Core.Handoffs;
using Exchange.Core.Kernel;
using Exchange.Core.Links;
using Exchange.Core.Notices;
using Exchange.Core.Quality;
using Exchange.Core.Relay;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Exchange.Core.Store;

/// <summary>The model, shared by all providers; each has a context of its own that only adds what its engine needs.</summary>
public abstract class ExchangeDb(DbContextOptions options) : DbContext(options)
{
    /// <summary>Marks a table that is stored in the order of its key, where the engine has a choice.</summary>
    public const string Clustered = "Exchange:Clustered";

    protected static readonly Type[] IdTypes =
        [typeof(AccountId), typeof(KeyId), typeof(LinkId), typeof(HandoffId), typeof(TicketId), typeof(FileId), typeof(BlobId), typeof(PersonId)];

    /// <summary>How the engine keeps ids: an open generic converter over the id's type, in an order that is the order of their bytes.</summary>
    protected abstract Type IdConverter { get; }

    public DbSet<Account> Accounts => Set<Account>();

    public DbSet<ApiKey> Keys => Set<ApiKey>();

    public DbSet<Member> Members => Set<Member>();

    public DbSet<MemberInvitation> MemberInvitations => Set<MemberInvitation>();

    public DbSet<Link> Links => Set<Link>();

    public DbSet<TermsVersion> Terms => Set<TermsVersion>();

    public DbSet<Suspension> Suspensions => Set<Suspension>();

    public DbSet<Handoff> Handoffs => Set<Handoff>();

    public DbSet<SealedOffer> SealedOffers => Set<SealedOffer>();

    public DbSet<RouteRule> RouteRules => Set<RouteRule>();

    public DbSet<Entry> Entries => Set<Entry>();

    public DbSet<SharedFile> SharedFiles => Set<SharedFile>();

    public DbSet<Bond> Bonds => Set<Bond>();

    public DbSet<Receipt> Receipts => Set<Receipt>();

    public DbSet<DueTimer> Timers => Set<DueTimer>();

    public DbSet<ReplayRow> Replays => Set<ReplayRow>();

    public DbSet<Blob> Blobs => Set<Blob>();

    public DbSet<Ticket> Tickets => Set<Ticket>();

    public DbSet<TicketHandoff> TicketHandoffs => Set<TicketHandoff>();

    public DbSet<TicketWord> TicketWords => Set<TicketWord>();

    public DbSet<SavedView> SavedViews => Set<SavedView>();

    public DbSet<Note> Notes => Set<Note>();

    public DbSet<CustomerMessage> Messages => Set<CustomerMessage>();

    public DbSet<PartnerItem> Items => Set<PartnerItem>();

    public DbSet<CommentFile> CommentFiles => Set<CommentFile>();

    public DbSet<DeskFile> Files => Set<DeskFile>();

    public DbSet<Draft> Drafts => Set<Draft>();

    public DbSet<CustomerForm> CustomerForms => Set<CustomerForm>();

    public DbSet<Requester> Requesters => Set<Requester>();

    public DbSet<TicketField> TicketFields => Set<TicketField>();

    public DbSet<TicketValue> TicketValues => Set<TicketValue>();

    public DbSet<Rating> Ratings => Set<Rating>();

    public DbSet<RatingNote> RatingNotes => Set<RatingNote>();

    public DbSet<AccountEvent> Events => Set<AccountEvent>();

    public DbSet<PendingEvent> PendingEvents => Set<PendingEvent>();

    public DbSet<EventCursor> EventCursors => Set<EventCursor>();

    public DbSet<EventCounter> EventCounters => Set<EventCounter>();

    public DbSet<ForgottenEvents> ForgottenEvents => Set<ForgottenEvents>();

    public DbSet<EventMark> EventMarks => Set<EventMark>();

    public DbSet<Notice> Notices => Set<Notice>();

    public DbSet<NoticeRule> NoticeRules => Set<NoticeRule>();

    public DbSet<NoticeCursor> NoticeCursors => Set<NoticeCursor>();

    public DbSet<SentMail> SentMails => Set<SentMail>();

    public DbSet<OverTimeMark> OverTimeMarks => Set<OverTimeMark>();

    public DbSet<Calendar> Calendars => Set<Calendar>();

    protected override void OnModelCreating(ModelBuilder model)
    {
        model.ApplyConfigurationsFromAssembly(typeof(ExchangeDb).Assembly);
        foreach (var entity in model.Model.GetEntityTypes().Where(e => !e.IsOwned() && !e.IsMappedToJson()))
        {
            foreach (var property in entity.GetProperties())
            {
                property.SetColumnName(WordExtensions.Snake(property.Name));
            }
        }
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder conventions)
    {
        conventions.Properties<DateTimeOffset>().HaveConversion<MicrosConverter>();
        foreach (var id in IdTypes)
        {
            conventions.Properties(id).HaveConversion(IdConverter.MakeGenericType(id));
        }

        conventions.Properties<LinkState>().HaveConversion<WordConverter<LinkState>>().HaveMaxLength(20);
        conventions.Properties<HandoffState>().HaveConversion<WordConverter<HandoffState>>().HaveMaxLength(20);
        conventions.Properties<ReceiptState>().HaveConversion<WordConverter<ReceiptState>>().HaveMaxLength(20);
        conventions.Properties<TicketStatus>().HaveConversion<WordConverter<TicketStatus>>().HaveMaxLength(20);
        conventions.Properties<WaitsFor>().HaveConversion<WordConverter<WaitsFor>>().HaveMaxLength(20);
        conventions.Properties<Priority>().HaveConversion<WordConverter<Priority>>().HaveMaxLength(20);
        conventions.Properties<Audience>().HaveConversion<WordConverter<Audience>>().HaveMaxLength(20);
        conventions.Properties<FileState>().HaveConversion<WordConverter<FileState>>().HaveMaxLength(20);
        conventions.Properties<TermsState>().HaveConversion<WordConverter<TermsState>>().HaveMaxLength(20);
        conventions.Properties<NoticeKind>().HaveConversion<WordConverter<NoticeKind>>().HaveMaxLength(20);
        conventions.Properties<Side>().HaveConversion<int>();
        conventions.Properties<Roles>().HaveConversion<int>();
    }

    private sealed class MicrosConverter() : ValueConverter<DateTimeOffset, long>(time => Micros.Of(time), micros => Micros.ToTime(micros));

    private sealed class WordConverter<T>() : ValueConverter<T, string>(value => Words<T>.Of(value), word => Words<T>.Parse(word))
        where T : struct, Enum;
}
