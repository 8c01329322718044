using Exchange.Core.Events;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Exchange.Core.Store;

/// <summary>No row refers to another: the sequencer must not wait for anybody's handoff.</summary>
internal sealed class EventsMap
    : IEntityTypeConfiguration<AccountEvent>, IEntityTypeConfiguration<PendingEvent>, IEntityTypeConfiguration<EventCursor>, IEntityTypeConfiguration<EventCounter>
{
    public void Configure(EntityTypeBuilder<AccountEvent> map)
    {
        map.ToTable("account_event").HasKey(x => new { x.Account, x.Number });
        map.HasAnnotation(ExchangeDb.Clustered, true);
        map.Property(x => x.Type).HasMaxLength(40);

        // The second fence: an entry is an event of an account once, for ever.
        map.HasIndex(x => new { x.Account, x.Handoff, x.Seq }).IsUnique().HasFilter("handoff IS NOT NULL");
    }

    public void Configure(EntityTypeBuilder<PendingEvent> map)
    {
        map.ToTable("pending_event").HasKey(x => x.Id);
        map.Property(x => x.Type).HasMaxLength(40);
    }

    public void Configure(EntityTypeBuilder<EventCursor> map) => map.ToTable("event_cursor").HasKey(x => x.Handoff);

    public void Configure(EntityTypeBuilder<EventCounter> map)
    {
        map.ToTable("event_counter").HasKey(x => x.Id);
        map.Property(x => x.Id).ValueGeneratedNever();
        map.HasData(new EventCounter { Id = EventCounter.TheOne, Last = 0 });
    }
}
