using Exchange.Core.Desk;
using static Exchange.Api.Demo.Cast;

namespace Exchange.Api.Demo;

/// <summary>Where one handoff is not enough: a second choice, two partners at a time, a chain, a way back.</summary>
internal static class NordwindPartners
{
    public static readonly IReadOnlyList<DemoTicket> Tickets =
    [
        new(Camille, "Ensacheuse bloquée, voyant rouge fixe")
        {
            Priority = "urgent",
            Description = "La machine ne démarre plus depuis l’orage de cette nuit. Le voyant rouge reste allumé, même après une coupure de dix minutes.",
            Contact = new Contact("Marc Leroy", "m.leroy@moulin-leroy.example", "+33 4 95 55 50 77"),
            Asset = new Asset("Ensacheuse SB-40", "SB40-0218", "Moulin Leroy, Ajaccio"),
            Assignee = Camille,
            Story =
            [
                new Note(Camille, "Client difficile depuis la panne de juin. Prévenir la direction si ce n’est pas réparé avant vendredi."),
                new Offer(Camille, Brightfix, "Panne après un orage, sans doute l’alimentation.") { Contact = true, Asset = true, Within = 24 },
                new Decline(Sophie, "wrong_region", "Désolée, nous n’avons personne en Corse avant la semaine prochaine."),
                new Offer(Camille, Kolibri, "Panne après un orage, sans doute l’alimentation. Le client attend un appel ce matin.") { Contact = true, Asset = true, Within = 24 },
                new Accept(Nadia, 8),
                new Give(Nadia, Nadia),
                new Say(Nadia, Nordwind, "Bien reçu, j’ai le client au téléphone. J’y serai vers 15 h avec une alimentation de rechange."),
                new Start(Nadia),
                new Tell(Camille, "Bonjour Monsieur Leroy, Madame Haddad de Kolibri Service arrive vers 15 h avec la pièce."),
            ],
        },
        new(Lena, "Stretch wrapper: film tears at every corner")
        {
            Description = "New film, same supplier as always. It tears as soon as the turntable passes a corner of the pallet.",
            Contact = new Contact("Maria Borg", "maria@gozosalt.example", "+356 2155 5041"),
            Asset = new Asset("Stretch wrapper SW-200", "SW200-0077", "Gozo Salt Works, Victoria, Malta"),
            Assignee = Lena,
            Story =
            [
                new Offer(Lena, Kolibri, "Please check the brake of the film carriage first.") { Contact = true, Asset = true },
                new Accept(Eleni, 30),
                new Start(Eleni),
                new Upload(Eleni, "partner", DemoFile.Png("film-tension.png", () => TinyPng.Gauge(0.88))),
                new Say(Eleni, Nordwind, "The brake is fine. The tension control goes to full scale at each corner, see the picture.") { Files = ["film-tension.png"] },
                new Note(Eleni, "Ferry back at 17:40, do not wait for an answer on the island."),
                new Return(Eleni, "needs_higher_level", "The control board needs new parameters, and only Nordwind can load them. The mechanics are in order."),
            ],
        },
        new(Jonas, "Umzug der Verpackungslinie in Halle 5")
        {
            Description = "Die Linie zieht am Wochenende um. Mechanik und Elektrik können gleichzeitig arbeiten.",
            Contact = new Contact("Stefan Brückner", "brueckner@teehaus-sued.example", "+49 89 555048"),
            Asset = new Asset("Verpackungslinie PL-3", "PL3-0012", "Teehaus Süd, München, Halle 2"),
            Assignee = Jonas,
            Story =
            [
                new Upload(Jonas, "internal", DemoFile.Pdf("Aufstellplan Halle 5.pdf", "Aufstellplan Halle 5", "Maschine 1: Achse A, 2,40 m von der Wand", "Maschine 2: Achse B", "Anschlüsse: 400 V / 32 A, Druckluft 6 bar", "Stand: Entwurf vom Freitag")),
                new Note(Jonas, "Festpreis mit dem Kunden vereinbart. Die Partner rechnen nach Aufwand ab, Stunden im Blick behalten."),
                new Offer(Jonas, Brightfix, "Ihr Teil: Abbau, Transport, Ausrichten.") { Contact = true, Asset = true, Files = ["Aufstellplan Halle 5.pdf"], Within = 120 },
                new Offer(Jonas, Kolibri, "Ihr Teil: Abklemmen, Anschluss und Probelauf in Halle 5.") { Contact = true, Asset = true, Files = ["Aufstellplan Halle 5.pdf"], Within = 120 },
                new Accept(Tom, 72),
                new Accept(Emre, 96),
                new Start(Tom),
                new Say(Tom, Nordwind, "Machine 1 is down and on its pallet. We start with machine 2 after lunch."),
                new Start(Emre),
                new Say(Emre, Nordwind, "Alles abgeklemmt und beschriftet. In Halle 5 fehlt noch der Schlüssel zum Schaltschrank."),
                new Hold(Emre, "site_access", "Schaltschrank in Halle 5 ist abgeschlossen; der Hausmeister kommt am Montag."),
                new Say(Jonas, Kolibri, "Ich habe Herrn Brückner gebeten, den Schlüssel schon am Samstag zu hinterlegen."),
            ],
        },
        new(Mehmet, "Case packer in Izmir drops every tenth carton")
        {
            Priority = "high",
            Description = "The gripper opens too early on one of its ten positions. The customer runs at half speed until it is repaired.",
            Contact = new Contact("Deniz Arslan", "deniz@egeincir.example", "+90 232 555 0115"),
            Asset = new Asset("Case packer CP-10", "CP10-0341", "Ege İncir, İzmir, Kemalpaşa"),
            Assignee = Mehmet,
            Story =
            [
                new Tell(Mehmet, "Merhaba Deniz Bey, Brightfix bugün sizi arayacak. O zamana kadar makineyi yarım hızda çalıştırabilirsiniz."),
                new Offer(Mehmet, Brightfix, "Position 7 by the sound of it. Contact and machine data may go on to your technician there.") { Contact = true, Asset = true, Within = 48 },
                new Accept(Tom, 40),
                new Start(Tom),
                new Note(Tom, "Our own people are two flights away. Kolibri has Emre in Izmir."),
                new Offer(Tom, Kolibri, "Emre, can you be there tomorrow? The customer speaks Turkish.") { Contact = true, Asset = true, Within = 36 },
                new Accept(Emre, 24),
                new Start(Emre),
                new Upload(Emre, "partner", DemoFile.Png("gripper-7.png", () => TinyPng.Display("7-E2"))),
                new Say(Emre, Brightfix, "It is gripper 7: its valve closes 200 ms late. I have a valve with me and change it tonight after the last shift.") { As = "valve" },
                new Say(Tom, Nordwind, null) { PassesOn = "valve" },
                new Say(Mehmet, Brightfix, "Good. Please keep the old valve, we want to see its date code."),
            ],
        },
    ];
}
