using Exchange.Core.Accounts;
using Exchange.Core.Desk;
using Exchange.Core.Handoffs;
using Exchange.Core.Kernel;
using Exchange.Core.Notices;

namespace Exchange.Web.Shell;

/// <summary>A page of the company's settings.</summary>
/// <param name="Path">Within the account.</param>
/// <param name="Title">The key of its text.</param>
public sealed record SettingsTab(string Name, string Path, string Title)
{
    /// <summary>Those that somebody may open; with none, settings are not his business.</summary>
    public static IReadOnlyList<SettingsTab> Of(Caller caller) =>
    [
        .. caller.May<ChangeAccount>() ? [new SettingsTab("company", "settings", "Company")] : Array.Empty<SettingsTab>(),
        .. caller.May<InviteMember>() ? [new SettingsTab("members", "settings/members", "Members")] : Array.Empty<SettingsTab>(),
        .. caller.May<MakeKey>() ? [new SettingsTab("keys", "settings/keys", "API keys")] : Array.Empty<SettingsTab>(),
        .. caller.May<MakeRoute>() ? [new SettingsTab("routes", "settings/routes", "Routes")] : Array.Empty<SettingsTab>(),
        .. caller.May<AddField>() ? [new SettingsTab("fields", "settings/fields", "Fields")] : Array.Empty<SettingsTab>(),
        .. caller.May<AddCalendar>() ? [new SettingsTab("calendars", "settings/calendars", "Calendars")] : Array.Empty<SettingsTab>(),
        .. caller.May<ChangeCustomerForm>() ? [new SettingsTab("form", "settings/form", "Customers’ form")] : Array.Empty<SettingsTab>(),
        .. caller.May<ChangeNoticeRules>() ? [new SettingsTab("notifications", "settings/notifications", "Your notifications")] : Array.Empty<SettingsTab>(),
    ];
}
