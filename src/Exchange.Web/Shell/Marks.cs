using Exchange.Core.Accounts;

namespace Exchange.Web.Shell;

/// <summary>Who sees a page of an account's desk. Every page and live endpoint says so; one that says nothing is shown to nobody.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class SeesAttribute(Roles roles) : Attribute
{
    public Roles Roles => roles;
}

/// <summary>A page for everybody who has signed in, in no account.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class SignedInAttribute : Attribute;

/// <summary>A page for everybody, signed in or not.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class OpenAttribute : Attribute;
