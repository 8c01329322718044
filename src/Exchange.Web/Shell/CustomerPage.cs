using Exchange.Core.Accounts;
using Exchange.Core.Kernel;
using Exchange.Core.Store;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace Exchange.Web.Shell;

/// <summary>The time zone of a page outside of a desk: that of the company whose customer, or member, reads it.</summary>
public sealed record PlaceZone(TimeZoneInfo Zone)
{
    public static PlaceZone Of(string timeZone) => new(TimeZoneInfo.TryFindSystemTimeZoneById(timeZone, out var zone) ? zone : TimeZoneInfo.Utc);

    /// <summary>For a person who has chosen no zone of his own, as his company has it.</summary>
    public static void Set(HttpContext http, PersonView person, IReadOnlyList<AccountOfMember> companies)
    {
        if (person.TimeZone is null && companies is [var first, ..])
        {
            http.Features.Set(Of(first.TimeZone));
        }
    }
}

/// <summary>A page for a company's customers, who have no account.</summary>
public abstract class CustomerPage : ExchangePage
{
    private readonly HashSet<string> _bad = new(StringComparer.Ordinal);

    [BindProperty(Name = "once")]
    public string? FormKey { get; set; }

    public bool IsBad(string field) => _bad.Contains(field);

    protected void In(string timeZone) => HttpContext.Features.Set(PlaceZone.Of(timeZone));

    /// <summary>A scope of its own: a stranger's keys are in the way of nobody at the company.</summary>
    protected Once? Once(AccountId account) =>
        FormKey is { Length: > 0 and <= ReplayRow.MaxKey } key && key.All(char.IsAsciiLetterOrDigit) ? new Once($"customer {account}", key) : null;

    protected void Refuse(int status, string problem)
    {
        Response.StatusCode = status;
        Say(problem);
    }

    /// <summary>Says what is wrong in a customer's words: he does not know the names of our fields.</summary>
    protected void Refuse(Fault fault)
    {
        switch (fault)
        {
            case { Code: Codes.TicketClosed }:
                Refuse(409, T[fault.Detail]);
                return;
            case { Code: Codes.FileTooLarge }:
                Refuse(413, T["wrong:files"]);
                return;
            case { Errors: null }:
                Tell(fault);
                return;
        }

        var errors = fault.Errors!;
        _bad.UnionWith(errors.Keys);
        Response.StatusCode = 400;
        foreach (var field in errors.Keys)
        {
            Say(WhatIsWrong(field));
        }
    }

    /// <summary>What has to be mended in a field.</summary>
    protected virtual string WhatIsWrong(string field) => T[$"wrong:{field}"];
}
