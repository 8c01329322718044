using Exchange.Core.Kernel;
using Exchange.Core.Notices;
using Microsoft.Extensions.Logging;

namespace Exchange.Worker;

/// <summary>Tells people what has happened, and notes what was not done in time.</summary>
internal sealed class Telling(Teller teller, Door door, TimeProvider time, ILogger<Telling> log) : Rounds(TimeSpan.FromSeconds(1), time, log)
{
    private DateTimeOffset _lookAt;
    private DateTimeOffset _forgetAt;

    /// <summary>How late it may be noticed that a time went by.</summary>
    private static TimeSpan Look => TimeSpan.FromSeconds(30);

    protected override async Task Round(CancellationToken ct)
    {
        var now = Time.GetUtcNow();
        if (now >= _lookAt)
        {
            _lookAt = now + Look;
            await teller.NoteOverTime(ct);
        }

        await teller.Tell(ct);
        if (now >= _forgetAt)
        {
            _forgetAt = now + TimeSpan.FromHours(1);
            await door.Do<ForgetMails, Done>(new ForgetMails(), Caller.Exchange, null, ct);
        }
    }
}
