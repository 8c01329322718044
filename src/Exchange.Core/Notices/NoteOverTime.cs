using Exchange.Core.Accounts;
using Exchange.Core.Events;
using Exchange.Core.Handoffs;
using Exchange.Core.Kernel;
using Exchange.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace Exchange.Core.Notices;

/// <summary>Writes down, for both companies, that the present step of these handoffs was not done in time: once for each due time.</summary>
[AllowedTo(Roles.None)]
public sealed record NoteOverTime(IReadOnlyList<HandoffId> Handoffs) : IAsk<Noted>, IUpkeep;

/// <param name="Count">Of how many it was not known yet.</param>
public sealed record Noted(int Count) : IAnswer<Noted>
{
    public Guid Thing => Guid.Empty;

    public static Noted Replayed(Guid thing) => new(0);
}

public sealed class NoteOverTimeDeed : IDeed<NoteOverTime, Noted>
{
    /// <summary>Handoffs in one unit of work.</summary>
    public const int Most = 100;

    public async ValueTask<Outcome<Noted>> Do(NoteOverTime ask, Caller caller, IUnit unit)
    {
        var now = unit.Now;
        var over = await unit.Db.Handoffs.Where(h => ask.Handoffs.Contains(h.Id) && h.DueAt < now && h.OverAt == null && h.State != HandoffState.Offered)
            .Select(h => new { h.Id, h.Placer, h.Fulfiller, Due = h.DueAt!.Value }).ToListAsync();
        var count = 0;
        foreach (var handoff in over)
        {
            if (!await Mark(unit, handoff.Id, handoff.Due))
            {
                continue;
            }

            count++;
            Recorder.Handoff(unit, handoff.Placer, handoff.Id, "over_time");
            Recorder.Handoff(unit, handoff.Fulfiller, handoff.Id, "over_time");
        }

        return new Noted(count);
    }

    /// <returns>Whether it was news; of two workers one alone finds it so.</returns>
    private static async ValueTask<bool> Mark(IUnit unit, HandoffId handoff, DateTimeOffset due)
    {
        var known = unit.Db.OverTimeMarks.Where(m => m.Handoff == handoff);
        if (await known.Where(m => m.Due != due).ExecuteUpdateAsync(set => set.SetProperty(m => m.Due, due)) > 0)
        {
            return true;
        }

        if (await known.AnyAsync())
        {
            return false;
        }

        unit.Db.Add(new OverTimeMark { Handoff = handoff, Due = due });
        return true;
    }
}
