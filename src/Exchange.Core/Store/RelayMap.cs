using Exchange.Core.Handoffs;
using Exchange.Core.Relay;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Exchange.Core.Store;

internal sealed class RelayMap
    : IEntityTypeConfiguration<Bond>, IEntityTypeConfiguration<Receipt>, IEntityTypeConfiguration<DueTimer>, IEntityTypeConfiguration<ReplayRow>
{
    public void Configure(EntityTypeBuilder<Bond> map)
    {
        map.ToTable("bond").HasKey(x => new { x.Handoff, x.Side });
        map.HasAnnotation(ExchangeDb.Clustered, true);
        map.Property(x => x.DeskKind).HasMaxLength(40);
        map.Property(x => x.ParkedCause).HasMaxLength(500);
        map.HasIndex(x => new { x.Account, x.ParkedAt, x.Handoff }).HasFilter("parked_at IS NOT NULL");
        map.HasOne<Handoff>().WithMany().HasForeignKey(x => x.Handoff);
    }

    public void Configure(EntityTypeBuilder<Receipt> map)
    {
        map.ToTable("receipt").HasKey(x => new { x.Handoff, x.Seq, x.Side });
        map.HasAnnotation(ExchangeDb.Clustered, true);
        map.Property(x => x.Head).HasMaxLength(32);
        map.Property(x => x.Reason).HasMaxLength(500);
    }

    public void Configure(EntityTypeBuilder<DueTimer> map)
    {
        map.ToTable("timer").HasKey(x => x.Id);
        map.Property(x => x.Kind).HasMaxLength(40);
        map.HasIndex(x => x.Due);
        map.HasIndex(x => x.Link).HasFilter("link IS NOT NULL");
    }

    public void Configure(EntityTypeBuilder<ReplayRow> map)
    {
        map.ToTable("idempotency").HasKey(x => new { x.Scope, x.Key });
        map.HasAnnotation(ExchangeDb.Clustered, true);
        map.Property(x => x.Scope).HasMaxLength(80);
        map.Property(x => x.Key).HasMaxLength(ReplayRow.MaxKey);
        map.Property(x => x.Request).HasMaxLength(32);
        map.HasIndex(x => x.At);
    }
}
