using Exchange.Api;
using Exchange.Api.Demo;
using Exchange.Api.Http;
using Exchange.Api.Routes;
using Exchange.Core;
using Exchange.Core.Store;
using Exchange.Data;
using Exchange.Worker;

try
{
    var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
    var settings = Settings.Read(builder.Configuration);
    builder.Services.AddSingleton(settings).AddSingleton(settings.Exchange);
    builder.Services.AddExchangeCore();
    builder.Services.AddExchangeData(settings.Database, settings.Exchange);
    builder.Services.AddExchangeWorker(settings.Bus);
    builder.AddExchangeHttp(settings);

    await using var app = builder.Build();
    app.Services.GetRequiredService<IDialect>();
    app.UseExchangeHttp();
    app.MapExchange();
    await DemoCompanies.Fill(app.Services, settings);
    app.Greet(settings);
    await app.RunAsync();
    return 0;
}
catch (StartRefused refused)
{
    await Console.Error.WriteLineAsync($"The exchange does not start. {refused.Message}");
    return 1;
}
catch (OperationCanceledException)
{
    // Told to stop while it was still starting.
    return 0;
}
catch (IOException inUse) when (inUse.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException)
{
    await Console.Error.WriteLineAsync($"The exchange does not start. {inUse.Message} Stop the other program, or choose another address with --urls.");
    return 1;
}
