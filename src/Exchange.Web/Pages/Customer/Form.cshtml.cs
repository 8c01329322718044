using Exchange.Core.Accounts;
using Exchange.Core.Desk;
using Exchange.Core.Kernel;
using Exchange.Web.Shell;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Exchange.Web.Pages.Customer;

/// <summary>One field of the form, as it is drawn.</summary>
public sealed record FormField(string Name, string Label, bool Required, string? Value, int Max, string Type = "text", string? Fill = null)
{
    public bool ManyLines => Type == "lines";
}

/// <summary>A company's form: whoever has its address opens a ticket there.</summary>
[Open]
[RequestSizeLimit(CustomerUploads.MostBody)]
public sealed class FormModel(CustomerViews views, CustomerLimits limits, CustomerUploads uploads, FormStamp stamps, Door door, IMail mail) : CustomerPage
{
    private const int MaxLine = 200;
    private const int MaxShort = 60;
    private const int MaxSerial = 120;

    /// <summary>How a field of the company's own is called where it was refused.</summary>
    private const string OwnPrefix = "fields.";

    public CustomerFormView Form { get; private set; } = null!;

    [BindProperty(Name = "name")]
    public string? FullName { get; set; }

    [BindProperty(Name = "email")]
    public string? Email { get; set; }

    [BindProperty(Name = "phone")]
    public string? Phone { get; set; }

    [BindProperty(Name = "subject")]
    public string? Subject { get; set; }

    [BindProperty(Name = "description")]
    public string? Description { get; set; }

    [BindProperty(Name = "asset")]
    public string? Asset { get; set; }

    [BindProperty(Name = "serial")]
    public string? Serial { get; set; }

    [BindProperty(Name = "place")]
    public string? Place { get; set; }

    [BindProperty(Name = "stamp")]
    public string? Stamp { get; set; }

    /// <summary>Nobody sees this field; who fills it in is a machine.</summary>
    [BindProperty(Name = "website")]
    public string? Decoy { get; set; }

    /// <summary>The same form was sent before, and had its effect.</summary>
    public bool HaveIt { get; private set; }

    public string NextKey { get; } = Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(16));

    public long MaxBytes => uploads.MaxBytes;

    [TempData]
    public string? SentTo { get; set; }

    public IReadOnlyList<FormField> Fields =>
    [
        new("name", T["Your name"], true, FullName, MaxLine, Fill: "name"),
        new("email", T["Your e-mail address"], true, Email, MaxLine, "email", "email"),
        .. Field(Form.Fields.Phone, "phone", T["Your telephone number"], Phone, MaxShort, "tel", "tel"),
        new("subject", T["What is it about, in a line?"], true, Subject, OpenTicketRules.MaxSubject),
        .. Field(Form.Fields.Description, "description", T["What has happened?"], Description, OpenByCustomerRules.MaxText, "lines"),
        .. Field(Form.Fields.Asset, "asset", T["Which machine or thing is it?"], Asset, MaxLine),
        .. Field(Form.Fields.Serial, "serial", T["Its serial number"], Serial, MaxSerial),
        .. Field(Form.Fields.Place, "place", T["Where does it stand?"], Place, MaxLine, fill: "street-address"),
    ];

    /// <summary>What was typed into the company's own fields, by their keys.</summary>
    private IReadOnlyDictionary<string, string> Typed { get; set; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public FieldInputModel Input(FieldView field) => new(field, Typed.GetValueOrDefault(field.Key), IsBad(OwnPrefix + field.Key), field.Required);

    public async Task<IActionResult> OnGetAsync(string slug)
    {
        if (!await Found(slug))
        {
            return NotFound();
        }

        Stamp = stamps.Make();
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string slug, IReadOnlyList<IFormFile> files)
    {
        if (!await Found(slug))
        {
            return NotFound();
        }

        Typed = FieldForm.Typed(Request, Form.Own);
        if (IsMachine())
        {
            return Page();
        }

        if (limits.RefuseForm(HttpContext, Form.Account))
        {
            Refuse(429, T["Too many requests came from your network within an hour. Try again later, or call {0}.", Form.Company]);
            return Page();
        }

        var (stored, refused) = await uploads.Store(Form.Fields.Files ? files : [], Gone);
        if (refused is not null)
        {
            Refuse(refused);
            return Page();
        }

        var ask = new OpenByCustomer(
            FullName, Email, Phone, Subject, Description, Asset, Serial, Place, stored, FieldForm.Inputs(Typed), Languages.Present);
        var opened = await door.Do<OpenByCustomer, RequesterInvited>(
            ask, Requester.As(Form.Account, Form.Company, FullName?.Trim() ?? ""), Once(Form.Account), CancellationToken.None);
        if (!opened.Ok)
        {
            uploads.Drop(stored);
            return Refused(opened.Fault, files.Count > 0);
        }

        return Follow(opened.Value);
    }

    private bool IsMachine()
    {
        if (!string.IsNullOrEmpty(Decoy))
        {
            Refuse(400, T["This looks as if a machine had filled it in: a field that nobody sees was not empty. Send it once more."]);
            return true;
        }

        var says = stamps.Judge(Stamp);
        if (says == StampSays.Unknown)
        {
            Stamp = stamps.Make();

            // What is shown in the field is what was posted, unless it is forgotten.
            ModelState.Remove("stamp");
        }

        if (says != StampSays.Fine)
        {
            Refuse(400, says == StampSays.TooQuick ? T["That was very quick. Read it once more, then send it."] : T["This form has stood open for long. Send it once more."]);
        }

        return says != StampSays.Fine;
    }

    private PageResult Refused(Fault fault, bool hadFiles)
    {
        HaveIt = fault.Code == Codes.AlreadyAnswered;
        if (HaveIt)
        {
            return Page();
        }

        Refuse(fault);
        if (hadFiles)
        {
            Say(T["Choose your files again: a browser does not keep them."]);
        }

        return Page();
    }

    protected override string WhatIsWrong(string field) =>
        Form.Own.FirstOrDefault(f => OwnPrefix + f.Key == field) is { } own && FieldForm.Wrong(T, own, Typed.GetValueOrDefault(own.Key), must: true) is { } why
            ? why
            : base.WhatIsWrong(field);

    private RedirectResult Follow(RequesterInvited invited)
    {
        var path = $"/t/{invited.Token}";

        // Where no mail goes out its text is printed into the log, and this one holds a secret of somebody else.
        if (mail.GoesOut)
        {
            var letter = new Letter(
                invited.Email,
                T["Your request {0} at {1}", Numbers.Show(invited.Number), Form.Company],
                string.Join("\n\n", T["{0} has your request. Here you follow it and answer, without an account:", Form.Company], mail.Link(path), T["Whoever has this address reads the conversation. If it was not you who opened the request, throw this mail away."]));
            mail.Send(_ => Task.FromResult<Letter?>(letter));
        }

        SentTo = mail.GoesOut ? invited.Email : "";
        return Redirect(path);
    }

    private async Task<bool> Found(string slug)
    {
        if (await views.Form(slug, Gone) is not { } form)
        {
            return false;
        }

        Form = form;
        In(form.TimeZone);
        return true;
    }

    private static IEnumerable<FormField> Field(Asked asked, string name, string label, string? value, int max, string type = "text", string? fill = null) =>
        asked == Asked.Hidden ? [] : [new FormField(name, label, asked == Asked.Required, value, max, type, fill)];
}
