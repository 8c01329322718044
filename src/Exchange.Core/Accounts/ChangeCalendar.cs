using Exchange.Core.Kernel;
using Exchange.Core.Store;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace Exchange.Core.Accounts;

/// <summary>Changes a calendar; what is left out stays.</summary>
/// <param name="MakeUsual">Whether it becomes the usual one. There is always one: another takes its place, and nothing else.</param>
/// <param name="IfVersion">The version that the caller saw; null where he does not care.</param>
[AllowedTo(Roles.Admin)]
public sealed record ChangeCalendar(
    Guid Calendar, string? Name, string? TimeZone, IReadOnlyList<string>? Hours, IReadOnlyList<string>? Days, bool MakeUsual, long? IfVersion) : IAsk<CalendarId>;

public sealed class ChangeCalendarRules : AbstractValidator<ChangeCalendar>
{
    public ChangeCalendarRules()
    {
        RuleFor(x => x.Name).NotEmpty().MaximumLength(AddCalendarRules.MaxName).OneLine().When(x => x.Name is not null);
        RuleFor(x => x.TimeZone).Must(SignUpRules.IsTimeZone).WithMessage(SignUpRules.TimeZoneIs);
        RuleFor(x => x.Hours).Must(hours => hours is null || AddCalendarRules.AreHours(hours)).WithMessage(AddCalendarRules.WhatHours);
        RuleFor(x => x.Days).Must(days => days is null || AddCalendarRules.AreDays(days)).WithMessage(AddCalendarRules.WhatDays);
    }
}

public sealed class ChangeCalendarDeed : IDeed<ChangeCalendar, CalendarId>
{
    public async ValueTask<Outcome<CalendarId>> Do(ChangeCalendar ask, Caller caller, IUnit unit)
    {
        await Membership.Own(unit, caller);
        var all = await unit.Db.Calendars.AsTracking().Where(Mine.Calendars(caller)).ToListAsync();
        if (all.Find(c => c.Id == ask.Calendar) is not { } calendar)
        {
            return Fault.NotFound("calendar");
        }

        if (calendar.Stale(ask.IfVersion) is { } stale)
        {
            return stale;
        }

        calendar.Name = ask.Name?.Trim() ?? calendar.Name;
        calendar.TimeZone = ask.TimeZone ?? calendar.TimeZone;
        calendar.Hours = ask.Hours is { } hours ? AddCalendarDeed.Hours(hours) : calendar.Hours;
        calendar.Days = ask.Days is { } days ? AddCalendarDeed.Days(days) : calendar.Days;
        calendar.Version++;
        if (ask.MakeUsual)
        {
            Calendar.Choose(all, calendar);
        }

        return new CalendarId(calendar.Id);
    }
}
