using System.Text.Json.Serialization;
using Exchange.Core.Kernel;

namespace Exchange.Core.Desk;

/// <summary>Whether the form has a field.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Asked>))]
public enum Asked
{
    Hidden,
    Shown,
    Required,
}

/// <summary>The form by which a company's customers open tickets. Name, e-mail and subject stand in every form; the rest is the company's choice.</summary>
public sealed class CustomerForm
{
    public required AccountId Account { get; init; }

    /// <summary>Whether anybody finds it; a company without a row has none.</summary>
    public bool Open { get; set; }

    /// <summary>Stands above the fields, in the company's words.</summary>
    public string? Greeting { get; set; }

    public FormFields Fields { get; set; } = FormFields.Default;

    /// <summary>Whether customers are told nothing by mail. A company without a row tells them.</summary>
    public bool IsSilent { get; set; }
}

public sealed record FormFields(Asked Phone, Asked Description, Asked Asset, Asked Serial, Asked Place, bool Files)
{
    public static readonly FormFields Default = new(Asked.Shown, Asked.Required, Asked.Shown, Asked.Shown, Asked.Shown, true);
}
