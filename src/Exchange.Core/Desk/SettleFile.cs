using Exchange.Core.Accounts;
using Exchange.Core.Events;
using Exchange.Core.Kernel;
using Exchange.Core.Live;
using Exchange.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace Exchange.Core.Desk;

/// <summary>The check of a file that came: its bytes are there and have the announced hash, or not.</summary>
[AllowedTo(Roles.None)]
public sealed record SettleFile(FileId File, FileState State) : IAsk<FileId>, IUpkeep;

public sealed class SettleFileDeed(Changes changes) : IDeed<SettleFile, FileId>
{
    public async ValueTask<Outcome<FileId>> Do(SettleFile ask, Caller caller, IUnit unit)
    {
        var settled = await unit.Db.Files.Where(f => f.Id == ask.File && f.State == FileState.Pending)
            .ExecuteUpdateAsync(s => s.SetProperty(f => f.State, ask.State));
        if (settled > 0)
        {
            var place = await unit.Db.Files.Where(f => f.Id == ask.File).Select(f => new { f.Account, f.Ticket }).SingleAsync();
            changes.Ticket(unit, place.Account, place.Ticket);
            Recorder.File(unit, place.Account, ask.File, ask.State.Word());
        }

        return ask.File;
    }
}
