using System.Text;
using Exchange.Core.Desk;
using FsCheck;
using FsCheck.Fluent;

namespace Exchange.Core.Tests.Desk;

/// <summary>A search finds a ticket by beginnings of the words of its subject.</summary>
public sealed class The_words_of_a_subject
{
    [TestCase("Pump leaks", "pump", "leaks")]
    [TestCase("  Pump,leaks!  (again)  ", "pump", "leaks", "again")]
    [TestCase("Pump PUMP pump", "pump")]
    [TestCase("Kältemittel fehlt: Gerät Nº 7", "kältemittel", "fehlt", "gerät", "nº", "7")]
    [TestCase("Ошибка E-404", "ошибка", "e", "404")]
    [TestCase("프린터 고장", "프린터", "고장")]
    [TestCase("x")]
    [TestCase("")]
    [TestCase(" --- ... !!!")]
    public void Are_cut_at_all_that_is_no_letter_or_digit(string subject, params string[] words) =>
        Assert.That(TicketWord.In(subject), Is.EquivalentTo(words.Length == 0 && subject == "x" ? ["x"] : words));

    [TestCase("打印机", "打印", "印机")]
    [TestCase("修理", "修理")]
    [TestCase("修", "修")]
    [TestCase("プリンタ", "プリ", "リン", "ンタ")]
    [TestCase("打印机，坏了。", "打印", "印机", "坏了")]
    public void Are_pairs_of_characters_in_a_script_without_blanks(string subject, params string[] words)
    {
        Assert.That(TicketWord.In(subject), Is.SupersetOf(words));
        Assert.That(TicketWord.In(subject).Select(w => w.Length), Is.All.LessThanOrEqualTo(2));
    }

    [Test]
    public void Are_found_in_thai()
    {
        var words = TicketWord.In("เครื่องพิมพ์เสีย");
        Assert.That(words, Is.Not.Empty);
        Assert.That(TicketWord.In("เครื่อง"), Is.SubsetOf(words));
    }

    [Test]
    public void Are_there_for_emoji_too()
    {
        Assert.That(TicketWord.In("🚲 kaputt"), Is.EquivalentTo(new[] { "🚲", "kaputt" }));
        Assert.That(TicketWord.In("👩‍🔧"), Is.EquivalentTo(new[] { "👩", "🔧" }));
    }

    [Test]
    public void Are_no_longer_than_the_column()
    {
        Assert.That(TicketWord.In(new string('a', 1000)), Is.EquivalentTo(new[] { new string('a', TicketWord.MaxLength) }));
        Assert.That(TicketWord.In(new string('a', TicketWord.MaxLength)).Single(), Has.Length.EqualTo(TicketWord.MaxLength));
    }

    [Property(MaxTest = 500)]
    public bool Are_each_once_not_empty_and_short_whatever_the_text(NonNull<string> text) =>
        TicketWord.In(text.Get).All(w => w.Length is > 0 and <= TicketWord.MaxLength);

    [Property(MaxTest = 500)]
    public bool Are_the_same_whatever_the_case(NonNull<string> text)
    {
        var latin = new string([.. text.Get.Where(char.IsAscii)]);
        return TicketWord.In(latin.ToUpperInvariant()).SetEquals(TicketWord.In(latin.ToLowerInvariant()));
    }

    [Property(MaxTest = 500)]
    public bool Of_a_subject_are_found_by_the_subject_itself(NonNull<string> text) => Found(text.Get, text.Get);

    [TestCase("打印机坏了", "打印")]
    [TestCase("打印机坏了", "印机")]
    [TestCase("打印机坏了", "打印机")]
    [TestCase("打印机坏了", "机")]
    [TestCase("Pumpe undicht", "pum")]
    [TestCase("Pumpe undicht", "UND")]
    public void Are_found_by_their_beginnings(string subject, string query) => Assert.That(Found(subject, query), Is.True);

    // is cut into pairs as a whole, and a run ends in no single character. So these queries find nothing.
    [TestCase("交换机X200故障", "X200")]
    [TestCase("交换机X200故障", "故障")]
    [TestCase("iPhone修理", "iphone")]
    [TestCase("打印机", "机")]
    public void Are_found_where_scripts_with_and_without_blanks_touch(string subject, string query) => Assert.That(Found(subject, query), Is.True);

    // BUG, the same place: words and pairs are cut between the two halves of a character beyond the basic plane;
    // half a character is no text, and the database keeps U+FFFD in its place.
    [TestCase("修🚲理")]
    [TestCase("a🚲🚲🚲🚲🚲🚲🚲🚲🚲🚲🚲🚲🚲🚲🚲🚲🚲🚲🚲🚲🚲🚲🚲🚲")]
    public void Are_never_cut_within_a_character(string subject) =>
        Assert.That(TicketWord.In(subject).Select(WellFormed), Is.All.True);

    /// <summary>As the list of tickets searches: each word of the query begins some word of the subject.</summary>
    private static bool Found(string subject, string query)
    {
        var words = TicketWord.In(subject);
        return TicketWord.In(query).All(q => words.Any(w => w.StartsWith(q, StringComparison.Ordinal)));
    }

    private static bool WellFormed(string text) => text == Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
}
