using Exchange.Contracts.V1;
using Exchange.Core.Kernel;

namespace Exchange.Core.Handoffs;

/// <summary>A file that crossed in a handoff: the id that stands in the entry, and the stored bytes it means. The bytes' id crosses nothing.</summary>
public sealed class SharedFile
{
    public required FileId Id { get; init; }

    public required HandoffId Handoff { get; init; }

    public required BlobId Blob { get; init; }

    public static SharedFile Of(HandoffId handoff, BlobId blob, DateTimeOffset now) =>
        new() { Id = new FileId(Ids.New(now)), Handoff = handoff, Blob = blob };

    public FileData Announce(string name, long size, string contentType, string sha256) => new(Id.Value, name, size, contentType, sha256);
}
