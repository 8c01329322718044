using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Exchange.Data.People;

public sealed class SqlitePeopleDb(DbContextOptions<SqlitePeopleDb> options) : PeopleDb(options);

public sealed class PostgresPeopleDb(DbContextOptions<PostgresPeopleDb> options) : PeopleDb(options);

public sealed class SqlServerPeopleDb(DbContextOptions<SqlServerPeopleDb> options) : PeopleDb(options);

/// <summary>How each engine opens the people.</summary>
internal static class PeopleOptions
{
    public static DbContextOptions<SqlitePeopleDb> Sqlite(string connection) => new DbContextOptionsBuilder<SqlitePeopleDb>()
        .UseSqlite(connection, sqlite => sqlite.MigrationsHistoryTable(PeopleDb.History)).Options;

    public static DbContextOptions<SqlitePeopleDb> Sqlite(DbConnection open) => new DbContextOptionsBuilder<SqlitePeopleDb>()
        .UseSqlite(open, sqlite => sqlite.MigrationsHistoryTable(PeopleDb.History)).Options;

    public static DbContextOptions<PostgresPeopleDb> Postgres(string connection) => new DbContextOptionsBuilder<PostgresPeopleDb>()
        .UseNpgsql(connection, npgsql => npgsql.MigrationsHistoryTable(PeopleDb.History)).Options;

    public static DbContextOptions<SqlServerPeopleDb> SqlServer(string connection) => new DbContextOptionsBuilder<SqlServerPeopleDb>()
        .UseSqlServer(connection, server => server.MigrationsHistoryTable(PeopleDb.History)).Options;
}

/// <summary>For the migrations tool alone.</summary>
public sealed class PeopleDesignTime : IDesignTimeDbContextFactory<SqlitePeopleDb>, IDesignTimeDbContextFactory<PostgresPeopleDb>, IDesignTimeDbContextFactory<SqlServerPeopleDb>
{
    SqlitePeopleDb IDesignTimeDbContextFactory<SqlitePeopleDb>.CreateDbContext(string[] args) => new(PeopleOptions.Sqlite("Data Source=design-time"));

    PostgresPeopleDb IDesignTimeDbContextFactory<PostgresPeopleDb>.CreateDbContext(string[] args) => new(PeopleOptions.Postgres("Host=design-time"));

    SqlServerPeopleDb IDesignTimeDbContextFactory<SqlServerPeopleDb>.CreateDbContext(string[] args) => new(PeopleOptions.SqlServer("Server=design-time"));
}
