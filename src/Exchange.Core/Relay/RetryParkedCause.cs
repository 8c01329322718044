using Exchange.Core.Accounts;
using Exchange.Core.Kernel;
using Exchange.Core.Store;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace Exchange.Core.Relay;

/// <summary>Tries again what is parked for one cause, so many at a time; asked again until nothing is left.</summary>
/// <param name="Cause">As the list of causes has it, to the letter.</param>
/// <param name="Until">What is parked later, perhaps again, is left.</param>
[AllowedTo(Roles.LinkAdmin | Roles.Dispatcher)]
public sealed record RetryParkedCause(string? Cause, DateTimeOffset Until) : IAsk<Retried>;

public sealed record Retried(int Count) : IAnswer<Retried>
{
    public Guid Thing => Guid.Empty;

    public static Retried Replayed(Guid thing) => new(0);
}

public sealed class RetryParkedCauseRules : AbstractValidator<RetryParkedCause>
{
    public RetryParkedCauseRules() => RuleFor(x => x.Cause).NotEmpty();
}

public sealed class RetryParkedCauseDeed(Ring ring) : IDeed<RetryParkedCause, Retried>
{
    /// <summary>How many in one unit of work.</summary>
    public const int Most = 200;

    public async ValueTask<Outcome<Retried>> Do(RetryParkedCause ask, Caller caller, IUnit unit)
    {
        DateTimeOffset? until = ask.Until;
        var bonds = await unit.Db.Bonds.Where(Mine.Parked(caller)).Where(b => b.ParkedCause == ask.Cause && b.ParkedAt <= until).OrderBy(b => b.ParkedAt).Take(Most).ToListAsync();
        var handoffs = bonds.ConvertAll(b => b.Handoff);
        await Redrive.Free(unit, unit.Db.Bonds.Where(Mine.Parked(caller)).Where(b => handoffs.Contains(b.Handoff)));
        await Redrive.Ring(unit, ring, bonds);
        return new Retried(bonds.Count);
    }
}
