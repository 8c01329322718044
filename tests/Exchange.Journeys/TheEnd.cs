using Exchange.Journeys.Screens;

namespace Exchange.Journeys;

/// <summary>Ends what the fixtures share.</summary>
[SetUpFixture]
sealed class TheEnd
{
    [OneTimeTearDown]
    public async Task All_that_was_started_is_ended()
    {
        await Stage.Strike();
        await Servers.Down();
    }
}
