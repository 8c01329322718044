using System.Text.Json;
using Exchange.Contracts.V1;
using Exchange.Core.Accounts;
using Exchange.Core.Files;
using Exchange.Core.Handoffs;
using Exchange.Core.Links;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Exchange.Core.Store;

internal sealed class HandoffsMap : IEntityTypeConfiguration<Handoff>, IEntityTypeConfiguration<Entry>, IEntityTypeConfiguration<SharedFile>,
    IEntityTypeConfiguration<SealedOffer>, IEntityTypeConfiguration<RouteRule>
{
    public void Configure(EntityTypeBuilder<Handoff> map)
    {
        map.ToTable("handoff").HasKey(x => x.Id);
        map.Property(x => x.PlacerNumber).HasMaxLength(60);
        map.Property(x => x.FulfillerNumber).HasMaxLength(60);
        map.Property(x => x.HeadHash).HasMaxLength(32);
        map.Ignore(x => x.Withheld);
        map.Property(x => x.Counter).HasConversion(counter => Write(counter), text => Read(text));
        map.Property(x => x.Agreed).HasConversion(counter => Write(counter), text => Read(text));

        // The appender alone writes these three.
        map.Property(x => x.LastSeq).Metadata.SetAfterSaveBehavior(PropertySaveBehavior.Ignore);
        map.Property(x => x.HeadHash).Metadata.SetAfterSaveBehavior(PropertySaveBehavior.Ignore);
        map.Property(x => x.UnsettledSince).Metadata.SetAfterSaveBehavior(PropertySaveBehavior.Ignore);

        map.HasIndex(x => new { x.Placer, x.Id });
        map.HasIndex(x => new { x.Fulfiller, x.Id });
        // By state: who has to act follows from it, so a list of what waits reads a few of these side by side.
        map.HasIndex(x => new { x.Placer, x.State, x.Id });
        map.HasIndex(x => new { x.Fulfiller, x.State, x.Id });
        map.HasIndex(x => new { x.Placer, x.DueAt, x.Id }).HasFilter("due_at IS NOT NULL");
        map.HasIndex(x => new { x.Fulfiller, x.DueAt, x.Id }).HasFilter("due_at IS NOT NULL");

        // Of many offers few are countered, and no state tells them from the others.
        map.HasIndex(x => new { x.Placer, x.Id }, "IX_handoff_placer_countered").HasFilter("state = 'offered' AND ball = 1");
        map.HasIndex(x => new { x.Fulfiller, x.Id }, "IX_handoff_fulfiller_countered").HasFilter("state = 'offered' AND ball = 1");

        // Most have no parent, and a comment moves their rows: so they are kept out.
        map.HasIndex(x => x.Parent).HasFilter("parent IS NOT NULL");
        map.HasIndex(x => new { x.Placer, x.Parent }).HasFilter("parent IS NOT NULL AND over_at IS NULL");
        map.HasIndex(x => x.ReroutedFrom).HasFilter("rerouted_from IS NOT NULL");
        map.HasIndex(x => new { x.Placer, x.Fulfiller, x.OfferedAt });
        map.HasIndex(x => x.Root).HasFilter("parent IS NOT NULL");
        map.HasIndex(x => x.UnsettledSince).HasFilter("unsettled_since IS NOT NULL");
        map.HasIndex(x => new { x.Link, x.PlacerTicket }).IsUnique().HasFilter("over_at IS NULL");
        map.HasOne<Link>().WithMany().HasForeignKey(x => x.Link).OnDelete(DeleteBehavior.Restrict);
        map.HasOne<Account>().WithMany().HasForeignKey(x => x.Placer).OnDelete(DeleteBehavior.Restrict);
        map.HasOne<Account>().WithMany().HasForeignKey(x => x.Fulfiller).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<Entry> map)
    {
        map.ToTable("entry").HasKey(x => new { x.Handoff, x.Seq });
        map.HasAnnotation(ExchangeDb.Clustered, true);
        map.Property(x => x.Type).HasMaxLength(40);
        map.Property(x => x.BodyHash).HasMaxLength(32);
        map.Property(x => x.Hash).HasMaxLength(32);
        map.Ignore(x => x.Body);
        map.HasIndex(x => x.OpId).IsUnique();

        // What was taken back may stand anywhere in a long log.
        map.HasIndex(x => x.Handoff, "IX_entry_retracted").HasFilter("type = 'retracted'");
        map.HasOne<Handoff>().WithMany().HasForeignKey(x => x.Handoff);
    }

    public void Configure(EntityTypeBuilder<SharedFile> map)
    {
        map.ToTable("shared_file").HasKey(x => x.Id);
        map.HasIndex(x => x.Handoff);
        map.HasOne<Blob>().WithMany().HasForeignKey(x => x.Blob).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<SealedOffer> map)
    {
        map.ToTable("sealed").HasKey(x => x.Handoff);
        map.Property(x => x.Picks).Json();
        map.Property(x => x.Actor).Json();
        map.HasOne<Handoff>().WithOne().HasForeignKey<SealedOffer>(x => x.Handoff);
    }

    public void Configure(EntityTypeBuilder<RouteRule> map)
    {
        map.ToTable("route").HasKey(x => x.Id);
        map.Property(x => x.Name).HasMaxLength(120);
        map.Property(x => x.Category).HasMaxLength(60);
        map.Property(x => x.Asset).HasMaxLength(200);
        map.Property(x => x.Links).Json();
        map.Ignore(x => x.Share);
        map.HasIndex(x => new { x.Account, x.Id });
        map.HasOne<Account>().WithMany().HasForeignKey(x => x.Account).OnDelete(DeleteBehavior.Restrict);
    }

    private static string? Write(CounterData? counter) => counter is null ? null : JsonSerializer.Serialize(counter, JsonSerializerOptions.Web);

    private static CounterData? Read(string? text) => text is null ? null : JsonSerializer.Deserialize<CounterData>(text, JsonSerializerOptions.Web);
}
