using Exchange.Core.Accounts;
using Exchange.Core.Desk;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Exchange.Core.Store;

internal sealed class SavedViewsMap : IEntityTypeConfiguration<SavedView>
{
    public void Configure(EntityTypeBuilder<SavedView> map)
    {
        map.ToTable("saved_view").HasKey(x => x.Id);
        map.Property(x => x.Id).ValueGeneratedNever();
        map.Property(x => x.Name).HasMaxLength(SaveViewRules.MaxName);
        map.Property(x => x.Filter).HasMaxLength(SaveViewRules.MaxFilter);
        map.HasIndex(x => new { x.Account, x.Person, x.Name }).IsUnique();

        // Who leaves the account leaves his views.
        map.HasOne<Member>().WithMany().HasForeignKey(x => new { x.Account, x.Person }).OnDelete(DeleteBehavior.Cascade);
    }
}
