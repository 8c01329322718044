using System.Globalization;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Exchange.Web.Shell;

/// <summary>Small pieces of HTML that several marks are made of.</summary>
internal static class Pieces
{
    public static string Icon(string name, string? more = null) =>
        $"<svg class=\"ti{(more is null ? "" : " " + more)}\" viewBox=\"0 0 24 24\" aria-hidden=\"true\"><use href=\"/lib/icons.svg#{name}\"/></svg>";

    public static string Text(string text) => HtmlEncoder.Default.Encode(text);
}

/// <summary>A ticket's status: <c>&lt;ticket-status value="with_partner" /&gt;</c>, glyph and word, in ink.</summary>
[HtmlTargetElement("ticket-status", TagStructure = TagStructure.WithoutEndTag)]
public sealed class TicketStatusTagHelper(Texts t) : TagHelper
{
    public string Value { get; set; } = "";

    public static string Glyph(string status) => status switch
    {
        "new" => Icon("circle-dotted"),
        "with_partner" => Icon("circle-arrow-right"),
        "waiting" => Icon("player-pause"),
        "check" => Icon("eye-check"),
        "resolved" or "closed" => Icon("circle-check"),
        _ => Icon("circle"),
    };

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "span";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", Value switch { "check" => "st st-loud", "closed" => "st st-over", _ => "st" });
        output.Content.SetHtmlContent(Pieces.Icon(Glyph(Value)) + Pieces.Text(t[$"status:{Value}"]));
    }

    // Named so that the build finds them for the sprite.
    private static string Icon(string name) => name;
}

/// <summary>A handoff's state: <c>&lt;handoff-state value="in_progress" /&gt;</c>; open ones in a chip.</summary>
[HtmlTargetElement("handoff-state", TagStructure = TagStructure.WithoutEndTag)]
public sealed class HandoffStateTagHelper(Texts t) : TagHelper
{
    private static readonly string[] Over = ["closed", "declined", "expired", "recalled", "returned", "severed"];

    public string Value { get; set; } = "";

    public static string Glyph(string state) => state switch
    {
        "offered" => Icon("circle-dashed"),
        "accepted" => Icon("circle"),
        "in_progress" => Icon("circle-half-2"),
        "waiting_placer" => Icon("help-circle"),
        "on_hold" => Icon("player-pause"),
        "recall_requested" or "recalled" => Icon("arrow-back-up"),
        "resolved" => Icon("circle-check"),
        "closed" => Icon("checks"),
        "declined" => Icon("circle-x"),
        "expired" => Icon("clock-x"),
        "returned" => Icon("corner-up-left"),
        _ => Icon("unlink"),
    };

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "span";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", Over.Contains(Value, StringComparer.Ordinal) ? "st st-over" : "st st-chip");
        output.Content.SetHtmlContent(Pieces.Icon(Glyph(Value)) + Pieces.Text(t[$"state:{Value}"]));
    }

    // Named so that the build finds them for the sprite.
    private static string Icon(string name) => name;
}

/// <summary>How urgent a ticket is: <c>&lt;priority value="high" /&gt;</c>, a glyph with a hidden word.</summary>
[HtmlTargetElement("priority", TagStructure = TagStructure.WithoutEndTag)]
public sealed class PriorityTagHelper(Texts t) : TagHelper
{
    public string Value { get; set; } = "";

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "span";
        output.TagMode = TagMode.StartTagAndEndTag;
        var glyph = Value switch { "urgent" => Icon("chevrons-up"), "high" => Icon("arrow-up"), "low" => Icon("arrow-down"), _ => Icon("minus") };
        output.Content.SetHtmlContent($"{Pieces.Icon(glyph, Value is "urgent" or "high" ? "prio prio-u" : "prio")}<span class=\"vh\">{Pieces.Text(t[$"priority:{Value}"])}</span>");
    }

    // Named so that the build finds them for the sprite.
    private static string Icon(string name) => name;
}

/// <summary>
/// The time that is left, or by how much it is over: <c>&lt;clock due="@x.DueAt" since="@x.BallSince" /&gt;</c>. Red belongs to time:
/// an outline when little is left, filled when it is over. Nothing without a due time; a pause where it stands still.
/// </summary>
[HtmlTargetElement("clock", TagStructure = TagStructure.WithoutEndTag)]
public sealed class ClockTagHelper(Show show) : TagHelper
{
    public DateTimeOffset? Due { get; set; }

    /// <summary>When this step began; without it only the last quarter of an hour is soon.</summary>
    public DateTimeOffset? Since { get; set; }

    /// <summary>Why it stands still, in the reader's language; null where it runs.</summary>
    /// <remarks>A page that hands over null hands over an empty text.</remarks>
    public string? Stopped
    {
        get;
        set => field = string.IsNullOrEmpty(value) ? null : value;
    }

    /// <summary>Draws the bar too, where <see cref="Since"/> is known.</summary>
    public bool Bar { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        if (Due is not { } due && Stopped is null)
        {
            output.SuppressOutput();
            return;
        }

        output.TagName = "span";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "clk");
        output.Content.SetHtmlContent((Bar ? Drawn() : "") + Said());
    }

    private string Said()
    {
        if (Stopped is not null)
        {
            return $"<span class=\"st\">{Pieces.Icon(Icon("player-pause"))}{Pieces.Text(Stopped)}</span>";
        }

        var due = Due!.Value;
        var words = $"<time datetime=\"{Show.Iso(due)}\">{Pieces.Text(show.Left(due))}</time>";
        return show.IsOver(due) ? $"<span class=\"late\">{Pieces.Icon(Icon("alarm"))}{words}</span>"
            : show.IsSoon(due, Since) ? $"<span class=\"late-soon\">{Pieces.Icon(Icon("alarm"))}{words}</span>"
            : words;
    }

    private string Drawn()
    {
        if (Due is not { } due || Since is not { } since || due <= since)
        {
            return "";
        }

        var gone = Math.Clamp((show.Now - since) / (due - since), 0, 1) * 100;
        return string.Create(CultureInfo.InvariantCulture, $"<svg class=\"bar\" aria-hidden=\"true\"><rect class=\"bg\" width=\"100%\" height=\"4\" rx=\"2\"/><rect class=\"{(gone >= 100 ? "fr" : "fg")}\" width=\"{gone:0.0}%\" height=\"4\" rx=\"2\"/></svg>");
    }

    // Named so that the build finds them for the sprite.
    private static string Icon(string name) => name;
}

/// <summary>The mark of an audience: <c>&lt;mark-of audience="partner" /&gt;</c>. It never stands without its word.</summary>
[HtmlTargetElement("mark-of", TagStructure = TagStructure.WithoutEndTag)]
public sealed class MarkTagHelper : TagHelper
{
    /// <summary><c>internal</c>, <c>customer</c> or <c>partner</c>.</summary>
    public string Audience { get; set; } = "";

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "span";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", $"mk mk-{Audience[..1]}");
        output.Attributes.SetAttribute("aria-hidden", "true");
    }
}

/// <summary>The seal of an audience: <c>&lt;seal of="customer" /&gt;</c>. It never stands without its word.</summary>
[HtmlTargetElement("seal", TagStructure = TagStructure.WithoutEndTag)]
public sealed class SealTagHelper : TagHelper
{
    /// <summary><c>internal</c>, <c>customer</c> or <c>partner</c>.</summary>
    public string Of { get; set; } = "";

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "span";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", $"seal seal-{Of[..1]}");
        output.Attributes.SetAttribute("aria-hidden", "true");
        output.Content.SetHtmlContent(Pieces.Icon(Of switch { "internal" => Icon("lock"), "customer" => Icon("user"), _ => Icon("link") }));
    }

    // Named so that the build finds them for the sprite.
    private static string Icon(string name) => name;
}
