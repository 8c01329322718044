using System.Collections;
using NUnit.Framework;
using NUnit.Framework.Interfaces;

namespace Exchange.Edge.Tests.TestKit;

/// <summary>
/// The engines that the contract suites run on. PostgreSQL is always among them, ignored with the reason where it is missing;
/// SQL Server where there is one, and <see cref="The_contract_suites"/> says so where there is none.
/// </summary>
public sealed class Engines : IEnumerable<ITestFixtureData>
{
    public IEnumerator<ITestFixtureData> GetEnumerator() => For(Engine.Sqlite, Engine.Postgres, Engine.SqlServer).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal static IEnumerable<ITestFixtureData> For(params Engine[] engines) => engines
        .Where(engine => engine.Missing is null || engine != Engine.SqlServer)
        .Select(engine => engine.Missing is { } missing ? (TestFixtureData)new TestFixtureData(engine).Ignore(missing) : new TestFixtureData(engine));
}

/// <summary>Those at which several nodes write at once.</summary>
public sealed class Servers : IEnumerable<ITestFixtureData>
{
    public IEnumerator<ITestFixtureData> GetEnumerator() => Engines.For(Engine.Postgres, Engine.SqlServer).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

public sealed class The_contract_suites
{
    [Test]
    public void Run_on_sql_server_too()
    {
        if (Engine.SqlServer.Missing is { } missing)
        {
            Assert.Ignore(missing);
        }
    }
}
