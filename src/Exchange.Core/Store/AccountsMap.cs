using Exchange.Core.Accounts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Exchange.Core.Store;

internal sealed class AccountsMap : IEntityTypeConfiguration<Account>, IEntityTypeConfiguration<AccountCounter>, IEntityTypeConfiguration<ApiKey>
{
    public void Configure(EntityTypeBuilder<Account> map)
    {
        map.ToTable("account").HasKey(x => x.Id);
        map.Property(x => x.Slug).HasMaxLength(40);
        map.Property(x => x.Name).HasMaxLength(120);
        map.Property(x => x.TimeZone).HasMaxLength(80);
        map.Property(x => x.DeskKind).HasMaxLength(40);
        map.HasIndex(x => x.Slug).IsUnique();
    }

    public void Configure(EntityTypeBuilder<AccountCounter> map)
    {
        map.ToTable("account_counter").HasKey(x => x.Account);
        map.HasOne<Account>().WithOne().HasForeignKey<AccountCounter>(x => x.Account);
    }

    public void Configure(EntityTypeBuilder<ApiKey> map)
    {
        map.ToTable("api_key").HasKey(x => x.Id);
        map.Property(x => x.Name).HasMaxLength(120);
        map.Property(x => x.Prefix).HasMaxLength(20);
        map.Property(x => x.Hash).HasMaxLength(32);
        map.Property(x => x.Scopes).HasMaxLength(200);
        map.HasIndex(x => x.Prefix).IsUnique();
        map.HasIndex(x => new { x.Account, x.Id });
        map.HasOne<Account>().WithMany().HasForeignKey(x => x.Account);
    }
}
