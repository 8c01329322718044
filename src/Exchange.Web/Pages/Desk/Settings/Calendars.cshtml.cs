using Exchange.Core.Accounts;
using Exchange.Core.Kernel;
using Exchange.Web.Shell;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Exchange.Web.Pages.Desk.Settings;

/// <summary>When the company works.</summary>
[Sees(Roles.Admin)]
public sealed class CalendarsModel(CalendarViews calendars) : DeskPage
{
    // What somebody was shown before he typed: what he has not seen is not written over. Null where he sees what is true now.
    private long? _seen;

    public IReadOnlyList<CalendarView> All { get; private set; } = [];

    /// <summary>What is typed for a new calendar: before anything is, the company's zone.</summary>
    public CalendarForm? Typed { get; private set; }

    /// <summary>The calendar whose change was refused, with what was typed for it.</summary>
    public Guid? Open { get; private set; }

    public CalendarForm Changed { get; private set; } = new();

    /// <summary>The version that a form is sent with.</summary>
    public long VersionOf(CalendarView calendar) => calendar.Id == Open ? _seen ?? calendar.Version : calendar.Version;

    public Task OnGetAsync() => Load();

    public async Task<IActionResult> OnPostAddAsync(CalendarForm typed)
    {
        Typed = typed;
        if (!Fits(typed))
        {
            return await Again();
        }

        var added = await Ask<AddCalendar, CalendarId>(new AddCalendar(typed.Name, typed.Zone, typed.Hours(), typed.Lines(), typed.Usual));
        return added.Ok ? Said(T["The calendar is added."]) : await Again();
    }

    /// <param name="version">The one that was shown.</param>
    public async Task<IActionResult> OnPostChangeAsync(Guid calendar, long version, CalendarForm typed)
    {
        (Open, Changed, _seen) = (calendar, typed, version);
        await Load();
        if (All.All(c => c.Id != calendar))
        {
            return NotFound();
        }

        if (!Fits(typed))
        {
            return Page();
        }

        var changed = await Ask<ChangeCalendar, CalendarId>(new ChangeCalendar(calendar, typed.Name, typed.Zone, typed.Hours(), typed.Lines(), typed.Usual, version));
        if (changed.Ok)
        {
            return Said(T["Saved."]);
        }

        if (changed.Fault.Code == Codes.VersionConflict)
        {
            _seen = null;
            Say(T["What stands in the list is true now. What you typed is kept below it: save it again to put it in its place."]);
        }

        return await Again();
    }

    public async Task<IActionResult> OnPostRemoveAsync(Guid calendar, long version)
    {
        var removed = await Ask<RemoveCalendar, Done>(new RemoveCalendar(calendar, version));
        return removed.Ok ? Said(T["The calendar is removed."]) : await Again();
    }

    private bool Fits(CalendarForm typed)
    {
        var wrong = typed.Wrong(T).ToList();
        wrong.ForEach(Say);
        if (wrong.Count > 0)
        {
            Response.StatusCode = 400;
        }

        return wrong.Count == 0;
    }

    private RedirectResult Said(string toast)
    {
        Toast = toast;
        return Redirect(At.Path("settings/calendars"));
    }

    private async Task<PageResult> Again()
    {
        await Load();
        return Page();
    }

    private async Task Load()
    {
        All = await calendars.All(Me, Gone);
        Typed ??= new CalendarForm { Zone = At.In.TimeZone };
    }
}
