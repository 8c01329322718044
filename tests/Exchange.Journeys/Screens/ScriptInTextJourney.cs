using System.Text;

namespace Exchange.Journeys.Screens;

/// <summary>
/// Texts that try to be script, in every field that somebody writes and in file names, on both sides of a link: nothing runs, and a
/// reader sees them as they were written. 25 of Vectors.txt, all 200 in the long form.
/// </summary>
sealed class ScriptInTextJourney
{
    const int Few = 25;

    static readonly bool Long = Environment.GetEnvironmentVariable("EXCHANGE_LONG") is { Length: > 0 };

    readonly List<string> subjects = [];

    [Test]
    public async Task Nothing_that_somebody_wrote_is_run_and_all_of_it_is_shown()
    {
        var vectors = await Vectors();
        var (lena, nordwind) = await DeskOf.Founder(await Stage.Exchange, vectors[0][..Math.Min(vectors[0].Length, 100)], "Nordwind");
        await using var first = lena;
        var (tom, brightfix) = await DeskOf.Founder(await Stage.Exchange, "Tom <img src=x onerror=alert(1)>", "Brightfix");
        await using var second = tom;
        var fields = await Fields(lena, vectors);
        var link = await nordwind.LinkWith(brightfix, new { fields });
        await Task.WhenAll(vectors.Chunk(10).Select(some => Offer(nordwind, link, some, fields)));
        var mirror = await Converse(nordwind, brightfix, link, vectors, fields);

        await Task.WhenAll(ShowsAll(lena, "home", []), ShowsAll(tom, "offers", subjects));
        await tom.At($"tickets/{mirror}");
        await tom.Sees(DeskOf.Plainly(vectors[2]));
        await Task.WhenAll(NothingRuns(lena, $"tickets?{string.Concat(fields.Select(f => $"&col=field.{f}"))}"), NothingRuns(tom));
    }

    /// <summary>A field of free text and a choice, named by such texts, with choices of such texts. Gives their keys.</summary>
    static async Task<IReadOnlyList<string>> Fields(DeskOf lena, IReadOnlyList<string> vectors)
    {
        var brief = vectors.Where(v => v.Length <= 60).DistinctBy(v => v.Trim(), StringComparer.OrdinalIgnoreCase).Take(50).ToList();
        foreach (var (kind, label, choices) in ((string, string, string)[])[("text", brief[0], ""), ("choice", brief[1], string.Join('\n', brief))])
        {
            await lena.At("settings/fields");
            await lena.Page.Locator("#kind").SelectOptionAsync(kind);
            await lena.Fill("new-label", label);
            await lena.Fill("new-choices", choices);
            await lena.Page.Locator("#new-form").CheckAsync();
            await lena.Press("Add the field");
            await lena.Sees("The field is added.");
        }

        var keys = await lena.Page.Locator("ul.people code").AllInnerTextsAsync();
        Assert.That(keys, Has.Count.EqualTo(2));
        return keys;
    }

    /// <summary>One ticket for each, with the text in all fields that an offer has.</summary>
    async Task Offer(Company nordwind, string link, string[] vectors, IReadOnlyList<string> fields)
    {
        foreach (var vector in vectors)
        {
            var ticket = await nordwind.OpenTicket(new
            {
                subject = vector,
                description = vector,
                category = vector.Length <= 60 ? vector : null,
                fields = new Dictionary<string, string>(StringComparer.Ordinal) { [fields[0]] = vector },
                contact = new { name = vector, email = "a@people.example", phone = "1" },
                asset = new { name = vector, serial = "1", location = vector },
            });
            lock (subjects)
            {
                subjects.Add(ticket.Need("subject"));
            }

            await nordwind.HandOver(ticket.Need("id"), new { linkId = link, note = vector, share = new { contact = true, asset = true } });
        }
    }

    /// <summary>One ticket with all of them as notes, messages, partner comments and names of files, said on both sides.</summary>
    /// <returns>The number of the mirror.</returns>
    static async Task<string> Converse(Company nordwind, Company brightfix, string link, IReadOnlyList<string> vectors, IReadOnlyList<string> fields)
    {
        var told = new Dictionary<string, string>(StringComparer.Ordinal) { [fields[0]] = vectors[2] };
        var ticket = (await nordwind.OpenTicket(new { subject = vectors[1], contact = new { name = vectors[2] }, fields = told })).Need("id");
        var handoff = (await nordwind.HandOver(ticket, new { linkId = link })).Need("id");
        var mirror = (await brightfix.Do(handoff, "accept")).Need("ticketId");
        foreach (var vector in vectors)
        {
            await Task.WhenAll(
                nordwind.Comment(ticket, new { body = vector }),
                nordwind.Comment(ticket, new { body = vector, audience = "customer" }),
                nordwind.Tell($"tickets/{ticket}/files", Named(vector)),
                nordwind.Say(handoff, vector),
                brightfix.Comment(mirror, new { body = vector }),
                brightfix.Say(handoff, vector));
        }

        await brightfix.Do(handoff, "start");
        await brightfix.Do(handoff, "ask", new { question = vectors[3] });
        await Eventually.Holds("all has arrived", async () =>
            (await nordwind.Conversation(handoff)).Count == (await brightfix.Conversation(handoff)).Count ? null : "Not yet.");
        return (await brightfix.Ticket(mirror)).Need("number");
    }

    /// <summary>Its name is sent as it is; what the exchange makes of it is what the pages show.</summary>
    static ByteArrayContent Named(string name)
    {
        var form = new ByteArrayContent(Encoding.UTF8.GetBytes(
            $"--cut-here\r\nContent-Disposition: form-data; name=\"file\"; filename*=UTF-8''{Uri.EscapeDataString(name)}\r\nContent-Type: image/svg+xml\r\n\r\nx\r\n--cut-here--\r\n"));
        form.Headers.TryAddWithoutValidation("Content-Type", "multipart/form-data; boundary=cut-here");
        return form;
    }

    static async Task ShowsAll(DeskOf desk, string place, IReadOnlyList<string> texts)
    {
        await desk.At(place);
        var shown = await desk.Text();
        Assert.That(texts.Select(DeskOf.Plainly).Where(text => !shown.Contains(text, StringComparison.Ordinal)), Is.Empty, $"not shown as text at {place}");
    }

    static async Task NothingRuns(DeskOf desk, params string[] besides)
    {
        await new Walk(desk).Each(name => Runs(desk, name));
        foreach (var place in besides)
        {
            await desk.At(place);
            await Runs(desk, place);
        }

        desk.NothingWentWrong();

        static async Task Runs(DeskOf desk, string name)
        {
            // What waits for a pointer or the focus gets it.
            await desk.Page.EvaluateAsync("""
                () => {
                  for (const e of document.querySelectorAll('body *')) {
                    for (const kind of ['mouseover', 'pointerenter', 'focus', 'toggle', 'animationstart']) e.dispatchEvent(new Event(kind));
                  }
                }
                """);
            Assert.That(await desk.Page.EvaluateAsync<bool>("window.xss === undefined"), Is.True, name);
        }
    }

    static async Task<IReadOnlyList<string>> Vectors()
    {
        var all = (await File.ReadAllLinesAsync(Repository.File("tests", "Exchange.Journeys", "Screens", "Vectors.txt"))).Where(line => line.Length > 0 && line[0] is not '#').ToList();
        Assert.That(all, Has.Count.GreaterThanOrEqualTo(200).And.All.Length.LessThan(200));

        // As many as a page of offers shows.
        return Long ? all[..200] : [.. all.Where((_, i) => i % (all.Count / Few) == 0)];
    }
}
