using Exchange.Data.Servers;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Exchange.Data.SqlServer;

/// <summary>
/// The shared model on SQL Server: ids are 16 bytes in their own order (its uniqueidentifier has another), texts are compared by
/// their code points, and nothing is deleted by cascade.
/// </summary>
public sealed class SqlServerExchangeDb(DbContextOptions<SqlServerExchangeDb> options) : ServerExchangeDb(options)
{
    protected override Type IdConverter => typeof(IdBytes<>);

    protected override void ConfigureConventions(ModelConfigurationBuilder conventions)
    {
        base.ConfigureConventions(conventions);
        conventions.Properties<Guid>().HaveConversion<GuidBytes>().HaveColumnType("binary(16)");
        foreach (var id in IdTypes)
        {
            conventions.Properties(id).HaveColumnType("binary(16)");
        }

        conventions.Properties<string>().UseCollation("Latin1_General_100_BIN2");
    }

    protected override void OnModelCreating(ModelBuilder model)
    {
        base.OnModelCreating(model);
        foreach (var key in model.Model.GetEntityTypes().SelectMany(e => e.GetForeignKeys()).Where(k => !k.IsOwnership))
        {
            key.DeleteBehavior = DeleteBehavior.Restrict;
        }
    }
}

/// <summary>For the migrations tool alone.</summary>
public sealed class SqlServerDesignTime : IDesignTimeDbContextFactory<SqlServerExchangeDb>
{
    public SqlServerExchangeDb CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<SqlServerExchangeDb>().UseSqlServer("Server=design-time").Options);
}
