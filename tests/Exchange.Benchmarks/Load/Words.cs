using System.Text;

namespace Exchange.Benchmarks;

/// <summary>Plain text of a given length, the same in every run.</summary>
static class Words
{
    const string Sentence = "The pump at gate four stops after ten minutes and shows E17; the spare seal is on its way. ";

    public static string Filler(int length)
    {
        var text = new StringBuilder(length + Sentence.Length);
        while (text.Length < length) text.Append(Sentence);
        return text.ToString(0, length);
    }
}
