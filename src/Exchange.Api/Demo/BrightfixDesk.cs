using Exchange.Core.Desk;
using static Exchange.Api.Demo.Cast;

namespace Exchange.Api.Demo;

/// <summary>What Brightfix does by itself.</summary>
internal static class BrightfixDesk
{
    public static readonly IReadOnlyList<DemoTicket> Tickets =
    [
        new(Marek, "Wymiana rolki dociskowej w drukarce LP-210")
        {
            Contact = new Contact("Piotr Lewandowski", "serwis@mleczarnia-bug.example", "+48 85 555 01 90"),
            Asset = new Asset("Drukarka etykiet LP-210", "LP210-3310", "Mleczarnia Bug, Siemiatycze"),
            Assignee = Marek,
            Story =
            [
                new Upload(Marek, "customer", DemoFile.Pdf("Protokół LP210-3310.pdf", "Service report LP210-3310", "Pressure roller replaced, guides cleaned.", "Test print: 100 labels, no faults.", "Time on site: 30 minutes")),
                new Tell(Marek, "Rolka wymieniona, drukarka działa. Protokół w załączniku.") { Files = ["Protokół LP210-3310.pdf"] },
                new Set(Marek, "closed"),
            ],
        },
        new(Tom, "Van stock: two print heads missing after the Bristol job")
        {
            Priority = "low",
            Description = "The list says four, the drawer says two.",
            Assignee = Tom,
            Story =
            [
                new Set(Tom, "open"),
                new Note(Tom, "Marek used one for Lindau. One is still missing."),
            ],
        },
        new(Oksana, "Не закрывается крышка принтера, сломана защёлка")
        {
            Contact = new Contact("Ирина Соколова", "i.sokolova@stepnoi-khleb.example", "+7 7172 555 018"),
            Asset = new Asset("Принтер этикеток LP-420", "LP420-20410", "«Степной хлеб», Астана"),
            Assignee = Oksana,
            Story =
            [
                new Tell(Oksana, "Здравствуйте, Ирина! Защёлка отправлена вам сегодня, её можно поставить без инструмента. Инструкция в посылке."),
                new Note(Oksana, "Посылка получена, но клиентка спрашивает, не гарантийный ли это случай. Том, посмотри, пожалуйста."),
                new Set(Oksana, "check"),
            ],
        },
        new(Oksana, "Потрібен акт виконаних робіт за виїзд 12 листопада")
        {
            Priority = "low",
            Contact = new Contact("Марія Бондар", "m.bondar@medovyi-dim.example", "+380 44 555 01 24"),
            Assignee = Oksana,
            Story =
            [
                new Tell(Oksana, "Добрий день, Маріє! Надішліть, будь ласка, реквізити компанії, і акт буде у вас того ж дня."),
                new Set(Oksana, "waiting"),
            ],
        },
        new(Tom, "Printer is alive again 🎉 please close 🙏")
        {
            Description = "It was the cable after all 🤦 Sorry for the alarm! ☕ for Tom next time.",
            Contact = new Contact("Grace Obi", "grace.obi@albanyfoods.example", "+44 113 555 0188"),
            Assignee = Tom,
            Story =
            [
                new Tell(Tom, "Happy to hear that, Grace! 😄 I will keep you to the coffee."),
                new Set(Tom, "resolved"),
            ],
        },
        new(Marek, "Skaner nie odczytuje kodów po aktualizacji")
        {
            Priority = "high",
            Description = "Od wczorajszej aktualizacji skaner miga na czerwono przy każdym kodzie.",
            Contact = new Contact("Agnieszka Wójcik", "a.wojcik@sadypolskie.example", "+48 22 555 01 47"),
            Asset = new Asset("Skaner ręczny SC-2", "SC2-8890", "Sady Polskie, Grójec, rampa 1"),
        },
    ];
}
