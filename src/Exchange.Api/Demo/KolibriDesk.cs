using Exchange.Core.Desk;
using static Exchange.Api.Demo.Cast;

namespace Exchange.Api.Demo;

/// <summary>What Kolibri does by itself.</summary>
internal static class KolibriDesk
{
    public static readonly IReadOnlyList<DemoTicket> Tickets =
    [
        new(Yael, "הצג של מכונת האריזה כבוי")
        {
            Contact = new Contact("רות כהן", "ruth@tmarim.example", "+972 8 555 0142"),
            Asset = new Asset("מכונת אריזה VP-60", "VP60-0771", "תמרי הערבה, יטבתה"),
            Assignee = Yael,
            Story =
            [
                new Tell(Yael, "שלום רות, הוחלף כבל הצג והמכונה עובדת. נשמח לעמוד לרשותך גם בהמשך."),
                new Set(Yael, "closed"),
            ],
        },
        new(Kenji, "打包机传送带打滑，已更换皮带")
        {
            Contact = new Contact("王建国", "wang@baihe-food.example", "+86 571 5555 0139"),
            Asset = new Asset("打包机 CP-10", "CP10-0295", "百合食品，杭州"),
            Assignee = Kenji,
            Story =
            [
                new Upload(Kenji, "customer", DemoFile.Png("皮带张力.png", () => TinyPng.Gauge(0.4))),
                new Tell(Kenji, "王先生您好，皮带已更换，张力正常，照片请见附件。如有问题请随时联系我们。") { Files = ["皮带张力.png"] },
                new Set(Kenji, "resolved"),
            ],
        },
        new(Anjali, "लेबल प्रिंटर का रिबन बार-बार टूट रहा है")
        {
            Description = "पिछले दो दिनों से हर घंटे रिबन टूट जाता है। नया रिबन लगाने पर भी यही हो रहा है।",
            Contact = new Contact("रोहन जोशी", "rohan@masalaghar.example", "+91 20 5550 0173"),
            Asset = new Asset("लेबल प्रिंटर LP-420", "LP420-22760", "मसाला घर, पुणे"),
            Assignee = Anjali,
            Story =
            [
                new Tell(Anjali, "नमस्ते रोहन जी, कृपया रिबन के डिब्बे पर लिखा बैच नंबर भेज दीजिए, ताकि हम जाँच सकें।"),
                new Set(Anjali, "waiting"),
            ],
        },
        new(Nadia, "آلة التغليف تصدر صوتًا عاليًا عند بدء التشغيل")
        {
            Priority = "high",
            Description = "يستمر الصوت نحو عشر ثوانٍ ثم يختفي، لكنه يزداد يومًا بعد يوم.",
            Contact = new Contact("يوسف منصور", "y.mansour@tumoor.example", "+971 4 555 0151"),
            Asset = new Asset("آلة تغليف VP-80", "VP80-1266", "تمور الواحة، دبي"),
            Assignee = Nadia,
            Story =
            [
                new Set(Nadia, "open"),
                new Tell(Nadia, "مرحبًا سيد يوسف، سأزوركم غدًا صباحًا لفحص المحرك. يُرجى عدم تشغيل الآلة بالسرعة القصوى حتى ذلك الحين."),
                new Note(Nadia, "الأرجح أنه محمل المحرك. القطعة متوفرة في مخزن دبي."),
            ],
        },
        new(Eleni, "Ζητείται δεύτερη γνώμη: φθορά στη λεπίδα κοπής")
        {
            Contact = new Contact("Σοφία Καρρά", "s.karra@meli-olympou.example", "+30 23520 55 512"),
            Asset = new Asset("Μηχανή συσκευασίας VP-60", "VP60-0533", "Μέλι Ολύμπου, Λιτόχωρο"),
            Assignee = Eleni,
            Story =
            [
                new Note(Eleni, "Η λεπίδα έχει δύο μικρά σημάδια. Αντέχει μέχρι τη συντήρηση του Ιανουαρίου; Θα ήθελα και μια δεύτερη ματιά."),
                new Set(Eleni, "check"),
            ],
        },
        new(Emre, "Yedek bıçak siparişi gecikti")
        {
            Priority = "low",
            Description = "Sipariş iki hafta önce verildi, henüz gelmedi.",
            Contact = new Contact("Deniz Arslan", "deniz@egeincir.example", "+90 232 555 0115"),
            Assignee = Emre,
            Story =
            [
                new Set(Emre, "open"),
                new Tell(Emre, "Merhaba Deniz Bey, bıçaklar gümrükten çıktı, cuma günü elinizde olur."),
            ],
        },
        new(Nadia, "طابعة الملصقات لا تتصل بالشبكة")
        {
            Description = "توقفت الطابعة عن الاتصال بعد تغيير جهاز التوجيه في المكتب.",
            Contact = new Contact("ليلى حداد", "layla@cedarbakery.example", "+961 1 555 018"),
            Asset = new Asset("طابعة ملصقات LP-210", "LP210-7015", "مخبز الأرز، بيروت"),
        },
        new(Kenji, "ラベル用紙の在庫を確認してください")
        {
            Priority = "low",
            Description = "100×150ミリの用紙を来週までに20巻ほど用意してほしいとのことです。",
            Contact = new Contact("佐藤 美咲", "sato@uji-seicha.example", "+81 774 55 5031"),
        },
    ];
}
