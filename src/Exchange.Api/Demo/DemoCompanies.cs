namespace Exchange.Api.Demo;

internal static class DemoCompanies
{
    public static Task Fill(IServiceProvider services, Settings settings) => Task.CompletedTask;

    public static IEnumerable<string> Said(Settings settings, string address) => [];
}
