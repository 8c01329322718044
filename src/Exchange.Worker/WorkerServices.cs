using Exchange.Core.Accounts;
using Exchange.Worker.Bus;
using Exchange.Worker.Mail;
using Microsoft.Extensions.DependencyInjection;

namespace Exchange.Worker;

/// <summary>Registers what works behind the door: the bus everywhere; relay, timers and file checks where this process is a worker.</summary>
public static class WorkerServices
{
    /// <param name="api">Whether this process is the API, which has pages to keep fresh, and works only where it hosts the worker.</param>
    public static IServiceCollection AddExchangeWorker(this IServiceCollection services, Settings settings, bool api)
    {
        var works = !api || settings.HostsWorker;
        services.AddExchangeBus(settings, new Node(Relays: works, Listens: api && !settings.InMemory));
        services.AddSingleton(settings.Mail).AddSingleton<MailSender>().AddSingleton<IMail>(s => s.GetRequiredService<MailSender>());
        services.AddHostedService(s => s.GetRequiredService<MailSender>());
        services.AddHostedService<ChainTeller>();
        if (works)
        {
            services.AddHostedService<Sweeper>();
            services.AddHostedService<Settler>();
            services.AddSingleton<Jobs>();
            services.AddSingleton<Forgetting>();
            services.AddHostedService<Timers>();
            services.AddHostedService<FileChecker>();
            services.AddHostedService<Telling>();
        }

        return services;
    }

    /// <summary>Mails that tell of something go out where their words are: beside the pages.</summary>
    public static IServiceCollection AddNoticeMails(this IServiceCollection services) => services.AddHostedService<NoticeMails>();
}
