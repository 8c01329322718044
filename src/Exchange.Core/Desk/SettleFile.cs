using Exchange.Core.Kernel;
using Exchange.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace Exchange.Core.Desk;

/// <summary>The check of a file that came: its bytes are there and have the announced hash, or not.</summary>
public sealed record SettleFile(FileId File, FileState State) : IAsk<FileId>, IUpkeep;

public sealed class SettleFileDeed : IDeed<SettleFile, FileId>
{
    public async ValueTask<Outcome<FileId>> Do(SettleFile ask, Caller caller, IUnit unit)
    {
        await unit.Db.Files.Where(f => f.Id == ask.File && f.State == FileState.Pending)
            .ExecuteUpdateAsync(s => s.SetProperty(f => f.State, ask.State));
        return ask.File;
    }
}
