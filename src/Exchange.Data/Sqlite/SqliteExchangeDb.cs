using Exchange.Core.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Exchange.Data.Sqlite;

/// <summary>The shared model on SQLite: ids are 16 bytes in their own order, tables with a natural key are stored by it.</summary>
public sealed class SqliteExchangeDb(DbContextOptions<SqliteExchangeDb> options) : ExchangeDb(options)
{
    /// <summary>For a reading context: where it goes when its reader is done, instead of its end.</summary>
    internal Action<SqliteExchangeDb>? GiveBack { get; set; }

    protected override Type IdConverter => typeof(IdBytes<>);

    public override async ValueTask DisposeAsync()
    {
        if (GiveBack is { } giveBack)
        {
            giveBack(this);
        }
        else
        {
            await base.DisposeAsync();
        }
    }

    protected override void OnConfiguring(DbContextOptionsBuilder builder) =>
        builder.ReplaceService<IMigrationsSqlGenerator, SqliteClusteredTables>();

    protected override void ConfigureConventions(ModelConfigurationBuilder conventions)
    {
        base.ConfigureConventions(conventions);
        conventions.Properties<Guid>().HaveConversion<GuidBytes>();
    }
}

/// <summary>For the migrations tool alone.</summary>
public sealed class SqliteDesignTime : IDesignTimeDbContextFactory<SqliteExchangeDb>
{
    public SqliteExchangeDb CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<SqliteExchangeDb>().UseSqlite("Data Source=design-time.db").Options);
}
