using Exchange.Contracts.V1;
using Exchange.Core.Accounts;
using Exchange.Core.Kernel;
using Exchange.Core.Relay;
using Exchange.Core.Store;

namespace Exchange.Core.Handoffs;

/// <param name="Name">The person or key, as it was called when it wrote.</param>
/// <param name="Customer">True where the company's customer wrote it, under a name of his own choice; absent otherwise.</param>
public sealed record AuthorView(string Name, AccountRef Account, bool? Customer = null);

/// <summary>What became of an entry on the other side.</summary>
/// <param name="Number">The partner's ticket number.</param>
/// <param name="Head">Lower-case hex: the head of the chain that the partner's desk had applied.</param>
public sealed record ReceiptView(string State, string? Number, string? Reason, DateTimeOffset At, string Head);

/// <param name="Id">The caller's own file; absent before there is one.</param>
public sealed record FileRef(FileId? Id, string Name, long Size, string ContentType, string Sha256);

/// <summary>One thing that was said, as one of the companies sees it.</summary>
/// <param name="Body">Absent when it was retracted.</param>
/// <param name="Seq">Its entry in the handoff's log; absent for what stays at home.</param>
public sealed record CommentView(
    Guid Id,
    string? Body,
    string Audience,
    string Kind,
    HandoffId? HandoffId,
    long? Seq,
    AuthorView Author,
    DateTimeOffset At,
    ReceiptView? Receipt,
    Guid? DerivedFrom,
    bool Retracted,
    IReadOnlyList<FileRef> Files)
{
    /// <summary>A comment as its writer sees it right after writing.</summary>
    public static CommentView OfOwn(Entry entry, Caller caller, Guid? derivedFrom)
    {
        var item = Item.Of(entry)!;
        return new CommentView(entry.OpId, item.Body, "partner", item.Kind, entry.Handoff, entry.Seq,
            new AuthorView(caller.Actor.Name, new AccountRef(caller.Account, caller.AccountName)), entry.Body.At, null, derivedFrom, false, []);
    }

    public static ReceiptView? Show(Receipt? receipt, string? number) => receipt is null
        ? null
        : new ReceiptView(receipt.State.Word(), number, receipt.Reason, receipt.At, Convert.ToHexStringLower(receipt.Head));
}
