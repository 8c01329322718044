using System.Text;
using Exchange.Data.People;
using Exchange.Data.Postgres;
using Exchange.Data.Servers;
using Exchange.Data.Sqlite;
using Exchange.Data.SqlServer;
using Exchange.Edge.Tests.House;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using NUnit.Framework;

namespace Exchange.Edge.Tests.Nodes;

/// <summary>What is sent to servers stands in the repository, read and approved; EXCHANGE_APPROVE=1 writes it anew.</summary>
public sealed class The_sql_of_the_servers
{
    private static readonly bool Approving = Environment.GetEnvironmentVariable("EXCHANGE_APPROVE") == "1";

    [TestCase("Sqlite")]
    [TestCase("Postgres")]
    [TestCase("SqlServer")]
    [TestCase("Sqlite, people")]
    [TestCase("Postgres, people")]
    [TestCase("SqlServer, people")]
    public void Has_no_migration_pending(string provider)
    {
        using DbContext db = provider switch
        {
            "Sqlite" => new SqliteDesignTime().CreateDbContext([]),
            "Postgres" => new PostgresDesignTime().CreateDbContext([]),
            "SqlServer" => new SqlServerDesignTime().CreateDbContext([]),
            "Sqlite, people" => People<SqlitePeopleDb>(),
            "Postgres, people" => People<PostgresPeopleDb>(),
            _ => People<SqlServerPeopleDb>(),
        };
        Assert.That(db.Database.HasPendingModelChanges(), Is.False, "the model has changed: add a migration to each provider");
    }

    [Test]
    public async Task Of_sql_server_is_approved()
    {
        await using var db = new SqlServerDesignTime().CreateDbContext([]);
        await Approve("SqlServer.migrations.sql", db.GetService<IMigrator>().GenerateScript(options: MigrationsSqlGenerationOptions.Idempotent));
        await using var people = People<SqlServerPeopleDb>();
        await Approve("SqlServer.people.migrations.sql", people.GetService<IMigrator>().GenerateScript(options: MigrationsSqlGenerationOptions.Idempotent));
        await Approve("SqlServer.statements.sql", Written(new SqlServerStatements()));
    }

    [Test]
    public Task Of_postgres_is_approved() => Approve("Postgres.statements.sql", Written(new PostgresStatements()));

    private static T People<T>()
        where T : PeopleDb => ((IDesignTimeDbContextFactory<T>)(object)new PeopleDesignTime()).CreateDbContext([]);

    private static string Written(ServerStatements statements)
    {
        var text = new StringBuilder();
        foreach (var (name, statement) in statements.All)
        {
            text.Append("-- ").Append(name).Append(" (").AppendJoin(", ", statement.Kinds).Append(')').Append('\n').Append(statement.Sql).Append(";\n\n");
        }

        return text.ToString();
    }

    private static async Task Approve(string name, string text)
    {
        var file = Repository.In($"tests/Exchange.Edge.Tests/Approved/{name}");
        text = text.TrimStart('\uFEFF').ReplaceLineEndings("\n").TrimEnd() + "\n";
        if (Approving)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            await File.WriteAllTextAsync(file, text);
        }

        Assert.That(File.Exists(file), Is.True, $"{name} is not approved yet: EXCHANGE_APPROVE=1 writes it, and then it is to be read.");
        Assert.That(text, Is.EqualTo((await File.ReadAllTextAsync(file)).ReplaceLineEndings("\n")), $"{name} has changed: read what is sent now, and approve it with EXCHANGE_APPROVE=1.");
    }
}
