using Exchange.Core.Accounts;
using Exchange.Core.Desk;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Exchange.Core.Store;

internal sealed class CustomersMap : IEntityTypeConfiguration<CustomerForm>, IEntityTypeConfiguration<Requester>
{
    public void Configure(EntityTypeBuilder<CustomerForm> map)
    {
        map.ToTable("customer_form").HasKey(x => x.Account);
        map.Property(x => x.Greeting).HasMaxLength(ChangeCustomerFormRules.MaxGreeting);
        map.Property(x => x.Fields).Json();
        map.HasOne<Account>().WithMany().HasForeignKey(x => x.Account);
    }

    public void Configure(EntityTypeBuilder<Requester> map)
    {
        map.ToTable("requester").HasKey(x => x.Id);
        map.Property(x => x.Id).ValueGeneratedNever();
        map.Property(x => x.Name).HasMaxLength(200);
        map.Property(x => x.Email).HasMaxLength(320);
        map.Property(x => x.Hash).HasMaxLength(32);
        map.Property(x => x.Language).HasMaxLength(Requester.MaxLanguage);
        map.HasIndex(x => x.Hash).IsUnique();
        map.HasIndex(x => x.Ticket);
        map.HasOne<Ticket>().WithMany().HasForeignKey(x => x.Ticket);
    }
}
