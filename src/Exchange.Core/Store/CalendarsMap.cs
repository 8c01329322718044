using Exchange.Core.Accounts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Exchange.Core.Store;

internal sealed class CalendarsMap : IEntityTypeConfiguration<Calendar>
{
    public void Configure(EntityTypeBuilder<Calendar> map)
    {
        map.ToTable("calendar").HasKey(x => x.Id);
        map.Property(x => x.Id).ValueGeneratedNever();
        map.Property(x => x.Name).HasMaxLength(AddCalendarRules.MaxName);
        map.Property(x => x.TimeZone).HasMaxLength(80);
        map.Property(x => x.Hours).Json();
        map.Property(x => x.Days).Json();
        map.HasIndex(x => x.Account);
        map.HasOne<Account>().WithMany().HasForeignKey(x => x.Account).OnDelete(DeleteBehavior.Restrict);
    }
}
