using Exchange.Core.Kernel;

namespace Exchange.Core.Files;

/// <summary>Bytes that were uploaded once; files refer to them by count. Two uploads are never one blob.</summary>
public sealed class Blob
{
    public required BlobId Id { get; init; }

    /// <summary>Lower-case hex.</summary>
    public required string Sha256 { get; init; }

    public required long Size { get; init; }

    /// <summary>How many files refer to it.</summary>
    public int Count { get; set; }

    public required DateTimeOffset StoredAt { get; init; }
}

/// <param name="Sha256">Lower-case hex, taken while the bytes went by.</param>
public sealed record StoredBlob(BlobId Id, long Size, string Sha256);

/// <summary>Where the bytes of files lie: a folder, or an object store.</summary>
public interface IBlobStore
{
    /// <summary>Streams the bytes in, hashing on the way; what was not read to its end leaves nothing behind.</summary>
    /// <returns>A <c>file-too-large</c> fault when there are more than <paramref name="most"/> bytes; <c>not-ready</c> when they cannot be kept now.</returns>
    Task<Outcome<StoredBlob>> Store(Stream bytes, long most, CancellationToken ct);

    /// <summary>A seekable stream; null when the bytes are not there.</summary>
    Stream? Open(BlobId id);

    void Delete(BlobId id);

    /// <summary>Null when bytes can be stored; otherwise what is wrong.</summary>
    string? Trouble();
}
