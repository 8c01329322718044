using Exchange.Core.Accounts;
using Exchange.Web.Shell;

namespace Exchange.Web.Pages.Desk;

[Sees(Roles.Any)]
public sealed class HomeModel : DeskPage
{
    public string Greeting => T[Show.Local(Show.Now).Hour switch { < 5 => "Good evening, {0}", < 12 => "Good morning, {0}", < 18 => "Good afternoon, {0}", _ => "Good evening, {0}" }, At.In.MemberName.Split(' ')[0]];
}
