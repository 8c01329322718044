using Microsoft.Playwright;

namespace Exchange.Journeys.Screens;

/// <summary>How a page is looked at.</summary>
sealed record Look(string Name, int Width, int Height, ColorScheme Scheme)
{
    public static readonly Look Light = new("light", 1440, 900, ColorScheme.Light);
    public static readonly Look Dark = new("dark", 1440, 900, ColorScheme.Dark);
    public static readonly Look Phone = new("phone", 390, 844, ColorScheme.Light);
    public static readonly Look DarkPhone = new("phone-dark", 390, 844, ColorScheme.Dark);

    /// <summary>In an order in which each differs from the one before in one thing.</summary>
    public static readonly IReadOnlyList<Look> All = [Light, Dark, DarkPhone, Phone];
}
