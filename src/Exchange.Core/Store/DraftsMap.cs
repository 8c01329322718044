using Exchange.Core.Desk;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Exchange.Core.Store;

internal sealed class DraftsMap : IEntityTypeConfiguration<Draft>
{
    public void Configure(EntityTypeBuilder<Draft> map)
    {
        map.ToTable("draft").HasKey(x => new { x.Ticket, x.Person, x.Door });
        map.HasAnnotation(ExchangeDb.Clustered, true);
        map.Property(x => x.Door).HasMaxLength(Draft.MaxDoor);
        map.HasOne<Ticket>().WithMany().HasForeignKey(x => x.Ticket);
    }
}
