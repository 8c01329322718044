using Exchange.Contracts.V1;
using Exchange.Core.Kernel;
using Exchange.Core.Relay;
using Exchange.Core.Store;

namespace Exchange.Core.Handoffs;

/// <summary>Announces a file that was uploaded for the partner: an entry of its own, at once.</summary>
public sealed class FileAnnouncer(Appender appender)
{
    /// <returns>The announced file and its entry; the caller's own desk has the file already.</returns>
    public async ValueTask<Outcome<SharedFile>> Announce(IUnit unit, Caller caller, HandoffId handoff, PickedFile file)
    {
        if (await unit.LockHandoff(handoff) is not { } head || head.SideOf(caller.Account) is not { } side)
        {
            return Fault.NotFound("handoff");
        }

        if (head.State.IsOver())
        {
            return await HandoffOver.Refusal(unit, head, side, "no file goes along any more.");
        }

        if (await Sharables.Refusal(unit, handoff, [file]) is { } refused)
        {
            return refused;
        }

        var shared = SharedFile.Of(handoff, file.Blob, unit.Now);
        unit.Db.Add(shared);
        await unit.Flush();
        await appender.Append(unit, head, side, caller.Actor, new FileAddedData(shared.Announce(file.Name, file.Size, file.ContentType, file.Sha256)));
        return shared;
    }
}
