using Exchange.Core.Desk;

namespace Exchange.Api.Demo;

/// <summary>The fields that Nordwind has added to its tickets.</summary>
internal static class DemoFields
{
    public const string Contract = "contract";
    public const string Warranty = "warranty";
    public const string Till = "till";

    public static async Task Add(Stage stage)
    {
        foreach (var field in (AddField[])
        [
            new("Maintenance contract", FieldKind.Choice, ["None", "Basic", "Round the clock"], false, false, Contract),
            new("Warranty until", FieldKind.Date, null, false, false, Warranty),
            new("Till number", FieldKind.Text, null, false, true, Till),
        ])
        {
            await stage.Do<AddField, FieldId>(field, Cast.Lena);
        }
    }
}
