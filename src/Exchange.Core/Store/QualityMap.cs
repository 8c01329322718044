using Exchange.Core.Handoffs;
using Exchange.Core.Quality;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Exchange.Core.Store;

internal sealed class QualityMap : IEntityTypeConfiguration<Rating>, IEntityTypeConfiguration<RatingNote>
{
    public void Configure(EntityTypeBuilder<Rating> map)
    {
        map.ToTable("rating").HasKey(x => x.Handoff);
        map.HasOne<Handoff>().WithOne().HasForeignKey<Rating>(x => x.Handoff);
    }

    public void Configure(EntityTypeBuilder<RatingNote> map)
    {
        map.ToTable("rating_note").HasKey(x => x.Handoff);
        map.Property(x => x.Author).Json();
        map.HasOne<Handoff>().WithOne().HasForeignKey<RatingNote>(x => x.Handoff);
    }
}
