using Exchange.Core.Accounts;
using Exchange.Core.Links;

namespace Exchange.Api.Demo;

/// <param name="What">What it is, for the person who reads the greeting.</param>
/// <param name="Try">An address of the API that shows something of it.</param>
internal sealed record Company(string Name, string Slug, string TimeZone, string What, string Try);

/// <summary>Somebody who works at a desk.</summary>
/// <param name="Email">Who has one signs in.</param>
internal sealed record Person(Company Of, string Name, string? Email = null, Roles Roles = Roles.None);

/// <param name="By">Invites.</param>
/// <param name="With">Accepts.</param>
internal sealed record DemoLink(Person By, Person With, TermsAsk? Terms);

/// <summary>Who is in the demo, and who is linked with whom.</summary>
internal static class Cast
{
    // The slugs leave the plain names to whoever tries the API by hand.
    public static readonly Company Nordwind = new(
        "Nordwind", "demo-nordwind", "Europe/Berlin", "vendor of label printers and packing machines", "tickets?status=check");

    public static readonly Company Brightfix = new(
        "Brightfix", "demo-brightfix", "Europe/London", "partner of Nordwind, field service", "handoffs?direction=in&state=offered");

    public static readonly Company Kolibri = new(
        "Kolibri Service", "demo-kolibri", "Europe/Athens", "subcontractor of both", "handoffs?direction=in");

    public static readonly Person Lena = new(Nordwind, "Lena Brandt", "lena@nordwind.example", Roles.Admin);
    public static readonly Person Jonas = new(Nordwind, "Jonas Weber", "jonas@nordwind.example", Roles.Agent);
    public static readonly Person Mehmet = new(Nordwind, "Mehmet Aydin");
    public static readonly Person Camille = new(Nordwind, "Camille Roux", "camille@nordwind.example", Roles.Quality | Roles.Auditor);

    public static readonly Person Tom = new(Brightfix, "Tom Ridley", "tom@brightfix.example", Roles.Admin);
    public static readonly Person Sophie = new(Brightfix, "Sophie Lambert", "sophie@brightfix.example", Roles.Dispatcher);
    public static readonly Person Marek = new(Brightfix, "Marek Zieliński");
    public static readonly Person Oksana = new(Brightfix, "Оксана Мельник");

    public static readonly Person Eleni = new(Kolibri, "Ελένη Παππά", "eleni@kolibri.example", Roles.Admin);
    public static readonly Person Emre = new(Kolibri, "Emre Kaya");
    public static readonly Person Nadia = new(Kolibri, "Nadia Haddad");
    public static readonly Person Yael = new(Kolibri, "Yael Ben-Ami");
    public static readonly Person Kenji = new(Kolibri, "森 健司");
    public static readonly Person Aliya = new(Kolibri, "Алия Нурланова");
    public static readonly Person Anjali = new(Kolibri, "Anjali Rao");

    public static readonly IReadOnlyList<Company> Companies = [Nordwind, Brightfix, Kolibri];

    /// <summary>Those who sign in.</summary>
    public static readonly IReadOnlyList<Person> People = [Lena, Jonas, Camille, Tom, Sophie, Eleni];

    public static readonly IReadOnlyList<DemoLink> Links =
    [
        // What Nordwind shares may go on to the next hop: Brightfix works with technicians of Kolibri.
        new(Lena, Tom, Terms(onward: true, disclosure: "name")),
        new(Sophie, Eleni, Terms(onward: false, disclosure: "alias")),
        new(Jonas, Yael, null),
    ];

    private static TermsAsk Terms(bool onward, string disclosure) =>
        new(null, null, null, null, new SharingAsk(onward, onward, onward), disclosure, null, null, null, null);
}
