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
    public const string Countered = "countered";
    public const string CounterAccepted = "counter_accepted";
    public const string CounterRejected = "counter_rejected";
    public const string Expired = "expired";
    public const string RecallRequested = "recall_requested";
    public const string RecallAgreed = "recall_agreed";
    public const string RecallRefused = "recall_refused";
    public const string RecallWithdrawn = "recall_withdrawn";
    public const string Severed = "severed";
    public const string Revealed = "revealed";
    public const string Skipped = "skipped";
    public const string Rated = "rated";
    public const string RatingChanged = "rating_changed";
    public const string RatingReplied = "rating_replied";
}
