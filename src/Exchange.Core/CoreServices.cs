using Exchange.Core.Accounts;
using Exchange.Core.Desk;
using Exchange.Core.Files;
using Exchange.Core.Handoffs;
using Exchange.Core.Kernel;
using Exchange.Core.Links;
using Exchange.Core.Live;
using Exchange.Core.Relay;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Exchange.Core;

/// <summary>Registers the product's own parts. All are stateless or safe to share.</summary>
public static class CoreServices
{
    public static IServiceCollection AddExchangeCore(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<Door>();
        foreach (var deed in Door.AllDeeds)
        {
            services.AddSingleton(deed);
        }

        services.AddSingleton<Keyring>();
        services.AddSingleton<Ring>();
        services.AddSingleton<FileBell>();
        services.AddSingleton<Changes>();
        services.AddSingleton<Appender>();
        services.AddSingleton<Commands>();
        services.AddSingleton<Talk>();
        services.AddSingleton<FileAnnouncer>();
        services.AddSingleton<IDesk, BuiltInDesk>();
        services.AddSingleton<Desks>();
        services.AddSingleton<Relay.Relay>();
        services.AddSingleton<AccountViews>();
        services.AddSingleton<LinkViews>();
        services.AddSingleton<HandoffViews>();
        services.AddSingleton<TicketViews>();
        services.AddSingleton<ConversationViews>();
        services.AddSingleton<FileViews>();
        services.AddSingleton<ChainViews>();
        services.AddSingleton<ParkedViews>();
        services.AddSingleton<HealthViews>();
        return services;
    }
}
