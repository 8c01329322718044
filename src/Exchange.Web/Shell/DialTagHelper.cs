using System.Globalization;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Exchange.Web.Shell;

/// <summary>
/// How much is left of the time to answer: <c>&lt;dial since="@offered" due="@acceptBy" /&gt;</c>. Drawn for the moment of loading; a
/// script draws it again. Red under a quarter.
/// </summary>
[HtmlTargetElement("dial", TagStructure = TagStructure.WithoutEndTag)]
public sealed class DialTagHelper(Texts t, Show show) : TagHelper
{
    /// <summary>Of a circle with the radius 27.</summary>
    private const double Round = 169.6;

    public DateTimeOffset Since { get; set; }

    /// <summary>Null: nobody set a time.</summary>
    public DateTimeOffset? Due { get; set; }

    /// <summary>Whether the clock stands still: then no script draws it again.</summary>
    public bool Still { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "dial");
        if (Due is not { } due)
        {
            output.Content.SetHtmlContent($"{Ring("")}<b aria-hidden=\"true\">∞</b><small>{Pieces.Text(t["no time limit"])}</small>");
            return;
        }

        var left = due - show.Now;
        left = left < TimeSpan.Zero ? TimeSpan.Zero : left;
        var share = due <= Since ? 0 : Math.Clamp(left / (due - Since), 0, 1);
        var red = share < 0.25;
        if (!Still)
        {
            output.Attributes.SetAttribute("data-since", Show.Iso(Since));
            output.Attributes.SetAttribute("data-due", Show.Iso(due));
            output.Attributes.SetAttribute("data-min", t["min left"]);
            output.Attributes.SetAttribute("data-h", t["h left"]);
        }

        var arc = string.Create(CultureInfo.InvariantCulture, $"<circle class=\"arc{(red ? " arc-r" : "")}\" cx=\"32\" cy=\"32\" r=\"27\" fill=\"none\" stroke-width=\"5\" stroke-linecap=\"round\" stroke-dasharray=\"{share * Round:0.0} {Round}\" transform=\"rotate(-90 32 32)\"/>");
        var (number, unit) = left.TotalHours >= 24 ? ($"{(int)left.TotalDays}", t.Count("days left", (long)left.TotalDays))
            : left.TotalMinutes >= 60 ? (string.Create(CultureInfo.InvariantCulture, $"{(int)left.TotalHours}:{left.Minutes:00}"), t["h left"])
            : ($"{(int)left.TotalMinutes}", t["min left"]);
        output.Content.SetHtmlContent($"{Ring(share > 0 ? arc : "")}<b class=\"num{(red ? " t-red" : "")}\">{number}</b><small>{Pieces.Text(unit)}</small><time class=\"vh\" datetime=\"{Show.Iso(due)}\">{Pieces.Text(t["until {0}", show.When(due)])}</time>");
    }

    private static string Ring(string arc) =>
        $"<svg viewBox=\"0 0 64 64\" aria-hidden=\"true\"><circle class=\"trk\" cx=\"32\" cy=\"32\" r=\"27\" fill=\"none\" stroke-width=\"5\"/>{arc}</svg>";
}
