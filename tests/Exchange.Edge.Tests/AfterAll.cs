using Exchange.Edge.Tests.TestKit;
using NUnit.Framework;

namespace Exchange.Edge.Tests;

[SetUpFixture]
public sealed class AfterAll
{
    [OneTimeTearDown]
    public async Task Engines_are_left_as_they_were()
    {
        foreach (var engine in (Engine[])[Engine.Sqlite, Engine.Postgres, Engine.SqlServer])
        {
            await engine.End();
        }
    }
}
