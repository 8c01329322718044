using Exchange.Core.Desk;
using static Exchange.Api.Demo.Cast;

namespace Exchange.Api.Demo;

/// <summary>The vendor's customer calls, and the partner goes there: each of these tickets is handed to Brightfix once.</summary>
internal static class NordwindRepairs
{
    public static readonly IReadOnlyList<DemoTicket> Tickets =
    [
        new(Lena, "Etikettendrucker an Linie 3 druckt nur leere Etiketten")
        {
            Priority = "urgent",
            Description = "Seit dem Rollenwechsel heute früh kommen die Etiketten leer heraus. Neustart und eine andere Rolle haben nichts gebracht. Die Linie steht.",
            Contact = new Contact("Anna Keller", "a.keller@biohof-lindau.example", "+49 8382 555014"),
            Asset = new Asset("Etikettendrucker LP-420", "LP420-22081", "Biohof Lindau, Halle 3, Linie 3"),
            Assignee = Lena,
            Story =
            [
                new Note(Lena, "Wartungsvertrag läuft bis März. Die Rechnung vom Oktober ist noch offen, das bleibt bitte unter uns."),
                new Tell(Lena, "Guten Morgen Frau Keller, heute kommt ein Techniker von Brightfix zu Ihnen. Bitte legen Sie die alte Rolle zur Seite, dann sehen wir gleich, ob es am Material liegt.") { As = "announced" },
                new Upload(Lena, "internal", DemoFile.Pdf("Wartungsvertrag LP-420.pdf", "Wartungsvertrag LP-420 (Auszug)", "Kunde: Biohof Lindau", "Gerät: LP420-22081", "Laufzeit: bis 31. März", "Anfahrt und Verschleißteile sind enthalten.")),
                new Upload(Lena, "customer", DemoFile.Png("leeres-etikett.png", () => TinyPng.Label("LINIE3", 0.15))),
                new Offer(Lena, Brightfix, "Bitte vor der Anfahrt anrufen, Tor 2 ist nur bis 16 Uhr besetzt.") { Contact = true, Asset = true, Comments = ["announced"], Files = ["leeres-etikett.png"], Within = 8 },
                new Accept(Marek, 4),
                new Give(Marek, Marek),
                new Say(Marek, Nordwind, "Danke, ich bin gegen 13 Uhr vor Ort. Ein Druckkopf ist im Wagen."),
                new Start(Marek),
                new Note(Marek, "Den letzten LP-420-Kopf aus dem Wagen genommen, bitte nachbestellen."),
                new Question(Marek, "Der Druckkopf ist verschlissen. Darf ich ihn tauschen, oder läuft das bei Ihnen über die Garantie?"),
                new Answer(Lena, Brightfix, "Bitte tauschen, das geht auf Garantie. Den alten Kopf brauchen wir zurück."),
                new Resolve(Marek, "Druckkopf getauscht und Druckintensität neu eingestellt. Das Testetikett ist einwandfrei.", "part_replaced", 55),
                new Rework(Lena, Brightfix, "not_fixed", "Frau Keller hat angerufen: Nach etwa 50 Etiketten werden sie wieder blass."),
                new Say(Marek, Nordwind, "Ich fahre noch einmal hin. Vermutlich ist auch die Andruckwalze hart geworden."),
                new Upload(Marek, "partner", DemoFile.Pdf("Serviceprotokoll Biohof Lindau.pdf", "Serviceprotokoll", "Gerät: LP420-22081", "1. Besuch: Druckkopf getauscht", "2. Besuch: Andruckwalze getauscht", "Probelauf: 500 Etiketten ohne Fehler", "Techniker: Marek Zielinski, Brightfix")),
                new Resolve(Marek, "Andruckwalze ebenfalls getauscht und 500 Etiketten am Stück gedruckt, alle sauber. Die Altteile sind auf dem Weg zu Ihnen.", "part_replaced", 40),
                new Confirm(Lena, Brightfix),
                new Tell(Lena, "Guten Tag Frau Keller, Druckkopf und Andruckwalze sind neu, und der Probelauf war fehlerfrei. Bitte melden Sie sich, falls noch etwas auffällt."),
                new Set(Lena, "resolved"),
            ],
        },
        new(Jonas, "Schlauchbeutelmaschine stoppt alle 20 Minuten mit Fehler E214")
        {
            Priority = "high",
            Description = "Die Maschine läuft nach dem Quittieren wieder an und stoppt etwa 20 Minuten später erneut. Am Display steht E214.",
            Contact = new Contact("Heike Vogt", "vogt@kaffeeroesterei-vogt.example", "+49 421 555067"),
            Asset = new Asset("Schlauchbeutelmaschine VP-80", "VP80-1174", "Kaffeerösterei Vogt, Bremen, Packraum"),
            Assignee = Jonas,
            Story =
            [
                new Tell(Jonas, "Hallo Frau Vogt, E214 meldet eine zu hohe Temperatur an den Siegelbacken. Wir schicken Ihnen jemanden, der den Fühler prüft."),
                new Offer(Jonas, Brightfix, "E214 ist die Temperatur der Siegelbacken. Bitte Fühler und Relais prüfen.") { Contact = true, Asset = true, Within = 24 },
                new Accept(Marek, 20),
                new Start(Marek),
                new Upload(Marek, "partner", DemoFile.Png("anzeige-e214.png", () => TinyPng.Display("E214"))),
                new Upload(Marek, "partner", DemoFile.Png("temperatur.png", () => TinyPng.Gauge(0.92))),
                new Say(Marek, Nordwind, "Ich bin vor Ort. Der Fehler kommt immer, sobald die Backen über 182 °C gehen; die beiden Bilder sind von eben.") { Files = ["anzeige-e214.png", "temperatur.png"] },
                new Say(Marek, Nordwind, "Zum Packraum kommt man über den Hof, Türcode 4471.") { As = "door" },
                new Retract(Marek, "door"),
                new Say(Jonas, Brightfix, "Danke. Bei dieser Serie klebt gern das Halbleiterrelais K7. Bitte einmal stromlos durchmessen."),
                new Note(Jonas, "Drittes klebendes Relais in diesem Monat. Bitte mit der Entwicklung besprechen."),
            ],
        },
        new(Camille, "Étiqueteuse : les étiquettes se collent de travers")
        {
            Description = "Depuis lundi, une étiquette sur cinq est posée de travers. Le réglage des guides n’a rien changé.",
            Contact = new Contact("Claire Dubois", "c.dubois@fromagerie-vercors.example", "+33 4 76 55 50 21"),
            Asset = new Asset("Étiqueteuse EL-15", "EL15-0932", "Fromagerie du Vercors, Grenoble, atelier 2"),
            Assignee = Camille,
            Story =
            [
                new Tell(Camille, "Bonjour Madame Dubois, une technicienne de notre partenaire Brightfix passera demain matin. D’ici là, vous pouvez réduire la cadence à 20 par minute."),
                new Offer(Camille, Brightfix, "La cliente est joignable à partir de 7 h.") { Contact = true, Asset = true, Within = 48 },
                new Accept(Sophie, 24),
                new Give(Sophie, Sophie),
                new Start(Sophie),
                new Note(Sophie, "Capteur d’origine remplacé par un autre modèle, sans doute par le client lui-même."),
                new Question(Sophie, "Le capteur de bouteilles n’est pas celui d’origine. Pouvez-vous m’envoyer la référence exacte pour une EL-15 de 2019 ?"),
            ],
        },
        new(Lena, "Carton sealer: tape is cut but not pressed down")
        {
            Description = "The tape comes off again on about every third carton. The wiper spring looks worn.",
            Contact = new Contact("Dan Whitlock", "dan@harbourkitchen.example", "+44 117 555 0163"),
            Asset = new Asset("Carton sealer CS-30", "CS30-4410", "Harbour Kitchen, Bristol, loading bay"),
            Assignee = Lena,
            Story =
            [
                new Offer(Lena, Brightfix, "They pack from 6 to 11; after that you have the machine to yourself.") { Contact = true, Asset = true, Within = 72 },
                new Say(Tom, Nordwind, "Do you know whether they run 50 mm or 75 mm tape? The wipers differ."),
                new Say(Lena, Brightfix, "75 mm, it says so on their last order."),
                new Accept(Tom, 48),
                new Start(Tom),
                new Say(Tom, Nordwind, "It is the wiper, not the spring: the rubber has gone hard. I have shown them how to press the tape by hand for now."),
                new Hold(Tom, "parts", "Wiper CS-30/75 is on order, due on Thursday."),
                new Note(Tom, "Parts desk says Thursday, but they said that last time too. Ring them on Wednesday."),
            ],
        },
        new(Mehmet, "Install two label printers in the new Leeds shop")
        {
            Priority = "low",
            Description = "Both printers are there already, still in their boxes. Power and network are ready at tills 1 and 2.",
            Contact = new Contact("Grace Obi", "grace.obi@albanyfoods.example", "+44 113 555 0188"),
            Asset = new Asset("2 label printers LP-210", "LP210-7731, LP210-7732", "Albany Foods, Leeds, Kirkgate"),
            Assignee = Mehmet,
            Story =
            [
                new Upload(Mehmet, "internal", DemoFile.Pdf("Site plan Leeds.pdf", "Site plan, Albany Foods Leeds", "Till 1: printer LP210-7731, socket A4", "Till 2: printer LP210-7732, socket A5", "The shop opens on the first Monday of next month.")),
                new Offer(Mehmet, Brightfix, "Any day next week will do. The site plan is attached.") { Contact = true, Asset = true, Files = ["Site plan Leeds.pdf"], Within = 240 },
            ],
        },
        new(Jonas, "Waage der Preisauszeichnung zeigt 12 g zu viel")
        {
            Priority = "high",
            Description = "Mit dem Prüfgewicht von 500 g zeigt die Waage 512 g. Der Kunde zeichnet bis zur Reparatur von Hand aus.",
            Contact = new Contact("Rolf Hahn", null, "+49 511 555032"),
            Asset = new Asset("Preisauszeichner PW-12", "PW12-0560", "Metzgerei Hahn, Hannover"),
            Assignee = Jonas,
            Story =
            [
                new Note(Jonas, "Das Eichamt ist informiert, der Termin zur Nacheichung steht schon."),
                new Offer(Jonas, Brightfix, "Nach dem Abgleich bitte neu versiegeln und das Protokoll hier anhängen.") { Contact = true, Asset = true, Within = 24 },
                new Accept(Marek, 22),
                new Say(Marek, Nordwind, "Morgen um 8 Uhr, mit Prüfgewichten. Ich rufe Herrn Hahn heute noch an."),
            ],
        },
        new(Mehmet, "Printer drops off the network every night")
        {
            Description = "Every morning the printer has to be switched off and on before it takes jobs.",
            Contact = new Contact("Marcus Lee", "marcus.lee@albanyfoods.example", "+44 191 555 0120"),
            Asset = new Asset("Label printer LP-420", "LP420-19907", "Albany Foods, Newcastle, back office"),
            Assignee = Mehmet,
            Story =
            [
                new Tell(Mehmet, "Hello Marcus, Tom from Brightfix will look at it this afternoon. Please leave the printer on until he is there."),
                new Offer(Mehmet, Brightfix, null) { Contact = true, Asset = true },
                new Accept(Tom, 6),
                new Start(Tom),
                new Resolve(Tom, "The switch puts idle ports to sleep at midnight and the printer does not wake up again. Energy saving is off for its port; I sent it a job after one hour idle and it printed.", "configuration", 35),
            ],
        },
        new(Lena, "Drucker meldet Papierende, obwohl die Rolle voll ist")
        {
            Contact = new Contact("Uwe Petersen", "info@getraenke-petersen.example", "+49 461 555090"),
            Asset = new Asset("Etikettendrucker LP-210", "LP210-5518", "Getränke Petersen, Flensburg"),
            Assignee = Lena,
            Story =
            [
                new Offer(Lena, Brightfix, "Vermutlich der Papiersensor.") { Contact = true, Asset = true },
                new Recall(Lena, Brightfix, "Der Kunde hat es selbst gelöst", "Auf dem Sensor klebte ein Etikett. Danke trotzdem."),
                new Tell(Lena, "Gut, dass es so einfach war, Herr Petersen! Ich schließe die Meldung."),
                new Set(Lena, "closed"),
            ],
        },
    ];
}
