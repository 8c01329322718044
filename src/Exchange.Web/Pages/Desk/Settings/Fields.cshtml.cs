using Exchange.Core.Accounts;
using Exchange.Core.Desk;
using Exchange.Core.Kernel;
using Exchange.Web.Shell;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Exchange.Web.Pages.Desk.Settings;

/// <summary>The fields that the company adds to its tickets.</summary>
[Sees(Roles.Admin)]
public sealed class FieldsModel(FieldViews fields) : DeskPage
{
    public IReadOnlyList<FieldView> Living { get; private set; } = [];

    public IReadOnlyList<FieldView> Retired { get; private set; } = [];

    /// <summary>What is typed for a new field.</summary>
    public FieldFormTyped Typed { get; private set; } = new();

    /// <summary>The field whose change was refused, with what was typed for it.</summary>
    public Guid? Open { get; private set; }

    public FieldFormTyped Changed { get; private set; } = new();

    public Task OnGetAsync() => Load();

    public async Task<IActionResult> OnPostAddAsync(FieldFormTyped typed)
    {
        Typed = typed;
        var isChoice = typed.Kind == FieldKind.Choice;
        var added = Fits(typed, typed.Kind ?? "")
            ? await Ask<AddField, FieldId>(new AddField(typed.Label, typed.Kind, isChoice ? typed.Lines : null, typed.Required, typed.OnForm))
            : default(Outcome<FieldId>?);
        return added is { Ok: true } ? Said(T["The field is added."]) : await Again();
    }

    public async Task<IActionResult> OnPostChangeAsync(Guid field, FieldFormTyped typed)
    {
        await Load();
        (Open, Changed) = (field, typed);
        if (Living.FirstOrDefault(f => f.Id == field) is not { } present)
        {
            return NotFound();
        }

        var changed = Fits(typed, present.Kind)
            ? await Ask<ChangeField, FieldId>(new ChangeField(field, typed.Label ?? "", present.Kind == FieldKind.Choice ? typed.Lines : null, typed.Required, typed.OnForm, null))
            : default(Outcome<FieldId>?);
        return changed is { Ok: true } ? Said(T["Saved."]) : Page();
    }

    /// <param name="place">From 1.</param>
    public async Task<IActionResult> OnPostMoveAsync(Guid field, int place)
    {
        var moved = await Ask<ChangeField, FieldId>(new ChangeField(field, null, null, null, null, place));
        return moved.Ok ? Redirect(At.Path("settings/fields")) : await Again();
    }

    public async Task<IActionResult> OnPostRetireAsync(Guid field)
    {
        var retired = await Ask<RetireField, Done>(new RetireField(field));
        return retired.Ok ? Said(T["The field is retired. What tickets have of it can still be read."]) : await Again();
    }

    /// <summary>What the rules of the ask would refuse, in the words of this page.</summary>
    private bool Fits(FieldFormTyped typed, string kind)
    {
        var before = Problems.Count;
        if (string.IsNullOrWhiteSpace(typed.Label) || typed.Label.Length > AddFieldRules.MaxLabel)
        {
            Say(T["A field has a name of up to {0} characters.", AddFieldRules.MaxLabel]);
        }

        if (!FieldKind.All.Contains(kind, StringComparer.Ordinal))
        {
            Say(T["Choose what the field holds."]);
        }

        if (kind == FieldKind.Choice && !AddFieldRules.AreChoices(typed.Lines))
        {
            Say(T["Write 2 to {0} choices, one a line, each once and with up to {1} characters.", AddFieldRules.MostChoices, AddFieldRules.MaxChoice]);
        }

        if (Problems.Count > before)
        {
            Response.StatusCode = 400;
        }

        return Problems.Count == before;
    }

    private RedirectResult Said(string toast)
    {
        Toast = toast;
        return Redirect(At.Path("settings/fields"));
    }

    private async Task<PageResult> Again()
    {
        await Load();
        return Page();
    }

    private async Task Load()
    {
        var all = await fields.All(Me, Gone);
        (Living, Retired) = ([.. all.Where(f => !f.Retired)], [.. all.Where(f => f.Retired)]);
    }
}

/// <summary>What is typed for a field.</summary>
public sealed record FieldFormTyped
{
    public string? Label { get; init; }

    public string? Kind { get; init; }

    /// <summary>One a line.</summary>
    public string? Choices { get; init; }

    public bool Required { get; init; }

    public bool OnForm { get; init; }

    public IReadOnlyList<string> Lines => [.. (Choices ?? "").Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0)];

    public static FieldFormTyped Of(FieldView f) => new() { Label = f.Label, Kind = f.Kind, Choices = string.Join('\n', f.Choices), Required = f.Required, OnForm = f.OnForm };
}
