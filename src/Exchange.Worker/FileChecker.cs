using System.Security.Cryptography;
using Exchange.Core.Desk;
using Exchange.Core.Files;
using Exchange.Core.Kernel;
using Microsoft.Extensions.Logging;

namespace Exchange.Worker;

/// <summary>Checks files that came against the hash that was announced; until then they are pending. A file never holds up its comment.</summary>
public sealed class FileChecker(Door door, FileViews files, IBlobStore blobs, FileBell bell, TimeProvider time, ILogger<FileChecker> log)
    : Rounds(TimeSpan.FromSeconds(2), time, log)
{
    /// <summary>How long bytes may be missing before the file has failed.</summary>
    private static TimeSpan Patience => TimeSpan.FromHours(1);

    protected override async Task Round(CancellationToken ct)
    {
        // One that cannot be read now waits for a later round, and holds up nobody.
        foreach (var file in await files.Pending(1000, ct))
        {
            try
            {
                if (await Check(file, ct) is { } state)
                {
                    await door.Do<SettleFile, FileId>(new SettleFile(file.Id, state), Caller.Exchange, null, ct);
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                Log.LogError(e, "The bytes of file {File} cannot be read now", file.Id);
            }
        }
    }

    /// <summary>Sooner, when the bell says that a file has come.</summary>
    protected override async ValueTask<bool> Next(PeriodicTimer timer, CancellationToken ct)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var tick = base.Next(timer, either.Token).AsTask();
        var rung = bell.Rung.ReadAsync(either.Token).AsTask();
        await Task.WhenAny(tick, rung);
        await either.CancelAsync();
        await tick;
        await rung.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        return !ct.IsCancellationRequested;
    }

    /// <returns>Null while the bytes may still come: a shared folder can be behind the database.</returns>
    private async Task<FileState?> Check(PendingFile file, CancellationToken ct)
    {
        await using var bytes = blobs.Open(file.Blob);
        if (bytes is null && Time.GetUtcNow() - file.At < Patience)
        {
            return null;
        }

        if (bytes is null || bytes.Length != file.Size)
        {
            Log.LogError("The bytes of file {File} are not there, or not whole", file.Id);
            return FileState.Failed;
        }

        var hash = Convert.ToHexStringLower(await SHA256.HashDataAsync(bytes, ct));
        if (hash != file.Sha256)
        {
            Log.LogError("The bytes of file {File} do not have the announced hash", file.Id);
            return FileState.Failed;
        }

        return FileState.Available;
    }
}
