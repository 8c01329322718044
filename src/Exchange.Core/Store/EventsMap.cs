using Exchange.Core.Events;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Exchange.Core.Store;

/// <summary>No row refers to another: the sequencer must not wait for anybody's handoff.</summary>
internal sealed class EventsMap
    : IEntityTypeConfiguration<AccountEvent>, IEntityTypeConfiguration<PendingEvent>, IEntityTypeConfiguration<EventCursor>, IEntityTypeConfiguration<EventCounter>,
        IEntityTypeConfiguration<ForgottenEvents>, IEntityTypeConfiguration<EventMark>
{
    public void Configure(EntityTypeBuilder<AccountEvent> map)
    {
        map.ToTable("account_event").HasKey(x => new { x.Account, x.Number });
        map.HasAnnotation(ExchangeDb.Clustered, true);
        map.Property(x => x.Type).HasMaxLength(40);

        // No index besides: there are two rows for each comment. That an entry is an event of an account once is the cursor's doing,
        // which moves in the same unit under the one counter's lock.
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

    public void Configure(EntityTypeBuilder<ForgottenEvents> map) => map.ToTable("forgotten_event").HasKey(x => x.Account);

    public void Configure(EntityTypeBuilder<EventMark> map) => map.ToTable("event_mark").HasKey(x => x.At);
}
