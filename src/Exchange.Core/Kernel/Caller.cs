using Exchange.Contracts.V1;
using Exchange.Core.Accounts;

namespace Exchange.Core.Kernel;

/// <summary>Who asks: an account through one of its keys, or the exchange itself.</summary>
/// <param name="Account">The account on whose behalf; empty for the exchange itself and for sign-up.</param>
/// <param name="AccountName">What the account is called.</param>
/// <param name="Actor">Who, within the account.</param>
public sealed record Caller(AccountId Account, string AccountName, Actor Actor)
{
    /// <summary>What a person may do; null for whoever is no person.</summary>
    public Roles? Roles { get; init; }

    /// <summary>Nobody yet: someone who signs up.</summary>
    public static readonly Caller Stranger = new(default, "", new Actor("person", "stranger", "stranger"));

    /// <summary>The exchange itself: relay and upkeep.</summary>
    public static readonly Caller Exchange = new(default, "", new Actor("system", "exchange", "Exchange"));

    /// <summary>A rule that the account agreed to, such as acceptance by terms.</summary>
    public static Caller Rule(AccountId account, string accountName, string rule) =>
        new(account, accountName, new Actor("rule", rule, rule));
}

/// <summary>An Idempotency-Key: the same key with the same request has its effect once.</summary>
/// <param name="Scope">Whose key it is: the account's id, or the address of a stranger.</param>
/// <param name="Key">As sent by the client.</param>
public sealed record Once(string Scope, string Key);
