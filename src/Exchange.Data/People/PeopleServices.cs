using Exchange.Core.Accounts;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Exchange.Data.People;

internal static class PeopleServices
{
    /// <summary>So many wrong passwords or codes, and nobody is let in for <see cref="LockedFor"/>.</summary>
    internal const int MostWrong = 5;

    private const int ShortestPassword = 10;

    internal static TimeSpan LockedFor => TimeSpan.FromMinutes(10);

    public static void AddPeople(this IServiceCollection services, Func<IServiceProvider, PeopleDb> open)
    {
        services.AddScoped(open);
        services.AddIdentityCore<Person>(options =>
            {
                options.User.RequireUniqueEmail = true;
                options.User.AllowedUserNameCharacters = "";
                options.Password.RequiredLength = ShortestPassword;
                options.Password.RequiredUniqueChars = 4;
                options.Password.RequireDigit = options.Password.RequireLowercase = options.Password.RequireUppercase = options.Password.RequireNonAlphanumeric = false;
                options.Lockout.MaxFailedAccessAttempts = MostWrong;
                options.Lockout.DefaultLockoutTimeSpan = LockedFor;
            })
            .AddEntityFrameworkStores<PeopleDb>()
            .AddTokenProvider<AuthenticatorTokenProvider<Person>>(TokenOptions.DefaultAuthenticatorProvider);
        services.AddSingleton<IPeople, PeopleStore>();
    }
}
