using Exchange.Core.Kernel;
using Exchange.Core.Store;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace Exchange.Core.Accounts;

/// <summary>Adds a calendar. The company's first one is its usual one.</summary>
/// <param name="Hours">Seven lines from Monday on, each such as <c>08:00-12:00, 13:00-17:00</c>; empty for a day without hours.</param>
/// <param name="Days">Free days, one a line, each such as <c>2026-12-25 Christmas</c>.</param>
/// <param name="MakeUsual">Whether it takes the place of the usual one.</param>
[AllowedTo(Roles.Admin)]
public sealed record AddCalendar(string? Name, string? TimeZone, IReadOnlyList<string>? Hours, IReadOnlyList<string>? Days, bool MakeUsual) : IAsk<CalendarId>;

public sealed class AddCalendarRules : AbstractValidator<AddCalendar>
{
    /// <summary>So many calendars has a company at most.</summary>
    public const int Most = 20;

    public const int MaxName = 60;
    public const string WhatHours = "'hours' are seven lines from Monday on, each empty or up to three spans such as 08:00-12:00, in their order and without overlap.";
    public const string WhatDays = "'days' are up to 200 lines, each a date such as 2026-12-25 and perhaps a name of up to 60 characters, no date twice.";
    public const string TooMany = "A company has at most 20 calendars: remove one first.";

    private const int DaysOfWeek = 7;

    public AddCalendarRules()
    {
        RuleFor(x => x.Name).NotEmpty().MaximumLength(MaxName).OneLine();
        RuleFor(x => x.TimeZone).NotNull().Must(SignUpRules.IsTimeZone).WithMessage(SignUpRules.TimeZoneIs);
        RuleFor(x => x.Hours).NotNull().Must(hours => hours is null || AreHours(hours)).WithMessage(WhatHours);
        RuleFor(x => x.Days).Must(days => days is null || AreDays(days)).WithMessage(WhatDays);
    }

    public static bool IsTimeZone(string? zone) => zone is not null && SignUpRules.IsTimeZone(zone);

    internal static bool AreHours(IReadOnlyList<string> hours) => hours.Count == DaysOfWeek && hours.All(line => HoursText.Read(line, out _) == HoursFault.None);

    internal static bool AreDays(IReadOnlyList<string> days) => FreeDayText.Read(days, out _).Fault == FreeDayFault.None;
}

public sealed class AddCalendarDeed : IDeed<AddCalendar, CalendarId>
{
    public async ValueTask<Outcome<CalendarId>> Do(AddCalendar ask, Caller caller, IUnit unit)
    {
        // Two who add at once follow one another: one is the first, and one is the usual one.
        await Membership.Own(unit, caller);
        var all = await unit.Db.Calendars.AsTracking().Where(Mine.Calendars(caller)).ToListAsync();
        if (all.Count >= AddCalendarRules.Most)
        {
            return Fault.Invalid("name", AddCalendarRules.TooMany);
        }

        var calendar = new Calendar
        {
            Id = Ids.New(unit.Now),
            Account = caller.Account,
            Name = ask.Name!.Trim(),
            TimeZone = ask.TimeZone!,
            Hours = Hours(ask.Hours!),
            Days = Days(ask.Days ?? []),
        };
        unit.Db.Add(calendar);
        if (ask.MakeUsual || all.Count == 0)
        {
            Calendar.Choose(all.Append(calendar), calendar);
        }

        return new CalendarId(calendar.Id);
    }

    /// <summary>As they are kept: one text for the same hours, whoever wrote them.</summary>
    internal static IReadOnlyList<string> Hours(IReadOnlyList<string> lines) =>
        [.. lines.Select(line => HoursText.Read(line, out var spans) == HoursFault.None ? HoursText.Write(spans) : throw new InvalidOperationException("The rules let hours pass that cannot be read."))];

    internal static IReadOnlyList<string> Days(IReadOnlyList<string> lines)
    {
        FreeDayText.Read(lines, out var days);
        return [.. days.Select(FreeDayText.Write)];
    }
}
