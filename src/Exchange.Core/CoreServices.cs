using Exchange.Core.Accounts;
using Exchange.Core.Desk;
using Exchange.Core.Events;
using Exchange.Core.Files;
using Exchange.Core.Handoffs;
using Exchange.Core.Kernel;
using Exchange.Core.Links;
using Exchange.Core.Live;
using Exchange.Core.Notices;
using Exchange.Core.Quality;
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
        services.AddSingleton<Onlookers>();
        services.AddSingleton<Commands>();
        services.AddSingleton<Talk>();
        services.AddSingleton<Mirrors>();
        services.AddSingleton<Offers>();
        services.AddSingleton<Routing>();
        services.AddSingleton<LinkCommands>();
        services.AddSingleton<TermsAnswers>();
        services.AddSingleton<FileAnnouncer>();
        services.AddSingleton<IDesk, BuiltInDesk>();
        services.AddSingleton<Desks>();
        services.AddSingleton<Relay.Relay>();
        services.AddSingleton<Membership>();
        services.AddSingleton<AccountViews>();
        services.AddSingleton<MemberViews>();
        services.AddSingleton<CalendarViews>();
        services.AddSingleton<LinkViews>();
        services.AddSingleton<TermsViews>();
        services.AddSingleton<HandoffViews>();
        services.AddSingleton<RouteViews>();
        services.AddSingleton<TicketViews>();
        services.AddSingleton<TicketRows>();
        services.AddSingleton<FieldViews>();
        services.AddSingleton<SavedViews>();
        services.AddSingleton<ConversationViews>();
        services.AddSingleton<FileViews>();
        services.AddSingleton<ThreadViews>();
        services.AddSingleton<DraftViews>();
        services.AddSingleton<CustomerViews>();
        services.AddSingleton<RatingTalk>();
        services.AddSingleton<RatingViews>();
        services.AddSingleton<ScorecardViews>();
        services.AddSingleton<Sequencer>();
        services.AddSingleton<EventViews>();
        services.AddSingleton<EventFeed>();
        services.AddSingleton<ChainViews>();
        services.AddSingleton<ParkedViews>();
        services.AddSingleton<HealthViews>();
        services.AddSingleton<LostOfferViews>();
        services.AddSingleton<InvitationViews>();
        services.AddSingleton<StakeViews>();
        services.AddSingleton<RehearsalViews>();
        services.AddSingleton<LatestRatingViews>();
        services.AddSingleton<NoticeViews>();
        services.AddSingleton<Teller>();
        return services;
    }
}
