namespace Exchange.Web.Shell;

/// <summary>A browser by the name that people know it by, from what it says of itself.</summary>
public static class Device
{
    // The order matters: most say that they are Safari, and many that they are Chrome.
    private static readonly (string Said, string Name)[] Browsers =
        [("Edg", "Edge"), ("OPR/", "Opera"), ("YaBrowser", "Yandex"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("CriOS/", "Chrome"), ("Safari/", "Safari")];

    private static readonly (string Said, string Name)[] Systems =
        [("Windows", "Windows"), ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Mac OS X", "macOS"), ("CrOS", "ChromeOS"), ("Linux", "Linux")];

    public static string Of(string agent, Texts t)
    {
        var (browser, system) = (Find(Browsers, agent), Find(Systems, agent));
        return browser is not null && system is not null ? t["{0} on {1}", browser, system]
            : browser ?? system ?? (agent.Length == 0 ? t["A browser that does not say what it is"] : agent[..Math.Min(agent.Length, 60)]);
    }

    private static string? Find((string Said, string Name)[] known, string agent) => Array.Find(known, k => agent.Contains(k.Said, StringComparison.Ordinal)).Name;
}
