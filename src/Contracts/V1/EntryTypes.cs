namespace Exchange.Contracts.V1;

/// <summary>The wire names of all entries of version 1. A new meaning is a new name; names are never reused.</summary>
public static class EntryTypes
{
    public const string Offered = "offered";
    public const string Accepted = "accepted";
    public const string Declined = "declined";
    public const string Recalled = "recalled";
    public const string Started = "started";
    public const string Asked = "asked";
    public const string Answered = "answered";
    public const string Resumed = "resumed";
    public const string Held = "held";
    public const string Unheld = "unheld";
    public const string Returned = "returned";
    public const string Resolved = "resolved";
    public const string Confirmed = "confirmed";
    public const string Reworked = "reworked";
    public const string Commented = "commented";
    public const string FileAdded = "file_added";
    public const string Retracted = "retracted";
}
