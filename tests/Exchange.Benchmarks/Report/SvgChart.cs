using System.Globalization;
using System.Text;

namespace Exchange.Benchmarks;

/// <summary>Each ratio as a bar, scaled so that all goals lie on one line; the thin line over a bar runs from the lowest round to the highest.</summary>
static class SvgChart
{
    const int Width = 760;
    const int Row = 56;
    const int Heading = 28;
    const int Top = 44;
    const int Left = 70;
    const int BarHeight = 16;

    public static string Draw(IReadOnlyList<TargetResult> results)
    {
        var groups = results.Select(r => (r.Target.Name, Yardsticks: r.Figures.Yardsticks())).Where(g => g.Yardsticks.Count > 0).ToList();
        var all = groups.SelectMany(g => g.Yardsticks).ToList();

        // The axis is "times the goal"; it ends a little beyond the longest bar, and never before twice the goal.
        var end = Math.Max(2, all.Select(y => y.Ratio.High / y.Goal).DefaultIfEmpty().Max() * 1.05);
        var scale = (Width - Left - 20) / end;
        var height = Top + (Row * all.Count) + (Heading * groups.Count) + 10;
        var goalX = Left + scale;
        var svg = new StringBuilder();
        void Line(FormattableString line) => svg.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');

        Line($"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {height}\" width=\"{Width}\" height=\"{height}\" role=\"img\" font-family=\"sans-serif\" font-size=\"13\">");
        Line($"  <title>Each ratio against its goal</title>");
        Line($"  <desc>{string.Join("; ", groups.Select(g => $"{g.Name}: {string.Join("; ", g.Yardsticks.Select(y => $"{y.Id}: {Sentence(y)}"))}"))}</desc>");
        Line($"  <rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>");
        var top = Top;
        foreach (var (name, yardsticks) in groups)
        {
            Line($"  <text x=\"8\" y=\"{top + 16}\" font-weight=\"bold\" fill=\"#52606d\">{name}</text>");
            top += Heading;
            foreach (var yardstick in yardsticks)
            {
                Bar(yardstick, top, scale, Line);
                top += Row;
            }
        }

        Line($"  <text x=\"{goalX:0.0}\" y=\"{Top - 20}\" text-anchor=\"middle\" fill=\"#1f2933\">goal</text>");
        Line($"</svg>");
        return svg.ToString();
    }

    static void Bar(Yardstick y, int top, double scale, Action<FormattableString> line)
    {
        var colour = y.Reached ? "#2f7d4f" : "#b4552d";
        double X(double ratio) => Left + (ratio / y.Goal * scale);
        var barTop = top + 22;
        line($"  <text x=\"{Left - 8}\" y=\"{barTop + 13}\" text-anchor=\"end\" font-weight=\"bold\" fill=\"#1f2933\">{y.Id}</text>");
        line($"  <text x=\"{Left}\" y=\"{top + 14}\" fill=\"#1f2933\">{Sentence(y)}</text>");
        line($"  <rect x=\"{Left}\" y=\"{barTop}\" width=\"{X(y.Ratio.Median) - Left:0.0}\" height=\"{BarHeight}\" fill=\"{colour}\"/>");
        line($"  <line x1=\"{X(y.Ratio.Low):0.0}\" x2=\"{X(y.Ratio.High):0.0}\" y1=\"{barTop + 8}\" y2=\"{barTop + 8}\" stroke=\"#1f2933\" stroke-width=\"2\"/>");
        line($"  <line x1=\"{X(y.Goal):0.0}\" x2=\"{X(y.Goal):0.0}\" y1=\"{barTop - 5}\" y2=\"{barTop + BarHeight + 5}\" stroke=\"#1f2933\" stroke-dasharray=\"4 3\"/>");
    }

    static string Sentence(Yardstick y) => $"{Unit.Times.Show(y.Ratio.Median)}, goal {y.GoalText}, {y.Verdict}";
}
