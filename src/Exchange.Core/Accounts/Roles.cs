using System.Collections.Concurrent;
using System.Reflection;
using Exchange.Core.Kernel;

namespace Exchange.Core.Accounts;

/// <summary>What a member of an account may do. One may have several.</summary>
[Flags]
public enum Roles
{
    None = 0,

    /// <summary>Everything, members, keys and the company's settings among it.</summary>
    Admin = 1,

    /// <summary>Links and their terms, routes, parked items.</summary>
    LinkAdmin = 2,

    /// <summary>All work, and the answers to offers.</summary>
    Dispatcher = 4,

    /// <summary>Work: tickets, comments, files and handoffs.</summary>
    Agent = 8,

    /// <summary>Ratings.</summary>
    Quality = 16,

    /// <summary>What is owed; sees the work, changes nothing of it.</summary>
    Finance = 32,

    /// <summary>Sees everything, changes nothing.</summary>
    Auditor = 64,

    Work = Dispatcher | Agent,

    Any = Admin | LinkAdmin | Dispatcher | Agent | Quality | Finance | Auditor,
}

/// <summary>
/// The roles, besides admin, whose people may ask this. Every ask says so; one that does not is refused to all people. What a key
/// may ask is said by its scopes, and the exchange itself may ask everything.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class AllowedToAttribute(Roles roles) : Attribute
{
    /// <summary><see cref="Accounts.Roles.None"/>: the exchange itself, or somebody who is not a member yet.</summary>
    public Roles Roles => roles;
}

/// <summary>Who may ask what.</summary>
public static class Rights
{
    /// <summary>The single roles, in the order in which they are shown.</summary>
    public static readonly IReadOnlyList<Roles> Each = [Roles.Admin, Roles.LinkAdmin, Roles.Dispatcher, Roles.Agent, Roles.Quality, Roles.Finance, Roles.Auditor];

    private static readonly ConcurrentDictionary<Type, Roles?> Known = new();

    public static bool Includes(this Roles held, Roles wanted) => (held & (wanted | Roles.Admin)) != Roles.None;

    /// <summary>Who may ask it; null for an ask that does not say.</summary>
    public static Roles? Of(Type ask) => Known.GetOrAdd(ask, type => type.GetCustomAttribute<AllowedToAttribute>()?.Roles);

    /// <summary>Whether a person with these roles may ask it: what a page does not let him ask, it does not show.</summary>
    public static bool May<TAsk>(this Caller caller) => Refusal(caller, typeof(TAsk)) is null;

    /// <summary>Why a person may not ask this; null when he may, and for whoever is no person.</summary>
    internal static Fault? Refusal(Caller caller, Type ask) => caller.Roles is not { } held
        ? null
        : Of(ask) is { } wanted && wanted != Roles.None && held.Includes(wanted)
            ? null
            : new Fault(Codes.Forbidden, "Your role in this company does not allow this: ask an admin of it.");
}
