using Exchange.Core.Desk;
using Exchange.Core.Handoffs;
using Exchange.Core.Relay;
using Exchange.Data.Servers;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Exchange.Data.Postgres;

/// <summary>The shared model on PostgreSQL: ids are its own UUIDs, texts are compared by their bytes whatever the database's locale is.</summary>
public sealed class PostgresExchangeDb(DbContextOptions<PostgresExchangeDb> options) : ServerExchangeDb(options)
{
    protected override Type IdConverter => typeof(IdGuid<>);

    protected override void OnModelCreating(ModelBuilder model)
    {
        base.OnModelCreating(model);

        // Every comment moves these rows: room in the page keeps the new version beside the old one, and the indexes as they are.
        model.Entity<Ticket>().HasStorageParameter("fillfactor", 80);
        model.Entity<Handoff>().HasStorageParameter("fillfactor", 80);
        model.Entity<Bond>().HasStorageParameter("fillfactor", 70);
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder conventions)
    {
        base.ConfigureConventions(conventions);
        conventions.Properties<string>().UseCollation("C");
    }
}

/// <summary>For the migrations tool alone.</summary>
public sealed class PostgresDesignTime : IDesignTimeDbContextFactory<PostgresExchangeDb>
{
    public PostgresExchangeDb CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<PostgresExchangeDb>().UseNpgsql("Host=design-time").Options);
}
