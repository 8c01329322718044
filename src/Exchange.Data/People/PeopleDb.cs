using Exchange.Core.Store;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Exchange.Data.People;

/// <summary>Somebody who can sign in, as Identity keeps him.</summary>
public sealed class Person : IdentityUser<Guid>
{
    public required string Name { get; set; }

    public string? Language { get; set; }

    public string? TimeZone { get; set; }
}

/// <summary>A browser in which somebody has signed in. The cookie holds its id alone, so that ending the row ends the session.</summary>
public sealed class Session
{
    public required Guid Id { get; init; }

    public required Guid Person { get; init; }

    public required string Agent { get; init; }

    public required string Address { get; set; }

    public required DateTimeOffset BegunAt { get; init; }

    public required DateTimeOffset SeenAt { get; set; }
}

/// <summary>A code that lets whoever holds it choose a new password. Only its SHA-256 is kept.</summary>
public sealed class ResetCode
{
    public required Guid Id { get; init; }

    public required Guid Person { get; init; }

    public required byte[] Hash { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    public DateTimeOffset? UsedAt { get; set; }
}

/// <summary>People and their sessions: a model of its own, in a database of its own on SQLite, beside the others on a server.</summary>
public abstract class PeopleDb(DbContextOptions options) : IdentityUserContext<Person, Guid>(options)
{
    public const string History = "__PeopleMigrations";

    public DbSet<Session> Sessions => Set<Session>();

    public DbSet<ResetCode> ResetCodes => Set<ResetCode>();

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.Entity<Person>(map =>
        {
            map.ToTable("person");
            map.Property(x => x.Name).HasMaxLength(120);
            map.Property(x => x.Language).HasMaxLength(10);
            map.Property(x => x.TimeZone).HasMaxLength(80);
        });
        builder.Entity<IdentityUserClaim<Guid>>().ToTable("person_claim");
        builder.Entity<IdentityUserLogin<Guid>>().ToTable("person_login");
        builder.Entity<IdentityUserToken<Guid>>().ToTable("person_token");
        builder.Entity<Session>(map =>
        {
            map.ToTable("person_session").HasKey(x => x.Id);
            map.Property(x => x.Id).ValueGeneratedNever();
            map.Property(x => x.Agent).HasMaxLength(300);
            map.Property(x => x.Address).HasMaxLength(60);
            map.HasIndex(x => x.Person);
            map.HasOne<Person>().WithMany().HasForeignKey(x => x.Person);
        });
        builder.Entity<ResetCode>(map =>
        {
            map.ToTable("person_reset").HasKey(x => x.Id);
            map.Property(x => x.Id).ValueGeneratedNever();
            map.Property(x => x.Hash).HasMaxLength(32);
            map.HasIndex(x => x.Hash).IsUnique();
            map.HasOne<Person>().WithMany().HasForeignKey(x => x.Person);
        });
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<MicrosConverter>();

    private sealed class MicrosConverter() : ValueConverter<DateTimeOffset, long>(time => Micros.Of(time), micros => Micros.ToTime(micros));
}
