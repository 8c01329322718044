using Exchange.Core.Accounts;
using Exchange.Core.Kernel;
using FsCheck;

namespace Exchange.Core.Tests.Kernel;

public sealed class An_id
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    [Test]
    public void Is_a_uuid_of_version_7_made_from_the_time_that_was_handed_in()
    {
        var id = Ids.New(Noon).ToString("D");
        Assert.That(id[14], Is.EqualTo('7'));
        Assert.That(id[19], Is.AnyOf('8', '9', 'a', 'b'));
        Assert.That(Convert.ToInt64(id[..8] + id[9..13], 16), Is.EqualTo(Noon.ToUnixTimeMilliseconds()));
    }

    [Property]
    public bool Sorts_after_those_made_a_millisecond_earlier(PositiveInt milliseconds)
    {
        var (earlier, later) = (Ids.New(Noon), Ids.New(Noon.AddMilliseconds(milliseconds.Get)));
        return earlier.CompareTo(later) < 0
            && string.CompareOrdinal(earlier.ToString("D"), later.ToString("D")) < 0
            && earlier.ToByteArray(bigEndian: true).AsSpan().SequenceCompareTo(later.ToByteArray(bigEndian: true)) < 0
            && new HandoffId(earlier) < new HandoffId(later) && new LinkId(later) > new LinkId(earlier) && new KeyId(earlier) < new KeyId(later);
    }

    [Test]
    public void Is_never_the_same_twice() =>
        Assert.That(Enumerable.Range(0, 10_000).Select(_ => Ids.New(Noon)), Is.Unique);

    [Property]
    public bool Is_shown_and_given_again_as_it_is(Guid value) =>
        Same<AccountId>(value) && Same<KeyId>(value) && Same<LinkId>(value) && Same<HandoffId>(value) && Same<TicketId>(value) && Same<FileId>(value) && Same<BlobId>(value);

    private static bool Same<T>(Guid value)
        where T : struct, IId<T>, IEquatable<T> =>
        T.From(value).ToString() == value.ToString("D") && T.From(value).Value == value && T.From(value).Thing == value && T.Replayed(value).Equals(T.From(value));
}
