using System.Text.Json.Serialization;
using Exchange.Core.Files;
using Exchange.Core.Kernel;
using Exchange.Core.Store;

namespace Exchange.Core.Desk;

/// <summary>A file that a customer sends.</summary>
/// <param name="Stored">Where its bytes lie already. Not part of what makes two requests the same: its hash is.</param>
public sealed record SentFile(string Name, string ContentType, long Size, string Sha256, [property: JsonIgnore] BlobId Stored)
{
    /// <summary>The largest, in bytes.</summary>
    public const long MaxBytes = 10 * 1024 * 1024;

    /// <summary>In one message.</summary>
    public const int Most = 5;

    internal static string TooMany => "Send five files at most at a time.";

    internal static bool Fits(IReadOnlyList<SentFile>? files) => files is null || (files.Count <= Most && files.All(f => f.Size <= MaxBytes));

    /// <summary>Puts the files on the ticket, for the customer's audience, under the message that this unit stores.</summary>
    internal static async ValueTask Attach(IUnit unit, Caller caller, TicketId ticket, IReadOnlyList<SentFile>? files)
    {
        var position = 0;
        foreach (var sent in files ?? [])
        {
            var id = new FileId(Ids.New(unit.Now));
            unit.Db.Add(new Blob { Id = sent.Stored, Sha256 = sent.Sha256, Size = sent.Size, Count = 1, StoredAt = unit.Now });
            unit.Db.Add(new DeskFile
            {
                Id = id,
                Ticket = ticket,
                Account = caller.Account,
                Number = await unit.NextItemNumber(ticket),
                Name = sent.Name,
                Size = sent.Size,
                ContentType = sent.ContentType,
                Sha256 = sent.Sha256,
                Blob = sent.Stored,
                Audience = Audience.Customer,
                Author = caller.Actor,
                At = unit.Now,
            });
            unit.Db.Add(new CommentFile { Ticket = ticket, Comment = unit.OpId, File = id, Position = ++position });
        }
    }
}
