using Exchange.Core.Desk;
using static Exchange.Api.Demo.Cast;

namespace Exchange.Api.Demo;

/// <summary>Kolibri's own customers call Kolibri, and somebody else knows or has time.</summary>
internal static class KolibriPartners
{
    public static readonly IReadOnlyList<DemoTicket> Tickets =
    [
        new(Kenji, "ラベルプリンターの印字が右に3ミリずれる")
        {
            Description = "先週から印字位置が右に約3ミリずれています。用紙ガイドの調整と再起動では直りませんでした。",
            Contact = new Contact("佐藤 美咲", "sato@uji-seicha.example", "+81 774 55 5031"),
            Asset = new Asset("ラベルプリンター LP-420", "LP420-23017", "宇治製茶、第2工場"),
            Assignee = Kenji,
            Story =
            [
                new Tell(Kenji, "佐藤様、お世話になっております。メーカーに確認中です。本日中にご連絡いたします。"),
                new Upload(Kenji, "internal", DemoFile.Png("印字ずれ.png", () => TinyPng.Label("UJI-2"))),
                new Offer(Kenji, Nordwind, "The print is 3 mm off to the right; guides and restart do not help. Is there an offset in the service menu?") { Asset = true, Files = ["印字ずれ.png"] },
                new Accept(Mehmet, 12),
                new Start(Mehmet),
                new Resolve(Mehmet, "Service menu 7-2, offset X. It was set for the 100 mm head at the factory; 108 mm paper needs -24 dots.", "configuration", 15),
            ],
        },
        new(Kenji, "포장기 온도 표시가 실제와 다름")
        {
            Description = "화면에는 140도로 나오지만 실제로 측정하면 125도입니다. 밀봉이 약해서 봉지가 열립니다.",
            Contact = new Contact("김지현", "kim@hallabong.example", "+82 64 555 0177"),
            Asset = new Asset("포장기 VP-60", "VP60-0912", "한라봉 농장, 제주"),
            Assignee = Kenji,
            Story =
            [
                new Tell(Kenji, "안녕하세요. 제조사에 보정 방법을 문의했습니다. 우선 설정 온도를 15도 높여서 사용해 주세요."),
                new Upload(Kenji, "internal", DemoFile.Png("온도계.png", () => TinyPng.Gauge(0.55))),
                new Offer(Kenji, Nordwind, "The display says 140 °C, we measure 125 °C. Please tell us how to calibrate a VP-60.") { Asset = true, Files = ["온도계.png"], Within = 24 },
                new Accept(Lena, 16),
                new Say(Lena, Kolibri, "Thank you for the picture. I will ask our laboratory and come back to you in the morning."),
            ],
        },
        new(Yael, "מדפסת התוויות נתקעת אחרי כל חמישים תוויות")
        {
            Priority = "high",
            Description = "אחרי כחמישים תוויות המדפסת נעצרת וצריך לפתוח ולסגור את המכסה.",
            Contact = new Contact("דניאל לוי", "daniel@galil-oil.example", "+972 4 555 0128"),
            Asset = new Asset("מדפסת תוויות LP-210", "LP210-6644", "שמן הגליל, כרמיאל"),
            Assignee = Yael,
            Story =
            [
                new Note(Yael, "הלקוח לחוץ, יש לו משלוח ביום ראשון."),
                new Offer(Yael, Brightfix, "Our technician is ill this week. Could one of you go there before Sunday?") { Contact = true, Asset = true, Within = 72 },
                new Decline(Tom, "no_capacity", "Sorry, nobody of ours is in the region before the end of the month."),
            ],
        },
        new(Kenji, "贴标机换卷后标签位置偏移")
        {
            Description = "更换新的标签卷后，标签位置向下偏移约五毫米，自动校准没有效果。",
            Contact = new Contact("陈晓雯", "chen@lingnan-tea.example", "+86 20 5555 0166"),
            Asset = new Asset("贴标机 EL-15", "EL15-1408", "岭南茶业，广州"),
            Assignee = Kenji,
            Story =
            [
                new Tell(Kenji, "陈女士您好，我们已把问题转给厂家，明天给您答复。"),
                new Offer(Kenji, Nordwind, "Labels sit 5 mm too low since the roll was changed; automatic calibration does not help. Is there a setting for thicker paper?") { Asset = true, Within = 48 },
            ],
        },
    ];
}
