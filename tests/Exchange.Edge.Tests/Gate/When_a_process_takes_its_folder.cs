using Exchange.Core.Store;
using Exchange.Data.Sqlite;
using Exchange.Edge.Tests.TestKit;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using NUnit.Framework;

namespace Exchange.Edge.Tests.Gate;

public sealed class When_a_process_takes_its_folder
{
    private string _folder = null!;

    [SetUp]
    public void Begin() => _folder = Directory.CreateTempSubdirectory("exchange-start-").FullName;

    [TearDown]
    public void End() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void A_second_one_is_refused_and_told_which_folder()
    {
        using (Start())
        {
            var refused = Assert.Throws<StartRefused>(() => Start().Dispose());
            Assert.That(refused!.Message, Does.Contain(_folder).And.Contain("in use"));
        }

        Assert.DoesNotThrow(() => Start().Dispose(), "the folder is free again");
    }

    [Test]
    public void A_database_of_a_newer_version_is_refused_unchanged_and_the_folder_let_go()
    {
        Start().Dispose();
        Sql("INSERT INTO __EFMigrationsHistory VALUES ('29991231235959_Later', '99.0.0')");
        var before = Digest();
        var refused = Assert.Throws<StartRefused>(() => Start().Dispose());
        Assert.Multiple(() =>
        {
            Assert.That(refused!.Message, Does.Contain("29991231235959_Later").And.Contain(_folder));
            Assert.That(Digest(), Is.EqualTo(before));
        });
        Sql("DELETE FROM __EFMigrationsHistory WHERE MigrationId LIKE '2999%'");
        Assert.DoesNotThrow(() => Start().Dispose());
    }

    [Test]
    [CancelAfter(30_000)]
    public async Task A_lock_that_a_killed_migration_left_does_not_block(CancellationToken limit)
    {
        Sql("CREATE TABLE __EFMigrationsLock (Id INTEGER NOT NULL CONSTRAINT PK___EFMigrationsLock PRIMARY KEY, Timestamp TEXT NOT NULL); INSERT INTO __EFMigrationsLock VALUES (1, '2026-01-01 00:00:00')");
        await Task.Run(() => Start().Dispose(), limit).WaitAsync(limit);
        await using var world = World.Open(_folder);
        Assert.That((await world.Join("Ada")).Account.Value, Is.Not.EqualTo(Guid.Empty));
    }

    [Test]
    [CancelAfter(30_000)]
    public async Task A_lock_that_was_left_after_the_last_migration_does_not_block_either(CancellationToken limit)
    {
        Start().Dispose();
        Sql("INSERT OR REPLACE INTO __EFMigrationsLock VALUES (1, '2026-01-01 00:00:00')");
        await Task.Run(() => Start().Dispose(), limit).WaitAsync(limit);
    }

    [Test]
    public async Task A_start_over_changes_nothing()
    {
        await using (var world = World.Open(_folder))
        {
            var ada = await world.Join("Ada");
            await world.OpenTicket(ada);
        }

        var before = Digest();
        Start().Dispose();
        Assert.That(Digest(), Is.EqualTo(before));
    }

    [Test]
    public void A_folder_that_cannot_be_made_is_refused()
    {
        var file = Path.Combine(_folder, "a-file");
        File.WriteAllText(file, "");
        var refused = Assert.Throws<StartRefused>(() => SqliteStart.Begin(Path.Combine(file, "below"), NullLogger.Instance).Dispose());
        Assert.That(refused!.Message, Does.Contain(file));
    }

    private SqliteStart Start() => SqliteStart.Begin(_folder, NullLogger.Instance);

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection($"Data Source={Path.Combine(_folder, "exchange.db")};Pooling=False");
        connection.Open();
        return connection;
    }

    private void Sql(string sql)
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private string Digest()
    {
        using var connection = Open();
        return Rows.Digest(connection);
    }
}
