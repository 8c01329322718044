using Exchange.Core.Desk;
using static Exchange.Api.Demo.Cast;

namespace Exchange.Api.Demo;

/// <summary>What Nordwind does by itself.</summary>
internal static class NordwindDesk
{
    public static readonly IReadOnlyList<DemoTicket> Tickets =
    [
        new(Lena, "Display zeigt nur Sterne nach Stromausfall")
        {
            Contact = new Contact("Paul Lindner", "paul@cafe-morgenrot.example", "+49 341 555028"),
            Asset = new Asset("Etikettendrucker LP-210", "LP210-6120", "Café Morgenrot, Leipzig"),
            Fields = new Dictionary<string, string>(StringComparer.Ordinal) { [DemoFields.Contract] = "Basic", [DemoFields.Warranty] = "2027-03-31", [DemoFields.Till] = "4" },
            Assignee = Lena,
            Story =
            [
                new Tell(Lena, "Hallo Herr Lindner, bitte halten Sie beim Einschalten die Taste FEED fünf Sekunden gedrückt. Danach ist die Sprache wieder Deutsch."),
                new Note(Lena, "Hat geklappt, Rückruf um 10:20 Uhr."),
                new Set(Lena, "closed"),
            ],
        },
        new(Camille, "Formation : régler la tête d’impression")
        {
            Priority = "low",
            Description = "Deux nouvelles personnes à l’atelier aimeraient apprendre le réglage de la tête d’impression.",
            Contact = new Contact("Luc Bonnet", "luc@traiteur-bonnet.example", "+33 1 55 50 33 10"),
            Assignee = Camille,
            Story =
            [
                new Upload(Camille, "customer", DemoFile.Pdf("Guide de réglage.pdf", "Régler la tête d'impression", "1. Éteindre l'imprimante et ouvrir le capot.", "2. Desserrer les deux vis à ailettes.", "3. Aligner la tête sur le repère.", "4. Resserrer, puis imprimer une étiquette d'essai.")),
                new Tell(Camille, "Bonjour Monsieur Bonnet, voici le guide en une page. La séance en ligne d’hier est enregistrée, je vous envoie le lien.") { Files = ["Guide de réglage.pdf"] },
                new Set(Camille, "resolved"),
            ],
        },
        new(Jonas, "Falsches Netzteil geliefert, bitte um Austausch")
        {
            Contact = new Contact("Birgit Thomsen", "thomsen@markthalle-nord.example", "+49 40 555071"),
            Asset = new Asset("Netzteil 24 V statt 48 V", null, "Markthalle Nord, Hamburg"),
            Fields = new Dictionary<string, string>(StringComparer.Ordinal) { [DemoFields.Contract] = "Round the clock", [DemoFields.Warranty] = "2026-12-31" },
            Assignee = Jonas,
            Story =
            [
                new Tell(Jonas, "Guten Tag Frau Thomsen, das richtige Netzteil geht heute raus. Könnten Sie uns bitte ein Foto vom Typenschild des falschen schicken?"),
                new Note(Jonas, "Verwechslung im Lager, Fach 14 und 15 sind vertauscht beschriftet."),
                new Set(Jonas, "waiting"),
            ],
        },
        new(Mehmet, "Loan printer back from the trade fair: second look wanted")
        {
            Priority = "low",
            Description = "It prints, but the cover has a crack. Can it go back into the pool?",
            Asset = new Asset("Label printer LP-420", "LP420-DEMO-3", "Workshop, shelf 9"),
            Assignee = Mehmet,
            Story =
            [
                new Upload(Mehmet, "internal", DemoFile.Png("test-label.png", () => TinyPng.Label("DEMO-3"))),
                new Note(Mehmet, "Test label is fine, picture attached. Lena, please decide about the cover."),
                new Set(Mehmet, "check"),
            ],
        },
        new(Mehmet, "Cannot find the LP-210 driver for Windows 11")
        {
            Contact = new Contact("Ruth Adler", "ruth@adlerseeds.example", "+44 1603 555017"),
            Assignee = Mehmet,
            Story =
            [
                new Set(Mehmet, "open"),
                new Tell(Mehmet, "Hello Ruth, version 4.2 works on Windows 11 as well, although the page does not say so yet. Shall I install it with you this afternoon?"),
            ],
        },
        new(Camille, "Le logiciel d’étiquettes ne s’ouvre plus après la mise à jour")
        {
            Priority = "high",
            Description = "Message affiché : « licence introuvable ». Trois postes sont concernés.",
            Contact = new Contact("Hélène Mercier", "h.mercier@pharmacie-saint-jean.example", "+33 5 56 55 50 49"),
            Asset = new Asset("Logiciel d’étiquettes, 3 postes", null, "Pharmacie Saint-Jean, Bordeaux"),
        },
        new(Lena, "Bitte Angebot für 40 Rollen Thermoetiketten 100 × 150")
        {
            Priority = "low",
            Contact = new Contact("Heike Vogt", "vogt@kaffeeroesterei-vogt.example", "+49 421 555067"),
        },
    ];
}
