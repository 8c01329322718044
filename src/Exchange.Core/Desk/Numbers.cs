using System.Globalization;

namespace Exchange.Core.Desk;

/// <summary>Ticket numbers as people see them.</summary>
public static class Numbers
{
    public static string Show(long number) => number.ToString(CultureInfo.InvariantCulture);
}
