using Exchange.Core.Accounts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Exchange.Core.Store;

internal sealed class MembersMap : IEntityTypeConfiguration<Member>, IEntityTypeConfiguration<MemberInvitation>
{
    public void Configure(EntityTypeBuilder<Member> map)
    {
        map.ToTable("member").HasKey(x => new { x.Account, x.Person });
        map.Property(x => x.Name).HasMaxLength(120);
        map.Property(x => x.Email).HasMaxLength(200);
        map.Property(x => x.Version).IsConcurrencyToken();
        map.HasIndex(x => x.Person);
        map.HasOne<Account>().WithMany().HasForeignKey(x => x.Account);
    }

    public void Configure(EntityTypeBuilder<MemberInvitation> map)
    {
        map.ToTable("member_invitation").HasKey(x => x.Id);
        map.Property(x => x.Id).ValueGeneratedNever();
        map.Property(x => x.Email).HasMaxLength(200);
        map.Property(x => x.Hash).HasMaxLength(32);
        map.Property(x => x.InvitedBy).HasMaxLength(120);
        map.HasIndex(x => x.Hash).IsUnique();
        map.HasIndex(x => new { x.Account, x.InvitedAt });
        map.HasOne<Account>().WithMany().HasForeignKey(x => x.Account);
    }
}
