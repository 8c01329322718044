using Exchange.Api;
using Exchange.Api.Demo;
using Exchange.Api.Http;
using Exchange.Api.Routes;
using Exchange.Core;
using Exchange.Core.Store;
using Exchange.Data;
using Exchange.Web;
using Exchange.Worker;

return await Starting.Guarded(async () =>
{
    // The settings lie beside the program, whatever the current folder is.
    var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
    var settings = Settings.Read(builder.Configuration);
    builder.Services.AddSingleton(settings).AddSingleton(settings.Exchange);
    builder.Services.AddExchangeCore();
    builder.Services.AddExchangeData(settings.Database, settings.ConnectionStrings, settings.Exchange);
    builder.Services.AddExchangeWorker(settings, api: true);
    builder.Services.AddExchangeWeb(Path.Combine(settings.Exchange.Data, "keys"));
    builder.Services.AddNoticeMails();
    builder.AddExchangeHttp(settings);

    await using var app = builder.Build();
    using var early = Starting.StopsWith(app.Services);
    await app.Services.PrepareDatabase(migrate: true, Starting.Stopping);
    app.UseExchangeHttp();
    app.MapExchange();
    await DemoCompanies.Fill(app.Services, settings);
    app.Greet(settings);
    await app.RunAsync();
});
