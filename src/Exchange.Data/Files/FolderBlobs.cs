using System.Buffers;
using System.Security.Cryptography;
using Exchange.Core.Files;
using Exchange.Core.Kernel;
using Microsoft.Extensions.Logging;

namespace Exchange.Data.Files;

/// <summary>Bytes of files in a folder: written beside, hashed on the way, forced to disk, then moved to their place.</summary>
public sealed class FolderBlobs : IBlobStore
{
    private readonly string _root;
    private readonly string _coming;
    private readonly TimeProvider _time;
    private readonly ILogger _log;

    /// <param name="folder">Held by this process or shared by all nodes.</param>
    public FolderBlobs(string folder, TimeProvider time, ILogger<FolderBlobs> log)
    {
        (_root, _coming, _time, _log) = (folder, Path.Combine(folder, "coming"), time, log);
        Directory.CreateDirectory(_coming);
    }

    /// <summary>Removes what was left half written and not touched for so long that nobody can still be at it.</summary>
    public void ClearComing(TimeSpan untouched)
    {
        foreach (var file in Directory.EnumerateFiles(_coming).Where(f => _time.GetUtcNow().UtcDateTime - File.GetLastWriteTimeUtc(f) >= untouched))
        {
            File.Delete(file);
        }
    }

    public async Task<Outcome<StoredBlob>> Store(Stream bytes, long most, CancellationToken ct)
    {
        var id = new BlobId(Ids.New(_time.GetUtcNow()));
        var coming = Path.Combine(_coming, id.Value.ToString("N"));
        var buffer = ArrayPool<byte>.Shared.Rent(128 * 1024);
        try
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            long size = 0;
            await using (var file = Open(coming))
            {
                int read;
                while ((read = await bytes.ReadAsync(buffer, ct)) > 0)
                {
                    size += read;
                    if (size > most)
                    {
                        return new Fault(Codes.FileTooLarge, $"The file is larger than {most} bytes, the limit here.");
                    }

                    hash.AppendData(buffer, 0, read);
                    await Write(file, buffer.AsMemory(0, read));
                }

                await Write(file, default);
            }

            var place = PlaceOf(id);
            Put(coming, place);
            return new StoredBlob(id, size, Convert.ToHexStringLower(hash.GetHashAndReset()));
        }
        catch (DiskTrouble e)
        {
            _log.LogError(e, "A file could not be stored");
            return new Fault(Codes.NotReady, "The file cannot be stored now (the disk may be full or failing): nothing was kept. Send it again later.");
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
            File.Delete(coming);
        }
    }

    public Stream? Open(BlobId id)
    {
        var place = PlaceOf(id);
        return File.Exists(place)
            ? new FileStream(place, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 64 * 1024, FileOptions.Asynchronous | FileOptions.SequentialScan)
            : null;
    }

    public void Delete(BlobId id) => File.Delete(PlaceOf(id));

    public string? Trouble()
    {
        try
        {
            // A name of its own: others look at the same time, in this process too.
            var probe = Path.Combine(_coming, $"probe-{Ids.New(_time.GetUtcNow()):N}");
            File.WriteAllBytes(probe, new byte[512]);
            File.Delete(probe);
            return null;
        }
        catch (Exception e) when (IsDisk(e))
        {
            _log.LogError(e, "The folder of the files cannot be written");
            return "Files cannot be stored: the disk may be full or failing.";
        }
    }

    private static void Put(string coming, string place)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(place)!);
            File.Move(coming, place);
        }
        catch (Exception e) when (IsDisk(e))
        {
            throw new DiskTrouble(e);
        }
    }

    private static FileStream Open(string path)
    {
        try
        {
            return new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 0, FileOptions.Asynchronous);
        }
        catch (Exception e) when (IsDisk(e))
        {
            throw new DiskTrouble(e);
        }
    }

    /// <summary>Empty bytes force what was written to the disk.</summary>
    private static async Task Write(FileStream file, ReadOnlyMemory<byte> bytes)
    {
        try
        {
            if (bytes.IsEmpty)
            {
                file.Flush(flushToDisk: true);
            }
            else
            {
                await file.WriteAsync(bytes, CancellationToken.None);
            }
        }
        catch (Exception e) when (IsDisk(e))
        {
            // The disk's trouble is kept apart from a sender that went away, which is an IOException too.
            throw new DiskTrouble(e);
        }
    }

    /// <summary>A size that the file system or a limit of the process refuses comes as an argument out of range.</summary>
    private static bool IsDisk(Exception e) => e is IOException or UnauthorizedAccessException or ArgumentOutOfRangeException;

    private string PlaceOf(BlobId id)
    {
        var name = id.Value.ToString("N");
        return Path.Combine(_root, name[^2..], name);
    }

    private sealed class DiskTrouble(Exception cause) : Exception(cause.Message, cause);
}
