using Exchange.Core.Accounts;
using Exchange.Core.Notices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Exchange.Core.Store;

internal sealed class NoticesMap
    : IEntityTypeConfiguration<Notice>, IEntityTypeConfiguration<NoticeRule>, IEntityTypeConfiguration<NoticeCursor>, IEntityTypeConfiguration<SentMail>,
        IEntityTypeConfiguration<OverTimeMark>
{
    public void Configure(EntityTypeBuilder<Notice> map)
    {
        map.ToTable("notice").HasKey(x => new { x.Account, x.Number, x.Person });
        map.HasAnnotation(ExchangeDb.Clustered, true);
        map.Property(x => x.Code).HasMaxLength(40);
        map.Property(x => x.Who).HasMaxLength(200);
        map.HasIndex(x => new { x.Account, x.Person, x.Number });
        map.HasIndex(x => new { x.Account, x.Person, x.Ticket }, "IX_notice_unread").HasFilter("read_at IS NULL");
        map.HasIndex(x => x.MailDue).HasFilter("mail_due IS NOT NULL");

        // Who leaves the account leaves what he was told there.
        map.HasOne<Member>().WithMany().HasForeignKey(x => new { x.Account, x.Person }).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<NoticeRule> map)
    {
        map.ToTable("notice_rule").HasKey(x => new { x.Account, x.Person, x.Kind });
        map.HasAnnotation(ExchangeDb.Clustered, true);
        map.HasOne<Member>().WithMany().HasForeignKey(x => new { x.Account, x.Person }).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<NoticeCursor> map) => map.ToTable("notice_cursor").HasKey(x => x.Account);

    public void Configure(EntityTypeBuilder<SentMail> map)
    {
        map.ToTable("sent_mail").HasKey(x => new { x.Account, x.Recipient, x.At, x.Topic });
        map.HasAnnotation(ExchangeDb.Clustered, true);
        map.HasIndex(x => x.At);
    }

    public void Configure(EntityTypeBuilder<OverTimeMark> map) => map.ToTable("over_time").HasKey(x => x.Handoff);
}
