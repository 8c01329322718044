using Exchange.Core.Accounts;

namespace Exchange.Web.Shell;

/// <summary>The boxes of a form that chooses roles.</summary>
/// <param name="Id">What the ids of the boxes begin with; once on a page.</param>
public sealed record RolesChoice(string Id, Roles Held);
