using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Exchange.Web.Shell;

/// <summary>An icon of the sprite that the build cuts: <c>&lt;icon name="link" /&gt;</c>. It is decoration; the word stands beside it, or in <c>label</c>.</summary>
[HtmlTargetElement("icon", TagStructure = TagStructure.WithoutEndTag)]
public sealed class IconTagHelper : TagHelper
{
    public string Name { get; set; } = "";

    public string? Class { get; set; }

    /// <summary>What the icon says where no word stands beside it.</summary>
    public string? Label { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "svg";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", Class is null ? "ti" : $"ti {Class}");
        output.Attributes.SetAttribute("viewBox", "0 0 24 24");
        if (Label is null)
        {
            output.Attributes.SetAttribute("aria-hidden", "true");
        }
        else
        {
            output.Attributes.SetAttribute("role", "img");
            output.Attributes.SetAttribute("aria-label", Label);
        }

        output.Content.SetHtmlContent($"<use href=\"/lib/icons.svg#{Name}\"/>");
    }
}
