using System.Text.Json;
using Exchange.Contracts.V1;
using Exchange.Core.Accounts;
using Exchange.Core.Links;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Exchange.Core.Store;

internal sealed class LinksMap : IEntityTypeConfiguration<Link>, IEntityTypeConfiguration<TermsVersion>, IEntityTypeConfiguration<Suspension>
{
    public void Configure(EntityTypeBuilder<Link> map)
    {
        map.ToTable("link").HasKey(x => x.Id);
        map.Property(x => x.InviteHash).HasMaxLength(32);
        map.Property(x => x.Pair).HasMaxLength(65);
        map.Property(x => x.EndReason).HasMaxLength(Link.MaxReason);
        map.HasIndex(x => x.InviteHash).IsUnique();
        map.HasIndex(x => x.Pair).IsUnique();
        map.HasIndex(x => new { x.Inviter, x.Id });
        map.HasIndex(x => new { x.Invitee, x.Id });
        map.HasOne<Account>().WithMany().HasForeignKey(x => x.Inviter).OnDelete(DeleteBehavior.Restrict);
        map.HasOne<Account>().WithMany().HasForeignKey(x => x.Invitee).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<TermsVersion> map)
    {
        map.ToTable("terms").HasKey(x => new { x.Link, x.Version });
        map.Property(x => x.Terms).HasConversion(
            terms => JsonSerializer.Serialize(terms, JsonSerializerOptions.Web),
            text => JsonSerializer.Deserialize<Terms>(text, JsonSerializerOptions.Web)!);
        map.Property(x => x.Proposer).HasConversion(actor => Write(actor), text => Read(text));
        map.Property(x => x.Answerer).HasConversion(actor => Write(actor), text => Read(text));
        map.HasOne<Link>().WithMany().HasForeignKey(x => x.Link);
    }

    public void Configure(EntityTypeBuilder<Suspension> map)
    {
        map.ToTable("suspension").HasKey(x => x.Id);
        map.Property(x => x.Actor).HasConversion(
            actor => JsonSerializer.Serialize(actor, JsonSerializerOptions.Web),
            text => JsonSerializer.Deserialize<Actor>(text, JsonSerializerOptions.Web)!);
        map.Property(x => x.Reason).HasMaxLength(Link.MaxReason);
        map.HasIndex(x => new { x.Link, x.Since });
        map.HasOne<Link>().WithMany().HasForeignKey(x => x.Link);
    }

    private static string? Write(Actor? actor) => actor is null ? null : JsonSerializer.Serialize(actor, JsonSerializerOptions.Web);

    private static Actor? Read(string? text) => text is null ? null : JsonSerializer.Deserialize<Actor>(text, JsonSerializerOptions.Web);
}
