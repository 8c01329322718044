using Exchange.Core.Accounts;
using Exchange.Core.Desk;
using Exchange.Core.Kernel;
using Exchange.Core.Store;
using Exchange.Web.Shell;
using Microsoft.AspNetCore.Mvc;

namespace Exchange.Web.Pages.Desk.Settings;

/// <summary>Whether customers open tickets by a form, and what it asks them.</summary>
[Sees(Roles.Admin)]
public sealed class FormModel(CustomerViews views, IMail mail) : DeskPage
{
    private Dictionary<string, string> _asked = new(StringComparer.Ordinal);

    /// <summary>Whether anybody can open it now.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>As ticked.</summary>
    public bool Open { get; private set; }

    public string? Greeting { get; private set; }

    public bool Files { get; private set; }

    /// <summary>Whether customers are told by mail.</summary>
    public bool Mails { get; private set; }

    public IReadOnlyList<string> Words { get; } = [.. Words<Asked>.All];

    public IReadOnlyList<(string Name, string Label, string Value)> Choices =>
    [
        ("phone", T["Telephone number"], _asked["phone"]),
        ("description", T["Description"], _asked["description"]),
        ("asset", T["Machine or thing"], _asked["asset"]),
        ("serial", T["Serial number"], _asked["serial"]),
        ("place", T["Place"], _asked["place"]),
    ];

    public string Address => mail.Link($"/for/{At.In.Slug}") is { } set && Uri.IsWellFormedUriString(set, UriKind.Absolute) ? set : $"{Request.Scheme}://{Request.Host}/for/{At.In.Slug}";

    public async Task OnGetAsync()
    {
        var form = await views.Own(Me, Gone);
        var f = form.Fields;
        (Open, IsOpen, Greeting, Files, Mails) = (form.Open, form.Open, form.Greeting, f.Files, !form.IsSilent);
        _asked = Asks(f.Phone.Word(), f.Description.Word(), f.Asset.Word(), f.Serial.Word(), f.Place.Word());
    }

    public async Task<IActionResult> OnPostAsync(bool open, string? greeting, string? phone, string? description, string? asset, string? serial, string? place, bool files, bool mails)
    {
        var changed = await Ask<ChangeCustomerForm, AccountId>(new ChangeCustomerForm(open, greeting, phone, description, asset, serial, place, files, mails));
        if (changed.Ok)
        {
            Toast = T["Saved."];
            return Redirect(At.Path("settings/form"));
        }

        IsOpen = (await views.Own(Me, Gone)).Open;
        (Open, Greeting, Files, Mails) = (open, greeting, files, mails);
        _asked = Asks(phone, description, asset, serial, place);
        return Page();
    }

    private static Dictionary<string, string> Asks(string? phone, string? description, string? asset, string? serial, string? place) => new(StringComparer.Ordinal)
    {
        ["phone"] = phone ?? "", ["description"] = description ?? "", ["asset"] = asset ?? "", ["serial"] = serial ?? "", ["place"] = place ?? "",
    };
}
