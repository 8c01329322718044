using Exchange.Core.Accounts;
using Exchange.Core.Kernel;

namespace Exchange.Web.Shell;

/// <summary>Who looks at a page, and in which account.</summary>
/// <param name="In">The account in the address; the caller's membership was checked.</param>
public sealed record At(PersonSession Session, AccountOfMember In, Caller Caller, TimeZoneInfo Zone)
{
    public PersonView Person => Session.Person;

    /// <summary>An address within this account: <c>At.Path("tickets")</c>.</summary>
    public string Path(string rest) => $"/at/{In.Slug}/{rest}";
}
