using System.Text.Json;
using Exchange.Contracts.V1;
using Exchange.Core.Accounts;
using Exchange.Core.Desk;
using Exchange.Core.Files;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Exchange.Core.Store;

internal sealed class DeskMap
    : IEntityTypeConfiguration<Ticket>, IEntityTypeConfiguration<TicketHandoff>, IEntityTypeConfiguration<TicketWord>, IEntityTypeConfiguration<Note>,
        IEntityTypeConfiguration<CustomerMessage>, IEntityTypeConfiguration<PartnerItem>, IEntityTypeConfiguration<CommentFile>
{
    public void Configure(EntityTypeBuilder<Ticket> map)
    {
        map.ToTable("ticket").HasKey(x => x.Id);
        map.Property(x => x.Subject).HasMaxLength(300);
        map.Property(x => x.Assignee).HasMaxLength(120);
        map.Property(x => x.Category).HasMaxLength(60);
        map.Property(x => x.Contact).Json();
        map.Property(x => x.Asset).Json();
        map.Property(x => x.Received).Json();
        map.Property(x => x.LastItem).Metadata.SetAfterSaveBehavior(PropertySaveBehavior.Ignore);
        map.HasIndex(x => new { x.Account, x.Number }).IsUnique();
        map.HasIndex(x => new { x.Account, x.Status, x.Number });

        // One for each thing that the list is narrowed to, in the order of the list; most tickets are done, so they wait for nobody.
        map.HasIndex(x => new { x.Account, x.WaitingFor, x.Number }).HasFilter("waiting_for IS NOT NULL");
        map.HasIndex(x => new { x.Account, x.Priority, x.Number });
        map.HasIndex(x => new { x.Account, x.Assignee, x.Number }).HasFilter("assignee IS NOT NULL");
        map.HasIndex(x => new { x.Account, x.Category, x.Number }).HasFilter("category IS NOT NULL");

        // PostgreSQL takes "is null" for no equality: without this it would sort all that nobody has.
        map.HasIndex(x => new { x.Account, x.Number }, "IX_ticket_nobody").HasFilter("assignee IS NULL");
        map.HasIndex(x => new { x.Account, x.Number }, "IX_ticket_open").HasFilter("status <> 'closed'");

        // The other orders.
        map.HasIndex(x => new { x.Account, x.ChangedAt, x.Id });
        map.HasIndex(x => new { x.Account, x.DueAt, x.Id }).HasFilter("due_at IS NOT NULL");
        map.HasIndex(x => x.MailDue).HasFilter("mail_due IS NOT NULL");
        map.HasOne<Account>().WithMany().HasForeignKey(x => x.Account).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<TicketHandoff> map)
    {
        map.ToTable("ticket_handoff").HasKey(x => new { x.Ticket, x.Handoff });
        map.HasAnnotation(ExchangeDb.Clustered, true);
        map.Property(x => x.PartnerNumber).HasMaxLength(60);
        map.HasOne<Ticket>().WithMany().HasForeignKey(x => x.Ticket);
    }

    public void Configure(EntityTypeBuilder<TicketWord> map)
    {
        map.ToTable("ticket_word").HasKey(x => new { x.Account, x.Word, x.Number });
        map.HasAnnotation(ExchangeDb.Clustered, true);
        map.Property(x => x.Word).HasMaxLength(TicketWord.MaxLength);
        map.HasIndex(x => new { x.Account, x.Number });
    }

    public void Configure(EntityTypeBuilder<Note> map)
    {
        map.ToTable("note").HasKey(x => x.Id);
        map.Property(x => x.Author).Json();
        map.HasIndex(x => new { x.Ticket, x.Number });
        map.HasOne<Ticket>().WithMany().HasForeignKey(x => x.Ticket);
    }

    public void Configure(EntityTypeBuilder<CustomerMessage> map)
    {
        map.ToTable("customer_message").HasKey(x => x.Id);
        map.Property(x => x.Author).Json();
        map.HasIndex(x => x.MailDue).HasFilter("mail_due IS NOT NULL");
        map.HasIndex(x => new { x.Ticket, x.Number });
        map.HasOne<Ticket>().WithMany().HasForeignKey(x => x.Ticket);
    }

    public void Configure(EntityTypeBuilder<PartnerItem> map)
    {
        map.ToTable("partner_item").HasKey(x => new { x.Handoff, x.Seq, x.Desk });
        map.HasAnnotation(ExchangeDb.Clustered, true);
        map.Property(x => x.Kind).HasMaxLength(20);
        map.Property(x => x.AuthorKind).HasMaxLength(20);
        map.Property(x => x.AuthorId).HasMaxLength(60);
        map.Property(x => x.AuthorName).HasMaxLength(200);
        map.HasIndex(x => new { x.Ticket, x.Number });
        map.HasOne<Ticket>().WithMany().HasForeignKey(x => x.Ticket);
    }

    public void Configure(EntityTypeBuilder<CommentFile> map)
    {
        map.ToTable("comment_file").HasKey(x => new { x.Ticket, x.Comment, x.File });
        map.HasAnnotation(ExchangeDb.Clustered, true);
        map.HasOne<Ticket>().WithMany().HasForeignKey(x => x.Ticket);
    }
}

internal sealed class FilesMap : IEntityTypeConfiguration<DeskFile>, IEntityTypeConfiguration<Blob>
{
    public void Configure(EntityTypeBuilder<DeskFile> map)
    {
        map.ToTable("desk_file").HasKey(x => x.Id);
        map.Property(x => x.Name).HasMaxLength(255);
        map.Property(x => x.ContentType).HasMaxLength(120);
        map.Property(x => x.Sha256).HasMaxLength(64);
        map.Property(x => x.Author).Json();
        map.HasIndex(x => new { x.Ticket, x.Number });
        map.HasIndex(x => x.State).HasFilter("state = 'pending'");
        map.HasOne<Ticket>().WithMany().HasForeignKey(x => x.Ticket);
        map.HasOne<Blob>().WithMany().HasForeignKey(x => x.Blob).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<Blob> map)
    {
        map.ToTable("blob").HasKey(x => x.Id);
        map.Property(x => x.Sha256).HasMaxLength(64);
    }
}

internal static class JsonColumns
{
    /// <summary>A small value that is never searched, kept as text.</summary>
    public static PropertyBuilder<T> Json<T>(this PropertyBuilder<T> property) => property.HasConversion(
        value => JsonSerializer.Serialize(value, JsonSerializerOptions.Web),
        text => JsonSerializer.Deserialize<T>(text, JsonSerializerOptions.Web)!);
}
