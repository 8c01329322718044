using Exchange.Core.Accounts;
using Exchange.Core.Kernel;
using Exchange.Core.Links;
using Exchange.Core.Store;
using Exchange.Web.Pages;
using Exchange.Worker;
using Microsoft.EntityFrameworkCore;

namespace Exchange.Api.Demo;

/// <summary>
/// Fills an empty exchange with three companies and their tickets, through the same door as every request, so that nothing stands
/// there that could not have happened. On the embedded default only.
/// </summary>
internal static partial class DemoCompanies
{
    public static async Task Fill(IServiceProvider services, Settings settings)
    {
        if (!Wanted(settings))
        {
            return;
        }

        services.GetRequiredService<DemoPeople>().All = DemoPeopleOfDesks.Said;

        var log = services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(DemoCompanies).FullName!);
        var filling = Path.Combine(settings.Exchange.Data, "demo-filling");
        if (await AnyAccount(services))
        {
            if (File.Exists(filling))
            {
                Incomplete(log, Path.GetFullPath(settings.Exchange.Data));
            }

            return;
        }

        // The marker lies there before the first account, and goes when all is told: a start that ends in between leaves it behind.
        await using (var marker = new FileStream(filling, FileMode.Create))
        {
            marker.Flush(flushToDisk: true);
        }

        var stage = new Stage(services, settings.Exchange);
        await SignUp(stage, settings);
        await DemoPeopleOfDesks.Join(stage, services);
        await DemoForms.Open(stage);
        await DemoFields.Add(stage);
        await DemoCalendars.Add(stage);
        await Link(stage);
        var handoffs = 0;
        foreach (var ticket in DemoTickets.All)
        {
            var scene = new Scene(stage, ticket);
            await scene.Play();
            handoffs += scene.Handoffs;
        }

        await stage.Settle();
        File.Delete(filling);
        Filled(log, Cast.Companies.Count, DemoTickets.All.Count, handoffs);
    }

    /// <summary>What the greeting says of them: who they are, their keys, and a first thing to ask.</summary>
    public static IEnumerable<string> Said(Settings settings, string address)
    {
        var keys = Wanted(settings) ? new DemoKeys(settings.Exchange.Data).Read() : new Dictionary<string, string>(StringComparer.Ordinal);
        var known = Cast.Companies.Where(company => keys.ContainsKey(company.Slug)).ToList();
        return known.Count == 0 ? [] : known.SelectMany(company => (string[])
        [
            $"    {company.Name}, {company.What}",
            $"      key        {keys[company.Slug]}",
            $"      for one    curl -s '{address}/api/v1/{company.Try}' -H 'Authorization: Bearer {keys[company.Slug]}'",
        ]).Prepend("  demo         companies to play with; their keys open demo data alone");
    }

    private static bool Wanted(Settings settings) => settings.Exchange.Demo && settings.Embedded;

    private static async Task<bool> AnyAccount(IServiceProvider services)
    {
        await using var db = services.GetRequiredService<IDialect>().Read();
        return await db.Accounts.AnyAsync();
    }

    private static async Task SignUp(Stage stage, Settings settings)
    {
        var keys = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var company in Cast.Companies)
        {
            var signed = await stage.Do<SignUp, SignedUp>(new SignUp(company.Name, company.Slug, company.TimeZone), null);
            stage.Join(company, signed.Id);
            keys[company.Slug] = signed.ApiKey;
        }

        new DemoKeys(settings.Exchange.Data).Write(keys);
    }

    private static async Task Link(Stage stage)
    {
        foreach (var (by, with, terms) in Cast.Links)
        {
            var invited = await stage.Do<InvitePartner, Invited>(new InvitePartner(terms), by);
            stage.Link(by.Of, with.Of, await stage.Do<AcceptInvitation, LinkId>(new AcceptInvitation(invited.InviteCode), with));
        }
    }

    [LoggerMessage(LogLevel.Information, "Demo: {Companies} companies, {Tickets} tickets, {Handoffs} handoffs")]
    private static partial void Filled(ILogger log, int companies, int tickets, int handoffs);

    [LoggerMessage(LogLevel.Warning,
        "The demo data is incomplete: the start that was filling it ended too early. The exchange serves what is there. To start over, stop it, delete the folder {Folder} and start it again.")]
    private static partial void Incomplete(ILogger log, string folder);
}
