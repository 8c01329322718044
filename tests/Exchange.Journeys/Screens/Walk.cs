using System.Text.RegularExpressions;

namespace Exchange.Journeys.Screens;

/// <summary>
/// Finds the screens as a person does, by following links from page to page; of those that differ by a ticket or a company alone it
/// takes one. A new page is found as soon as something leads to it.
/// </summary>
sealed partial class Walk(DeskOf desk, Func<string, bool>? follows = null)
{
    /// <summary>Of one page with different queries: forms that open in place, filters.</summary>
    const int Variants = 4;

    static readonly string[] OpenToAll = ["/sign-in", "/register", "/reset", "/me", "/accounts"];

    readonly HashSet<string> seen = new(StringComparer.Ordinal);
    readonly Dictionary<string, int> variants = new(StringComparer.Ordinal);

    /// <summary>Goes to each screen and does what is to be done there; gives the names of the screens.</summary>
    public async Task<IReadOnlyList<string>> Each(Func<string, Task> there)
    {
        var names = new List<string>();
        var open = new Queue<string>([$"/at/{desk.Slug}/home", $"/at/{desk.Slug}/more", .. OpenToAll]);
        while (open.TryDequeue(out var path))
        {
            if (!IsNew(path))
            {
                continue;
            }

            await desk.Go(path);
            var name = Name(path);
            names.Add(name);
            foreach (var link in await Links())
            {
                open.Enqueue(link);
            }

            await there(name);
        }

        return names;
    }

    /// <summary>The address without what is one's own: <c>tickets-n</c>, <c>links-id-rehearsal</c>, <c>offers--open-decline</c>.</summary>
    public static string Name(string path)
    {
        var (place, query) = (path.Split('?')[0], path.Contains('?', StringComparison.Ordinal) ? path[(path.IndexOf('?', StringComparison.Ordinal) + 1)..] : "");
        place = Number().Replace(Id().Replace(Account().Replace(place, ""), "id"), "/n");
        query = string.Join('-', query.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(Said).Order(StringComparer.Ordinal));
        return $"{place.Trim('/').Replace('/', '-')}{(query.Length == 0 ? "" : "--" + query)}";
    }

    // A word that is chosen names another screen; an id, a number or what was typed does not.
    static string Said(string part) => Word().IsMatch(part) ? part.Replace('=', '-') : part.Split('=')[0];

    bool IsNew(string path)
    {
        if (!seen.Add(Name(path)))
        {
            return false;
        }

        var place = Name(path.Split('?')[0]);
        return (variants[place] = variants.GetValueOrDefault(place) + 1) <= Variants;
    }

    async Task<IEnumerable<string>> Links()
    {
        var found = await desk.Page.EvaluateAsync<string[]>("[...document.querySelectorAll('a[href]:not([download])')].map((a) => a.getAttribute('href'))");
        return found.Select(link => link.Split('#')[0])
            .Where(link => link.StartsWith($"/at/{desk.Slug}/", StringComparison.Ordinal) && !link.Contains("/files/", StringComparison.Ordinal))
            .Where(link => follows?.Invoke(link) ?? true);
    }

    [GeneratedRegex("^/at/[^/]+/", RegexOptions.None, 1000)]
    private static partial Regex Account();

    [GeneratedRegex("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Id();

    [GeneratedRegex(@"/\d+(?=/|$)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Number();

    [GeneratedRegex("^[a-z]+=[a-z_-]{1,20}$", RegexOptions.None, 1000)]
    private static partial Regex Word();
}
