using System.Text;
using Exchange.Core.Store;
using FsCheck;

namespace Exchange.Core.Tests.Store;

public sealed class A_cursor
{
    [Property]
    public bool Comes_back_as_it_was(long number, Guid id) => Cursor.TryParse(new Cursor(number, id).ToString()) == new Cursor(number, id);

    [Property]
    public bool Is_one_safe_word_in_an_address(long number, Guid id) =>
        new Cursor(number, id).ToString() is { Length: 32 } text && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');

    [TestCase("")]
    [TestCase("1")]
    [TestCase("null")]
    [TestCase("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [TestCase("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [TestCase("                                ")]
    public void Is_nothing_where_the_text_is_none(string text) => Assert.That(Cursor.TryParse(text), Is.Null);

    [Property(MaxTest = 500)]
    public bool Is_nothing_or_itself_for_any_text_of_another_length(NonNull<string> text) => text.Get.Length == 32 || Cursor.TryParse(text.Get) is null;

    // characters that are not Base64Url, so a garbled cursor of 32 characters is an exception (500) instead of a refusal.
    [TestCase("!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!")]
    [TestCase("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    [TestCase("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAA==")]
    [TestCase("AAAAAAAAAAAAAAAA AAAAAAAAAAAAAAA")]
    [TestCase("ÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄ")]
    [TestCase("00000000-0000-0000-0000-00000000")]
    [TestCase("AAAAAAAAAAAAAAAA/AAAAAAAAAAAAAA+")]
    [TestCase("AAAAAAAAAAAAAAAA\0AAAAAAAAAAAAAAA")]
    public void Is_nothing_where_32_characters_are_no_cursor(string text)
    {
        Assert.That(text, Has.Length.EqualTo(32));
        var cursor = Cursor.TryParse(text);
        Assert.That(cursor?.ToString(), Is.Null.Or.EqualTo(text));
    }

    [Property(MaxTest = 500)]
    public bool Never_throws_for_garbage_of_its_own_length(byte[] bytes)
    {
        var text = Encoding.Latin1.GetString([.. bytes ?? [], .. new byte[32]])[..32];
        return Cursor.TryParse(text) is not { } cursor || cursor.ToString() == text;
    }
}

public sealed class A_page
{
    [TestCase(0, 3, 0, false)]
    [TestCase(2, 3, 2, false)]
    [TestCase(3, 3, 3, false)]
    [TestCase(4, 3, 3, true)]
    [TestCase(1, 1, 1, false)]
    [TestCase(2, 1, 1, true)]
    public void Ends_at_its_limit_and_says_whether_there_is_more(int rows, int limit, int shown, bool more)
    {
        var page = Page.Of([.. Enumerable.Range(1, rows)], new PageAsk(limit, null), n => new Cursor(n, default));
        Assert.That(page.Items, Is.EqualTo(Enumerable.Range(1, shown)));
        Assert.That(page.Next, Is.EqualTo(more ? new Cursor(shown, default).ToString() : null));
    }

    [Property(MaxTest = 200)]
    public bool Follows_page_without_loss_or_repetition(PositiveInt size, PositiveInt ofPage)
    {
        var (count, limit) = (size.Get % 60, 1 + (ofPage.Get % 9));
        var seen = new List<long>();
        Cursor? after = null;
        do
        {
            long from = after?.Number ?? 0;
            var rows = Enumerable.Range(1, count).Select(n => (long)n).Where(n => n > from).Take(limit + 1).ToList();
            var page = Page.Of(rows, new PageAsk(limit, after), n => new Cursor(n, default));
            seen.AddRange(page.Items);
            after = page.Next is { } next ? Cursor.TryParse(next) : null;
        }
        while (after is not null);
        return seen.SequenceEqual(Enumerable.Range(1, count).Select(n => (long)n));
    }

    [Test]
    public void Has_the_limits_of_the_contract() => Assert.That((PageAsk.DefaultLimit, PageAsk.MaxLimit), Is.EqualTo((50, 200)));
}
