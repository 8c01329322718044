using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace Exchange.Web.Shell;

public enum StampSays
{
    Fine,

    /// <summary>Sent quicker than anybody types.</summary>
    TooQuick,

    /// <summary>Not ours, or made too long ago.</summary>
    Unknown,
}

/// <summary>When a form was shown, sealed: who sends one that he has not seen, or has not read, is a machine.</summary>
public sealed class FormStamp(IDataProtectionProvider protection, TimeProvider time)
{
    private readonly IDataProtector _protector = protection.CreateProtector("Exchange.CustomerForm");

    /// <summary>The least time between showing and sending.</summary>
    public static TimeSpan Least => TimeSpan.FromSeconds(3);

    private static TimeSpan Most => TimeSpan.FromDays(1);

    public string Make() => _protector.Protect(time.GetUtcNow().UtcTicks.ToString(CultureInfo.InvariantCulture));

    public StampSays Judge(string? stamp)
    {
        try
        {
            var since = time.GetUtcNow().UtcTicks - long.Parse(_protector.Unprotect(stamp ?? ""), CultureInfo.InvariantCulture);
            return since < Least.Ticks ? StampSays.TooQuick : since > Most.Ticks ? StampSays.Unknown : StampSays.Fine;
        }
        catch (CryptographicException)
        {
            // Made up, or of a key that is no more.
            return StampSays.Unknown;
        }
    }
}
