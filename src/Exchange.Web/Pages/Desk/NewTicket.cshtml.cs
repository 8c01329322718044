using Exchange.Core.Accounts;
using Exchange.Core.Desk;
using Exchange.Core.Kernel;
using Exchange.Core.Store;
using Exchange.Web.Shell;
using Microsoft.AspNetCore.Mvc;

namespace Exchange.Web.Pages.Desk;

/// <summary>What is typed into the form of a new ticket.</summary>
public sealed class NewTicketForm
{
    public string? Subject { get; set; }

    public string? Description { get; set; }

    public string? Priority { get; set; }

    public string? ContactName { get; set; }

    public string? ContactEmail { get; set; }

    public string? ContactPhone { get; set; }

    public string? AssetName { get; set; }

    public string? AssetSerial { get; set; }

    public string? AssetLocation { get; set; }

    public string? Category { get; set; }

    public string? Assignee { get; set; }

    internal Contact? Contact => Some(ContactName, ContactEmail, ContactPhone) ? new Contact(ContactName?.Trim() ?? "", Word(ContactEmail), Word(ContactPhone)) : null;

    internal Asset? Asset => Some(AssetName, AssetSerial, AssetLocation) ? new Asset(AssetName?.Trim() ?? "", Word(AssetSerial), Word(AssetLocation)) : null;

    private static bool Some(params IEnumerable<string?> texts) => texts.Any(text => !string.IsNullOrWhiteSpace(text));

    private static string? Word(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}

[Sees(Roles.Work)]
public sealed class NewTicketModel(TicketRows rows, TicketViews tickets, MemberViews members, FieldViews fields) : DeskPage
{
    private const int MostAlike = 5;

    [BindProperty]
    public NewTicketForm Form { get; set; } = new();

    public IReadOnlyList<string> Members { get; private set; } = [];

    /// <summary>The fields that have to be looked at again.</summary>
    public IReadOnlyDictionary<string, string> Faults { get; private set; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The company's own fields.</summary>
    public IReadOnlyList<FieldView> Fields { get; private set; } = [];

    /// <summary>What was typed into them, by their keys.</summary>
    private IReadOnlyDictionary<string, string> Typed { get; set; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public IReadOnlyList<TicketRow> Alike { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync()
    {
        Form.Assignee = At.In.MemberName;
        await Load();
        return Page();
    }

    /// <summary>Open tickets whose subjects have the same words.</summary>
    public async Task<IActionResult> OnGetAlikeAsync([FromQuery(Name = "Form.Subject")] string? subject)
    {
        Alike = await Find(subject);
        return Partial("_NewTicketAlike", this);
    }

    public FieldInputModel Input(FieldView field) => new(field, Typed.GetValueOrDefault(field.Key), Faults.ContainsKey(FieldForm.Name(field)), field.Required);

    public async Task<IActionResult> OnPostAsync()
    {
        Fields = await fields.Living(Me, Gone);
        Typed = FieldForm.Typed(Request, Fields);
        Faults = Check();
        if (Faults.Count > 0)
        {
            foreach (var fault in Faults.Values)
            {
                Say(fault);
            }

            Response.StatusCode = 400;
            return await Again();
        }

        var opened = await Ask<OpenTicket, TicketId>(new OpenTicket(Form.Subject, Form.Description, Form.Priority, Form.Contact, Form.Asset, Form.Assignee, Form.Category, FieldForm.Inputs(Typed)));
        if (!opened.Ok)
        {
            return await Again();
        }

        var ticket = await tickets.One(Me, opened.Value, Gone);
        Toast = T["Ticket {0} is open.", ticket!.Number];
        return Redirect(At.Path($"tickets/{ticket.Number}"));
    }

    private async Task<IActionResult> Again()
    {
        await Load();
        Alike = await Find(Form.Subject);
        return Page();
    }

    private async Task Load()
    {
        Members = [.. (await members.Members(Me, Gone)).Select(m => m.Name).Distinct(StringComparer.Ordinal)];
        Fields = await fields.Living(Me, Gone);
    }

    /// <summary>What the rules of the ask would refuse, in the words of this form.</summary>
    private Dictionary<string, string> Check()
    {
        var wrong = new Dictionary<string, string>(StringComparer.Ordinal);
        void Refuse(bool so, string field, string why)
        {
            if (so)
            {
                wrong.TryAdd(field, why);
            }
        }

        Refuse(!IsLine(Form.Subject, OpenTicketRules.MaxSubject) || string.IsNullOrWhiteSpace(Form.Subject), "subject", T["Say in one line of up to {0} characters what it is about.", OpenTicketRules.MaxSubject]);
        Refuse(Form.Description?.Length > Rules.MaxText, "description", T["The description has more than {0} characters: attach the rest as a file.", Rules.MaxText]);
        Refuse(Form.Contact is { Name.Length: 0 }, "contact", T["Name the contact whose e-mail or telephone this is."]);
        Refuse(!IsLine(Form.ContactName, 200) || !IsLine(Form.ContactEmail, 320) || !IsLine(Form.ContactPhone, 60), "contact", T["The contact is too long, or not in one line each."]);
        Refuse(Form.Asset is { Name.Length: 0 }, "asset", T["Name the asset that this serial number or place belongs to."]);
        Refuse(!IsLine(Form.AssetName, 200) || !IsLine(Form.AssetSerial, 120) || Form.AssetLocation?.Length > 500, "asset", T["The asset is too long, or not in one line each."]);
        Refuse(!IsLine(Form.Category, 60), "category", T["A category is one line of up to {0} characters.", 60]);
        foreach (var field in Fields)
        {
            var why = FieldForm.Wrong(T, field, Typed.GetValueOrDefault(field.Key), must: true);
            Refuse(why is not null, FieldForm.Name(field), why ?? "");
        }

        return wrong;
    }

    private static bool IsLine(string? text, int most) => text is null || (text.Length <= most && !text.Any(char.IsControl));

    private async Task<IReadOnlyList<TicketRow>> Find(string? subject) =>
        subject is { Length: >= 4 and <= OpenTicketRules.MaxSubject }
            ? (await rows.List(Me, new TicketFilter(Query: subject, Open: true), new PageAsk(MostAlike, null), words: false, Gone)).Items
            : [];
}
