using Exchange.Core.Kernel;
using Exchange.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace Exchange.Core.Accounts;

/// <param name="Hours">Seven lines from Monday on; empty for a day without hours.</param>
/// <param name="Days">Free days as lines, in their order.</param>
/// <param name="Version">For <see cref="ChangeCalendar"/>: what was changed since is not written over.</param>
public sealed record CalendarView(Guid Id, string Name, string TimeZone, IReadOnlyList<string> Hours, IReadOnlyList<string> Days, bool Usual, long Version, WorkTime Works)
{
    internal static CalendarView Of(Calendar c) => new(c.Id, c.Name, c.TimeZone, c.Hours, c.Days, c.IsUsual, c.Version, WorkTime.Of(c));
}

/// <summary>The calendars of a company.</summary>
public sealed class CalendarViews(IDialect dialect)
{
    /// <summary>The usual one first, the others by their names.</summary>
    public async Task<IReadOnlyList<CalendarView>> All(Caller caller, CancellationToken ct)
    {
        await using var db = dialect.Read();
        var calendars = await db.Calendars.Where(Mine.Calendars(caller)).ToListAsync(ct);
        return [.. calendars.OrderBy(c => !c.IsUsual).ThenBy(c => c.Name, StringComparer.CurrentCultureIgnoreCase).ThenBy(c => c.Id).Select(CalendarView.Of)];
    }

    /// <summary>When a company works by its usual calendar, for whoever asks: of its free days the dates alone. Null where it has no calendar.</summary>
    internal static async Task<WorkTime?> Usual(ExchangeDb db, AccountId account, CancellationToken ct) =>
        await db.Calendars.Where(c => c.Account == account && c.IsUsual).FirstOrDefaultAsync(ct) is { } usual ? WorkTime.Of(usual) : null;
}
