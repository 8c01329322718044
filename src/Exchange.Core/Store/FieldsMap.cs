using Exchange.Core.Accounts;
using Exchange.Core.Desk;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Exchange.Core.Store;

internal sealed class FieldsMap : IEntityTypeConfiguration<TicketField>, IEntityTypeConfiguration<TicketValue>
{
    public void Configure(EntityTypeBuilder<TicketField> map)
    {
        map.ToTable("ticket_field").HasKey(x => x.Id);
        map.Property(x => x.Id).ValueGeneratedNever();
        map.Property(x => x.Key).HasMaxLength(AddFieldRules.MaxKey);
        map.Property(x => x.Label).HasMaxLength(AddFieldRules.MaxLabel);
        map.Property(x => x.Kind).HasMaxLength(10);
        map.Property(x => x.Choices).Json();
        map.HasIndex(x => new { x.Account, x.Key }).IsUnique();
        map.HasOne<Account>().WithMany().HasForeignKey(x => x.Account);
    }

    public void Configure(EntityTypeBuilder<TicketValue> map)
    {
        map.ToTable("ticket_value").HasKey(x => new { x.Ticket, x.Field });
        map.HasAnnotation(ExchangeDb.Clustered, true);
        map.Property(x => x.Text).HasMaxLength(FieldText.MaxText);
        map.Property(x => x.Sort).HasMaxLength(FieldText.MaxText);

        // One value in the order of the list, or the values between two.
        map.HasIndex(x => new { x.Account, x.Field, x.Sort, x.Number });
        map.HasOne<Ticket>().WithMany().HasForeignKey(x => x.Ticket);
    }
}
