using Exchange.Core.Desk;
using static Exchange.Api.Demo.Cast;

namespace Exchange.Api.Demo;

/// <summary>The partner's own customers call the partner: hard questions go up to the vendor, far places on to Kolibri.</summary>
internal static class BrightfixPartners
{
    public static readonly IReadOnlyList<DemoTicket> Tickets =
    [
        new(Marek, "Drukarka etykiet gubi kalibrację po każdym restarcie")
        {
            Description = "Po każdym wyłączeniu trzeba od nowa ustawiać długość etykiety. Aktualizacja oprogramowania nie pomogła.",
            Contact = new Contact("Agnieszka Wójcik", "a.wojcik@sadypolskie.example", "+48 22 555 01 47"),
            Asset = new Asset("Drukarka etykiet LP-420", "LP420-21555", "Sady Polskie, Grójec, sortownia"),
            Assignee = Marek,
            Story =
            [
                new Tell(Marek, "Dzień dobry, sprawdzamy to z producentem. Do jutra proszę po prostu nie wyłączać drukarki na noc."),
                new Note(Marek, "Klientka rozważa umowę serwisową na wszystkie sześć drukarek. Zadzwonić po naprawie."),
                new Upload(Marek, "internal", DemoFile.Png("etykieta-po-restarcie.png", () => TinyPng.Label("GROJEC", 0.6))),
                new Offer(Marek, Nordwind, "Third-line question: the label length is lost at every power-off, on firmware 4.1 and 4.2 alike.") { Asset = true, Files = ["etykieta-po-restarcie.png"] },
                new Accept(Mehmet, 24),
                new Give(Mehmet, Mehmet),
                new Start(Mehmet),
                new Question(Mehmet, "Which board revision is printed next to the battery, C or D?"),
                new Answer(Marek, Nordwind, "Revision C."),
                new Note(Mehmet, "Revision C again, the fourth this month. Added to the list for engineering."),
                new Resolve(Mehmet, "On revision C the settings battery sits under the network card and works loose. Press it in and secure it with the clip from kit 118. No new firmware is needed.", "known_error", 25),
                new Confirm(Marek, Nordwind),
                new Tell(Marek, "Bateria podtrzymująca ustawienia była obluzowana. Zamontowałem zacisk i po trzech restartach kalibracja pozostaje zapisana."),
                new Set(Marek, "resolved"),
            ],
        },
        new(Oksana, "Пакувальна машина не бачить плівку після заміни датчика")
        {
            Priority = "high",
            Description = "Новий датчик світиться, але машина показує «немає плівки». Старий датчик із тією самою плівкою працював.",
            Contact = new Contact("Андрій Коваленко", "kovalenko@medovyi-dim.example", "+380 44 555 01 23"),
            Asset = new Asset("Пакувальна машина VP-60", "VP60-0845", "«Медовий дім», Київ"),
            Assignee = Oksana,
            Story =
            [
                new Tell(Oksana, "Добрий день! Датчик справний, питання в налаштуваннях. Уточнюємо у виробника і повернемося до вас сьогодні."),
                new Offer(Oksana, Nordwind, "New film sensor on a VP-60, the machine still says there is no film. Which parameter holds the sensor type?") { Asset = true, Within = 12 },
                new Accept(Jonas, 6),
                new Start(Jonas),
                new Say(Jonas, Brightfix, "Parameter P31: 0 is the old sensor, 1 the new one. It can be changed in service mode only; the code depends on the serial number, I am looking it up."),
                new Say(Oksana, Nordwind, "Thank you, I am at the machine and wait for it."),
            ],
        },
        new(Oksana, "Термопринтер печатает полосами")
        {
            Description = "На каждой этикетке светлая полоса по центру. Чистка спиртом не помогла.",
            Contact = new Contact("Динара Ахметова", "d.akhmetova@alatau-tea.example", "+7 727 555 01 62"),
            Asset = new Asset("Термопринтер LP-210", "LP210-4021", "«Алатау Чай», Алматы, склад"),
            Assignee = Oksana,
            Story =
            [
                new Tell(Oksana, "Здравствуйте, Динара! Завтра к вам приедет специалист из Алматы, новая термоголовка у неё с собой."),
                new Offer(Oksana, Kolibri, "Нужна новая головка, чистка не помогла. Заказчица на месте с 9 до 18.") { Contact = true, Asset = true, Within = 48 },
                new Accept(Aliya, 24),
                new Start(Aliya),
                new Question(Aliya, "На складе просят пропуск. На чьё имя его заказали?"),
                new Resume(Aliya, "Пропуск дали на месте, ответ уже не нужен."),
                new Hold(Aliya, "scheduled_visit", "Днём принтер занят, замену перенесли на вечер."),
                new Unhold(Aliya),
                new Upload(Aliya, "partner", DemoFile.Png("этикетка-после-замены.png", () => TinyPng.Label("ALATAU"))),
                new Resolve(Aliya, "Термоголовка заменена, полосы нет. Фото пробной этикетки приложено.", "part_replaced", 50),
                new Confirm(Oksana, Kolibri),
                new Set(Oksana, "closed"),
            ],
        },
        new(Sophie, "Η μηχανή συσκευασίας σταματά χωρίς μήνυμα σφάλματος")
        {
            Contact = new Contact("Νίκος Δήμου", "n.dimou@elaionas.example", "+30 2310 555 019"),
            Asset = new Asset("Μηχανή συσκευασίας VP-80", "VP80-1302", "Ελαιώνας ΑΕ, Θεσσαλονίκη"),
            Assignee = Sophie,
            Story =
            [
                new Offer(Sophie, Kolibri, "The customer writes Greek only. Could you ring him and have a look?") { Contact = true, Asset = true },
                new Accept(Eleni, 30),
                new Say(Eleni, Brightfix, "I spoke to Mr Dimou, he expects me on Tuesday."),
                new Recall(Sophie, Kolibri, "The customer cancelled", "Their own electrician found a loose emergency stop. Sorry for the trouble, Eleni."),
                new Set(Sophie, "resolved"),
            ],
        },
        new(Tom, "Etiket makinesi barkodları eksik basıyor")
        {
            Description = "Barkodun son iki çizgisi basılmıyor, kasada okunmuyor. Şerit yeni değiştirildi.",
            Contact = new Contact("Zeynep Şahin", "zeynep@karadenizcay.example", "+90 462 555 01 84"),
            Asset = new Asset("Etiket makinesi EL-15", "EL15-1120", "Karadeniz Çay, Trabzon"),
            Assignee = Tom,
            Story =
            [
                new Upload(Tom, "customer", DemoFile.Png("eksik-barkod.png", () => TinyPng.Label("TRABZON", 0.8))),
                new Offer(Tom, Kolibri, "The last two bars are missing, see the picture. For Emre, if he is back from Izmir by then.") { Contact = true, Asset = true, Files = ["eksik-barkod.png"], Within = 72 },
            ],
        },
        new(Sophie, "Shrink tunnel does not reach its temperature")
        {
            Description = "It stays at 120 °C instead of 160 °C. The film does not shrink properly at the seams.",
            Contact = new Contact("Chris Ioannou", "chris@troodoswater.example", "+357 2555 5036"),
            Asset = new Asset("Shrink tunnel ST-5", "ST5-0209", "Troodos Water, Limassol"),
            Assignee = Sophie,
            Story =
            [
                new Offer(Sophie, Kolibri, "Check the heating elements one by one, please. We have never seen this machine ourselves.") { Contact = true, Asset = true, Within = 48 },
                new Accept(Yael, 24),
                new Start(Yael),
                new Upload(Yael, "partner", DemoFile.Png("tunnel-120.png", () => TinyPng.Gauge(0.45))),
                new Question(Yael, "Two of the six elements are dead. They cost more than the visit: shall I go ahead, or do you ask the customer first?"),
                new Note(Sophie, "Above the limit of their contract. I need Tom’s signature before I say yes."),
            ],
        },
    ];
}
