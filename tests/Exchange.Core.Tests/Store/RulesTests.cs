using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Exchange.Core.Accounts;
using Exchange.Core.Desk;
using Exchange.Core.Handoffs;
using Exchange.Core.Kernel;
using Exchange.Core.Links;
using Exchange.Core.Quality;
using Exchange.Core.Relay;
using Exchange.Core.Notices;
using Exchange.Core.Store;
using FluentValidation;

namespace Exchange.Core.Tests.Store;

/// <summary>Every ask's rules: a good ask passes, and each bad field is named.</summary>
public sealed partial class The_rules_of_an_ask
{
    private static readonly string TooLong = new('x', 100_001);
    private static readonly string Longest = new('x', 100_000);
    private static readonly Guid Some = Guid.Parse("0195569e-3a00-7000-8000-0000000000a1");
    private static readonly FileId File = new(Some);
    private static readonly TermsAsk NoTerms = new(null, null, null, null, null, null, null, null, null, null);
    private static readonly OpenTicket Ticket = new("Pump", null, null, null, null, null);
    private static readonly OfferHandoff Offer = new(default, new LinkId(Some), null, null, null, null, null);
    private static readonly RateHandoff Rating = new(default, 4, null, null, null, null, null, null);
    private static readonly CounterHandoff Counter = new(default, null, null, null, null, null);
    private static readonly MakeRoute Route = new("Lifts in the north", null, null, [new LinkId(Some)], null, null, null);
    private static readonly ChangeCustomerForm Form = new(true, null, "shown", "required", "hidden", "hidden", "shown", true);
    private static readonly OpenByCustomer Asking = new("Claire Dubois", "claire@example.com", null, "The screen is dark", null, null, null, null, null);
    private static readonly AddField Field = new("Machine number", "text", null, null, null);
    private static readonly ChangeField FieldChange = new(default, null, null, null, null, null);
    private static readonly AddCalendar Office = new("Office", "Europe/Berlin", ["08:00-12:00", "", "", "", "", "", "00:00-24:00"], null, false);
    private static readonly ChangeCalendar OfficeChange = new(default, null, null, null, null, false, null);
    private static readonly string[] FiftyOne = [.. Enumerable.Range(0, 51).Select(n => $"choice {n}")];
    private static readonly CommentOnTicket Comment = new(default, "Hello", null, null, null, null, null);
    private static readonly ChangeTicket Change = new(default, null, null, null, null, null, null);

    public static IEnumerable<TestCaseData> Good() =>
    [
        Passes(new InviteMemberRules(), new InviteMember("ada@example.com", Roles.Agent | Roles.Quality)),
        Passes(new ChangeMemberRules(), new ChangeMember(default, Roles.Auditor)),
        Passes(new FoundAccountRules(), new FoundAccount("Nordwind", "nordwind", "Europe/Berlin", default, "Ada", "ada@example.com")),
        Passes(new ChangeAccountRules(), new ChangeAccount(null, null)),
        Passes(new RenamePersonRules(), new RenamePerson(default, "Ada Berg")),
        Passes(new SaveViewRules(), new SaveView("Altona", "status=open")),
        Passes(new KeepDraftRules(), new KeepDraft(default, "internal", Longest)),
        Passes(new ChangeCustomerFormRules(), Form),
        Passes(new OpenByCustomerRules(), Asking),
        Passes(new ReplyByCustomerRules(), new ReplyByCustomer("token", "It is dark again", null)),
        Passes(new SignUpRules(), new SignUp("Nordwind", "nordwind", null)),
        Passes(new SignUpRules(), new SignUp("Nørdwind & Söhne 修理", "a1", "Europe/Berlin")),
        Passes(new SignUpRules(), new SignUp(new string('n', 120), new string('a', 40), "Etc/UTC")),
        Passes(new MakeKeyRules(), new MakeKey("Robot", ["read"])),
        Passes(new MakeKeyRules(), new MakeKey("Robot", ["read", "work", "links", "keys"])),
        Passes(new InvitePartnerRules(), new InvitePartner(null)),
        Passes(new InvitePartnerRules(), new InvitePartner(NoTerms)),
        Passes(new InvitePartnerRules(), new InvitePartner(NoTerms with { Offers = "sealed", RecallSilenceDays = 30, NoticeDays = 0, AcceptWithinHours = 1, ResolveWithinHours = 8760, Climb = true })),
        Passes(new TermsAskRules(), NoTerms),
        Passes(new ProposeTermsRules(), new ProposeTerms(default, NoTerms, null)),
        Passes(new SuspendLinkRules(), new SuspendLink(default, new string('x', 500), null)),
        Passes(new SuspendLinkRules(), new SuspendLink(default, null, null)),
        Passes(new DrainLinkRules(), new DrainLink(default, null, null)),
        Passes(new TerminateLinkRules(), new TerminateLink(default, null, null)),
        Passes(new InvitePartnerRules(), new InvitePartner(new TermsAsk("both", "automatic", "visible", new(true, false, null), null, "alias", true, 1, 1, 0))),
        Passes(new TermsAskRules(), NoTerms),
        Passes(new AcceptInvitationRules(), new AcceptInvitation("ABC")),
        Passes(new DeclineInvitationRules(), new DeclineInvitation("ABC")),
        Passes(new ChangeNoticeRulesRules(), new ChangeNoticeRules([new NoticeChoice("assigned", true, false), new NoticeChoice("partner-said", false, true)])),
        Passes(new ReadNoticesRules(), new ReadNotices(UpTo: 3)),
        Passes(new ReadNoticesRules(), new ReadNotices(Number: 3)),
        Passes(new InviteRequesterRules(), new InviteRequester(default)),
        Passes(new InviteRequesterRules(), new InviteRequester(default, "Anna Keller", "anna@keller.example", "fr")),
        Passes(new AddFieldRules(), Field),
        Passes(new AddFieldRules(), Field with { Label = new string('l', 60), Kind = "choice", Choices = FiftyOne[..50], Required = true, OnForm = true, Key = "a-1" }),
        Passes(new AddFieldRules(), Field with { Kind = "yes-no", Choices = [] }),
        Passes(new ChangeFieldRules(), FieldChange),
        Passes(new ChangeFieldRules(), FieldChange with { Label = "Other", Choices = ["a", "b"], Position = 30 }),
        Passes(new TermsAskRules(), NoTerms with { Fields = ["site", "machine-2"] }),
        Passes(new AddCalendarRules(), Office),
        Passes(new AddCalendarRules(), Office with { Name = new string('n', 60), Days = ["2026-12-25 Christmas", ""], MakeUsual = true }),
        Passes(new ChangeCalendarRules(), OfficeChange),
        Passes(new ChangeCalendarRules(), OfficeChange with { Name = "Hall", TimeZone = "Etc/UTC", Hours = Office.Hours, Days = [], MakeUsual = true, IfVersion = 3 }),
        Passes(new OpenTicketRules(), Ticket with { Fields = new Dictionary<string, FieldInput?>(StringComparer.Ordinal) { ["site"] = null } }),
        Passes(new OpenTicketRules(), Ticket),
        Passes(new OpenTicketRules(), new OpenTicket(new string('s', 300), Longest, "urgent", new Contact("Eva", "eva@example.org", "+49 1"), new Asset("P1", "S", "Hall 3\nleft"), "Tom")),
        Passes(new ChangeTicketRules(), Change),
        Passes(new ChangeTicketRules(), Change with { Status = "with_partner", Text = "x\ny", Priority = "low", Subject = "New", Assignee = "" }),
        Passes(new CommentOnTicketRules(), Comment),
        Passes(new CommentOnTicketRules(), Comment with { Body = null, DerivedFrom = Some }),
        Passes(new CommentOnTicketRules(), Comment with { Body = Longest, Audience = "partner", ToHandoff = new HandoffId(Some), Files = [File], Answers = true }),
        Passes(new CommentOnTicketRules(), Comment with { Audience = "customer", Answers = false }),
        Passes(new CommentOnHandoffRules(), new CommentOnHandoff(default, "Hello", null, null, null)),
        Passes(new CommentOnHandoffRules(), new CommentOnHandoff(default, null, [File], Some, true)),
        Passes(new AttachFileRules(), Attach(null, "plan.pdf")),
        Passes(new AttachFileRules(), Attach("partner", "../../x")),
        Passes(new OfferHandoffRules(), Offer),
        Passes(new OfferHandoffRules(), Offer with { Note = Longest, Share = new ShareAsk(true, false, [Some], [File]) }),
        Passes(new OfferHandoffRules(), Offer with { Share = new ShareAsk(null, null, null, null) }),
        .. ((string[])["out_of_scope", "no_capacity", "wrong_region", "no_contract", "insufficient_info", "duplicate", "price"])
            .Select(reason => Passes(new DeclineHandoffRules(), new DeclineHandoff(default, reason, null, null))),
        Passes(new CounterHandoffRules(), Counter with { Scope = "Without the journey" }),
        Passes(new CounterHandoffRules(), Counter with { Price = new Money(0, "EUR"), Text = Longest }),
        Passes(new CounterHandoffRules(), Counter with { Price = new Money(1234.5678m, "JPY"), ResolveBy = DateTimeOffset.UnixEpoch }),
        Passes(new RefuseRecallRules(), new RefuseRecall(default, "Half done", null)),
        Passes(new ReopenHandoffRules(), new ReopenHandoff(default, "It leaks again", null)),
        Passes(new RerouteHandoffRules(), new RerouteHandoff(default, null, null, null, null)),
        Passes(new RerouteHandoffRules(), new RerouteHandoff(default, new LinkId(Some), Longest, new ShareAsk(true, null, [Some], [File]), 3)),
        Passes(new MakeRouteRules(), Route),
        Passes(new MakeRouteRules(), Route with { Category = new string('c', 60), Asset = "Pump", Automatic = true, Share = new RouteShare(true, null), AcceptWithinHours = 720 }),
        Passes(new RateHandoffRules(), Rating),
        Passes(new RateHandoffRules(), Rating with { Quality = 1, Speed = 5, Communication = 3, Comment = Longest, PrivateNote = Longest }),
        Passes(new ChangeRatingRules(), new ChangeRating(default, null, null, null, 5, "", null, 2)),
        Passes(new ReplyToRatingRules(), new ReplyToRating(default, "Thank you", null)),
        Passes(new SkipParkedRules(), new SkipParked(default, null)),
        Passes(new RetryParkedCauseRules(), new RetryParkedCause("Too long", DateTimeOffset.UnixEpoch)),
        Passes(new RecallHandoffRules(), new RecallHandoff(default, "The customer withdrew", Longest, 3)),
        Passes(new AskHandoffRules(), new AskHandoff(default, "Which floor?", null)),
        Passes(new AnswerHandoffRules(), new AnswerHandoff(default, "The third", null)),
        Passes(new ResumeHandoffRules(), new ResumeHandoff(default, "By telephone", null)),
        .. ((string[])["parts", "site_access", "scheduled_visit", "third_party", "force_majeure"])
            .Select(reason => Passes(new HoldHandoffRules(), new HoldHandoff(default, reason, "x", null))),
        .. ((string[])["needs_higher_level", "not_ours", "cannot_reproduce", "customer_refused", "safety"])
            .Select(reason => Passes(new ReturnHandoffRules(), new ReturnHandoff(default, reason, "x", null))),
        .. ((string[])["not_fixed", "partly_fixed", "no_evidence", "wrong_asset", "damage"])
            .Select(reason => Passes(new ReworkHandoffRules(), new ReworkHandoff(default, reason, "x", null))),
        Passes(new ResolveHandoffRules(), new ResolveHandoff(default, "Done", null, null, null)),
        Passes(new ResolveHandoffRules(), new ResolveHandoff(default, Longest, "pump", 0, null)),
        Passes(new ResolveHandoffRules(), new ResolveHandoff(default, "Done", new string('c', 60), 100_000, null)),
    ];

    public static IEnumerable<TestCaseData> Bad() =>
    [
        .. ((string?[])[null, "", " ", new string('n', 121), "two\nlines", "nul\0"]).Select(name => Fails(new SignUpRules(), new SignUp(name, "ok", null), "Name")),
        .. ((string?[])[null, "", "a", "A1", "-a", "a-", "a_b", "ä1", new string('a', 41), "ok\n", "a b", "../x"])
            .Select(slug => Fails(new SignUpRules(), new SignUp("N", slug, null), "Slug")),
        .. ((string[])["", "Mars/Olympus", "../../etc/passwd", "Europe/Berlin\0"]).Select(zone => Fails(new SignUpRules(), new SignUp("N", "ok", zone), "TimeZone")),
        Fails(new ChangeNoticeRulesRules(), new ChangeNoticeRules(null), "Rules"),
        Fails(new ChangeNoticeRulesRules(), new ChangeNoticeRules([new NoticeChoice("assigned", true, false), new NoticeChoice("assigned", false, true)]), "Rules"),
        .. ((string?[])[null, "", "everything"]).Select(kind => Fails(new ChangeNoticeRulesRules(), new ChangeNoticeRules([new NoticeChoice(kind, true, true)]), "Rules[0].Kind")),
        Fails(new ReadNoticesRules(), new ReadNotices(), "UpTo"),
        Fails(new InviteRequesterRules(), new InviteRequester(default, "Anna Keller"), "Email"),
        .. ((string?[])["", "nowhere", "a@b\n.example", new string('m', 200) + "@b.example"]).Select(email => Fails(new InviteRequesterRules(), new InviteRequester(default, "Anna Keller", email), "Email")),
        .. ((string?[])[null, "", "two\nlines", new string('n', 201)]).Select(name => Fails(new InviteRequesterRules(), new InviteRequester(default, name, "anna@keller.example"), "Name")),
        Fails(new InviteRequesterRules(), new InviteRequester(default, Language: "a-very-long-one"), "Language"),
        .. ((string?[])[null, "", " ", new string('l', 61), "two\nlines"]).Select(label => Fails(new AddFieldRules(), Field with { Label = label }, "Label")),
        .. ((string?[])[null, "", "Text", "money", "yes_no"]).Select(kind => Fails(new AddFieldRules(), Field with { Kind = kind }, "Kind")),
        .. ((string[]?[])[null, [], ["one"], ["a", "A "], ["a", ""], ["a", new string('c', 61)], ["a", "b\nc"], FiftyOne]).Select(choices => Fails(new AddFieldRules(), Field with { Kind = "choice", Choices = choices }, "Choices")),
        Fails(new AddFieldRules(), Field with { Choices = ["a", "b"] }, "Choices"),
        .. ((string[])["", "A", "a b", "-a", "a-", "a--b", "é", new string('k', 41)]).Select(key => Fails(new AddFieldRules(), Field with { Key = key }, "Key")),
        .. ((string?[])[null, "", " ", new string('n', 61), "two\nlines"]).Select(name => Fails(new AddCalendarRules(), Office with { Name = name }, "Name")),
        .. ((string?[])[null, "", "Mars/Olympus"]).Select(zone => Fails(new AddCalendarRules(), Office with { TimeZone = zone }, "TimeZone")),
        .. ((string[]?[])[null, [], ["", "", "", "", "", ""], ["12-8", "", "", "", "", "", ""], ["", "", "", "", "", "", "late"]]).Select(hours => Fails(new AddCalendarRules(), Office with { Hours = hours }, "Hours")),
        .. ((string[][])[["Christmas"], ["2026-12-25", "2026-12-25 again"]]).Select(days => Fails(new AddCalendarRules(), Office with { Days = days }, "Days")),
        Fails(new ChangeCalendarRules(), OfficeChange with { Name = " " }, "Name"),
        Fails(new ChangeCalendarRules(), OfficeChange with { TimeZone = "Mars/Olympus" }, "TimeZone"),
        Fails(new ChangeCalendarRules(), OfficeChange with { Hours = [] }, "Hours"),
        Fails(new ChangeCalendarRules(), OfficeChange with { Days = ["soon"] }, "Days"),
        Fails(new ChangeFieldRules(), FieldChange with { Label = " " }, "Label"),
        Fails(new ChangeFieldRules(), FieldChange with { Choices = ["one"] }, "Choices"),
        Fails(new ChangeFieldRules(), FieldChange with { Position = 0 }, "Position"),
        Fails(new ChangeFieldRules(), FieldChange with { Position = 31 }, "Position"),
        Fails(new OpenTicketRules(), Ticket with { Fields = Enumerable.Range(0, 31).ToDictionary(n => $"f{n}", _ => (FieldInput?)null, StringComparer.Ordinal) }, "Fields"),
        Fails(new ChangeTicketRules(), Change with { Fields = Enumerable.Range(0, 31).ToDictionary(n => $"f{n}", _ => (FieldInput?)null, StringComparer.Ordinal) }, "Fields"),
        Fails(new InvitePartnerRules(), new InvitePartner(NoTerms with { Fields = ["Site"] }), "Terms.Fields"),
        Fails(new ProposeTermsRules(), new ProposeTerms(default, NoTerms with { Fields = ["a b"] }, null), "Fields"),
        Fails(new OfferHandoffRules(), Offer with { Share = new ShareAsk(null, null, null, null, ["site", "site"]) }, "Share.Fields"),
        .. ((string?[])[null, "", new string('n', 121), "two\nlines"]).Select(name => Fails(new MakeKeyRules(), new MakeKey(name, ["read"]), "Name")),
        Fails(new MakeKeyRules(), new MakeKey("R", null), "Scopes"),
        Fails(new MakeKeyRules(), new MakeKey("R", []), "Scopes"),
        Fails(new MakeKeyRules(), new MakeKey("R", ["read", "admin"]), "Scopes[1]"),
        Fails(new MakeKeyRules(), new MakeKey("R", ["Read"]), "Scopes[0]"),
        Fails(new MakeKeyRules(), new MakeKey("R", [null!]), "Scopes[0]"),
        Fails(new MakeKeyRules(), new MakeKey("R", ["read work"]), "Scopes[0]"),
        Fails(new InvitePartnerRules(), new InvitePartner(NoTerms with { Directions = "sideways" }), "Terms.Directions"),
        Fails(new InvitePartnerRules(), new InvitePartner(NoTerms with { Acceptance = "never" }), "Terms.Acceptance"),
        Fails(new InvitePartnerRules(), new InvitePartner(NoTerms with { Offers = "hidden" }), "Terms.Offers"),
        Fails(new InvitePartnerRules(), new InvitePartner(NoTerms with { RecallSilenceDays = 0 }), "Terms.RecallSilenceDays"),
        Fails(new InvitePartnerRules(), new InvitePartner(NoTerms with { RecallSilenceDays = 31 }), "Terms.RecallSilenceDays"),
        Fails(new InvitePartnerRules(), new InvitePartner(NoTerms with { NoticeDays = -1 }), "Terms.NoticeDays"),
        Fails(new InvitePartnerRules(), new InvitePartner(NoTerms with { NoticeDays = 366 }), "Terms.NoticeDays"),
        Fails(new InvitePartnerRules(), new InvitePartner(NoTerms with { AcceptWithinHours = 0 }), "Terms.AcceptWithinHours"),
        Fails(new InvitePartnerRules(), new InvitePartner(NoTerms with { RespondWithinHours = 0 }), "Terms.RespondWithinHours"),
        Fails(new InvitePartnerRules(), new InvitePartner(NoTerms with { ResolveWithinHours = 8761 }), "Terms.ResolveWithinHours"),
        Fails(new TermsAskRules(), NoTerms with { Disclosure = "all" }, "Disclosure"),
        Fails(new ProposeTermsRules(), new ProposeTerms(default, NoTerms with { MaxDepth = 6 }, null), "MaxDepth"),
        Fails(new ProposeTermsRules(), new ProposeTerms(default, null, null), "terms"),
        Fails(new TermsAskRules(), NoTerms with { Acceptance = "never" }, "Acceptance"),
        Fails(new SuspendLinkRules(), new SuspendLink(default, new string('x', 501), null), "Reason"),
        Fails(new DrainLinkRules(), new DrainLink(default, new string('x', 501), null), "Reason"),
        Fails(new TerminateLinkRules(), new TerminateLink(default, new string('x', 501), null), "Reason"),
        Fails(new InvitePartnerRules(), new InvitePartner(NoTerms with { Disclosure = "all" }), "Terms.Disclosure"),
        Fails(new InvitePartnerRules(), new InvitePartner(NoTerms with { MaxDepth = 0 }), "Terms.MaxDepth"),
        Fails(new InvitePartnerRules(), new InvitePartner(NoTerms with { MaxDepth = 6 }), "Terms.MaxDepth"),
        Fails(new InvitePartnerRules(), new InvitePartner(NoTerms with { ConfirmAfterDays = 0 }), "Terms.ConfirmAfterDays"),
        Fails(new InvitePartnerRules(), new InvitePartner(NoTerms with { ConfirmAfterDays = 366 }), "Terms.ConfirmAfterDays"),
        Fails(new InvitePartnerRules(), new InvitePartner(NoTerms with { ReopenWithinDays = -1 }), "Terms.ReopenWithinDays"),
        Fails(new InvitePartnerRules(), new InvitePartner(NoTerms with { ReopenWithinDays = 366 }), "Terms.ReopenWithinDays"),
        .. ((string?[])[null, "", "  ", new string('A', 101)]).SelectMany(code => (TestCaseData[])
        [
            Fails(new AcceptInvitationRules(), new AcceptInvitation(code), "InviteCode"),
            Fails(new DeclineInvitationRules(), new DeclineInvitation(code), "InviteCode"),
        ]),
        .. ((string?[])[null, "", "ada", "a\nb@example.com"]).Select(email => Fails(new InviteMemberRules(), new InviteMember(email, Roles.Agent), "Email")),
        Fails(new InviteMemberRules(), new InviteMember("ada@example.com", Roles.None), "Roles"),
        Fails(new InviteMemberRules(), new InviteMember("ada@example.com", (Roles)1024), "Roles"),
        Fails(new ChangeMemberRules(), new ChangeMember(default, Roles.None), "Roles"),
        Fails(new FoundAccountRules(), new FoundAccount(" ", "nordwind", null, default, "Ada", "ada@example.com"), "Name"),
        Fails(new FoundAccountRules(), new FoundAccount("Nordwind", "Nord Wind", null, default, "Ada", "ada@example.com"), "Slug"),
        Fails(new FoundAccountRules(), new FoundAccount("Nordwind", "nordwind", "Berlin time", default, "Ada", "ada@example.com"), "TimeZone"),
        Fails(new ChangeAccountRules(), new ChangeAccount("", null), "Name"),
        Fails(new ChangeAccountRules(), new ChangeAccount(null, "Berlin time"), "TimeZone"),
        Fails(new RenamePersonRules(), new RenamePerson(default, "a\nb"), "Name"),
        Fails(new SaveViewRules(), new SaveView(new string('n', 61), ""), "Name"),
        Fails(new SaveViewRules(), new SaveView("Altona", "a\nb"), "Filter"),
        Fails(new KeepDraftRules(), new KeepDraft(default, null, "x"), "Door"),
        Fails(new KeepDraftRules(), new KeepDraft(default, "internal", TooLong), "Body"),
        Fails(new ChangeCustomerFormRules(), Form with { Phone = "perhaps" }, "Phone"),
        Fails(new ChangeCustomerFormRules(), Form with { Place = null }, "Place"),
        .. ((string?[])[null, "", "claire"]).Select(email => Fails(new OpenByCustomerRules(), Asking with { Email = email }, "Email")),
        Fails(new OpenByCustomerRules(), Asking with { Name = "a\nb" }, "Name"),
        Fails(new OpenByCustomerRules(), Asking with { Subject = " " }, "Subject"),
        Fails(new OpenByCustomerRules(), Asking with { Phone = new string('1', 61) }, "Phone"),
        Fails(new ReplyByCustomerRules(), new ReplyByCustomer("token", " ", null), "Body"),
        .. ((string?[])[null, "", " ", new string('s', 301), "two\nlines", "nul\0"]).Select(subject => Fails(new OpenTicketRules(), Ticket with { Subject = subject }, "Subject")),
        Fails(new OpenTicketRules(), Ticket with { Description = TooLong }, "Description"),
        Fails(new OpenTicketRules(), Ticket with { Priority = "High" }, "Priority"),
        Fails(new OpenTicketRules(), Ticket with { Priority = "" }, "Priority"),
        Fails(new OpenTicketRules(), Ticket with { Assignee = new string('a', 121) }, "Assignee"),
        Fails(new OpenTicketRules(), Ticket with { Assignee = "a\nb" }, "Assignee"),
        .. ((string?[])[null, "", " ", new string('n', 201), "a\nb"]).Select(name => Fails(new OpenTicketRules(), Ticket with { Contact = new Contact(name!, null, null) }, "Contact.Name")),
        Fails(new OpenTicketRules(), Ticket with { Contact = new Contact("E", new string('e', 321), null) }, "Contact.Email"),
        Fails(new OpenTicketRules(), Ticket with { Contact = new Contact("E", "a\r\nb", null) }, "Contact.Email"),
        Fails(new OpenTicketRules(), Ticket with { Contact = new Contact("E", null, new string('1', 61)) }, "Contact.Phone"),
        Fails(new OpenTicketRules(), Ticket with { Contact = new Contact("E", null, "1\n2") }, "Contact.Phone"),
        .. ((string?[])[null, "", new string('n', 201), "a\nb"]).Select(name => Fails(new OpenTicketRules(), Ticket with { Asset = new Asset(name!, null, null) }, "Asset.Name")),
        Fails(new OpenTicketRules(), Ticket with { Asset = new Asset("A", new string('s', 121), null) }, "Asset.Serial"),
        Fails(new OpenTicketRules(), Ticket with { Asset = new Asset("A", "1\n2", null) }, "Asset.Serial"),
        Fails(new OpenTicketRules(), Ticket with { Asset = new Asset("A", null, new string('l', 501)) }, "Asset.Location"),
        Fails(new ChangeTicketRules(), Change with { Status = "done" }, "Status"),
        Fails(new ChangeTicketRules(), Change with { Status = "WithPartner" }, "Status"),
        Fails(new ChangeTicketRules(), Change with { Text = TooLong }, "Text"),
        Fails(new ChangeTicketRules(), Change with { Priority = "top" }, "Priority"),
        .. ((string[])["", " ", new string('s', 301), "a\nb"]).Select(subject => Fails(new ChangeTicketRules(), Change with { Subject = subject }, "Subject")),
        Fails(new ChangeTicketRules(), Change with { Assignee = new string('a', 121) }, "Assignee"),
        Fails(new ChangeTicketRules(), Change with { Assignee = "a\tb" }, "Assignee"),
        .. ((string?[])[null, "", " \n ", TooLong]).SelectMany(body => (TestCaseData[])
        [
            Fails(new CommentOnTicketRules(), Comment with { Body = body }, "Body"),
            Fails(new CommentOnHandoffRules(), new CommentOnHandoff(default, body, null, null, null), "Body"),
        ]),
        Fails(new CommentOnTicketRules(), Comment with { Body = TooLong, DerivedFrom = Some }, "Body"),
        Fails(new CommentOnTicketRules(), Comment with { Audience = "public" }, "Audience"),
        Fails(new CommentOnTicketRules(), Comment with { ToHandoff = new HandoffId(Some) }, "handoffId"),
        Fails(new CommentOnTicketRules(), Comment with { Audience = "internal", ToHandoff = new HandoffId(Some) }, "handoffId"),
        Fails(new CommentOnTicketRules(), Comment with { Audience = "customer", ToHandoff = new HandoffId(Some) }, "handoffId"),
        Fails(new CommentOnTicketRules(), Comment with { Answers = true }, "Answers"),
        Fails(new CommentOnTicketRules(), Comment with { Audience = "customer", Answers = true }, "Answers"),
        .. ((FileId[][])[[File, File], [.. Many(21)]]).SelectMany(files => (TestCaseData[])
        [
            Fails(new CommentOnTicketRules(), Comment with { Files = files }, "Files"),
            Fails(new CommentOnHandoffRules(), new CommentOnHandoff(default, "x", files, null, null), "Files"),
        ]),
        Fails(new AttachFileRules(), Attach("everyone", "plan.pdf"), "Audience"),
        Fails(new AttachFileRules(), Attach(null, ""), "file"),
        Fails(new AttachFileRules(), Attach(null, "  "), "file"),
        Fails(new OfferHandoffRules(), Offer with { OverLink = null }, "linkId"),
        Fails(new OfferHandoffRules(), Offer with { Note = TooLong }, "Note"),
        Fails(new RateHandoffRules(), Rating with { Score = null }, "Score"),
        Fails(new RateHandoffRules(), Rating with { Score = 6 }, "Score"),
        Fails(new RateHandoffRules(), Rating with { Speed = 0 }, "Speed"),
        Fails(new RateHandoffRules(), Rating with { PrivateNote = TooLong }, "PrivateNote"),
        Fails(new ChangeRatingRules(), new ChangeRating(default, 0, null, null, null, null, null, null), "Score"),
        Fails(new ReplyToRatingRules(), new ReplyToRating(default, " ", null), "Text"),
        Fails(new SkipParkedRules(), new SkipParked(default, TooLong), "Note"),
        Fails(new RetryParkedCauseRules(), new RetryParkedCause(null, DateTimeOffset.UnixEpoch), "Cause"),
        Fails(new OfferHandoffRules(), Offer with { Summary = "two\nlines" }, "Summary"),
        Fails(new CounterHandoffRules(), Counter, "counter"),
        Fails(new CounterHandoffRules(), Counter with { Text = "Only words" }, "counter"),
        Fails(new CounterHandoffRules(), Counter with { Price = new Money(-1, "EUR") }, "Price.Amount"),
        Fails(new CounterHandoffRules(), Counter with { Price = new Money(null, "EUR") }, "Price.Amount"),
        Fails(new CounterHandoffRules(), Counter with { Price = new Money(1, "euro") }, "Price.Currency"),
        Fails(new RefuseRecallRules(), new RefuseRecall(default, " ", null), "Reason"),
        Fails(new ReopenHandoffRules(), new ReopenHandoff(default, null, null), "Reason"),
        Fails(new RerouteHandoffRules(), new RerouteHandoff(default, null, null, new ShareAsk(null, null, [Some, Some], null), null), "Share.Comments"),
        Fails(new MakeRouteRules(), Route with { Name = null }, "Name"),
        Fails(new MakeRouteRules(), Route with { Links = [] }, "Links"),
        Fails(new MakeRouteRules(), Route with { Links = [new LinkId(Some), new LinkId(Some)] }, "Links"),
        Fails(new MakeRouteRules(), Route with { AcceptWithinHours = 0 }, "AcceptWithinHours"),
        Fails(new MakeRouteRules(), Route with { Category = new string('c', 61) }, "Category"),
        Fails(new OfferHandoffRules(), Offer with { Share = new ShareAsk(null, null, [Some, Some], null) }, "Share.Comments"),
        Fails(new OfferHandoffRules(), Offer with { Share = new ShareAsk(null, null, [.. Many(101).Select(f => f.Value)], null) }, "Share.Comments"),
        Fails(new OfferHandoffRules(), Offer with { Share = new ShareAsk(null, null, null, [File, File]) }, "Share.Files"),
        Fails(new OfferHandoffRules(), Offer with { Share = new ShareAsk(null, null, null, [.. Many(101)]) }, "Share.Files"),
        .. ((string?[])[null, "", "because", "NoCapacity", "no capacity"]).SelectMany(reason => (TestCaseData[])
        [
            Fails(new DeclineHandoffRules(), new DeclineHandoff(default, reason, null, null), "Reason"),
            Fails(new HoldHandoffRules(), new HoldHandoff(default, reason, null, null), "Reason"),
            Fails(new ReturnHandoffRules(), new ReturnHandoff(default, reason, null, null), "Reason"),
            Fails(new ReworkHandoffRules(), new ReworkHandoff(default, reason, null, null), "Reason"),
        ]),
        Fails(new DeclineHandoffRules(), new DeclineHandoff(default, "price", TooLong, null), "Text"),
        Fails(new HoldHandoffRules(), new HoldHandoff(default, "parts", TooLong, null), "Text"),
        Fails(new ReturnHandoffRules(), new ReturnHandoff(default, "safety", TooLong, null), "Text"),
        Fails(new ReworkHandoffRules(), new ReworkHandoff(default, "damage", TooLong, null), "Text"),
        .. ((string?[])[null, "", " ", new string('r', 501)]).Select(reason => Fails(new RecallHandoffRules(), new RecallHandoff(default, reason, null, null), "Reason")),
        Fails(new RecallHandoffRules(), new RecallHandoff(default, "x", TooLong, null), "Text"),
        .. ((string?[])[null, "", " \n", TooLong]).SelectMany(text => (TestCaseData[])
        [
            Fails(new AskHandoffRules(), new AskHandoff(default, text, null), "Question"),
            Fails(new AnswerHandoffRules(), new AnswerHandoff(default, text, null), "Text"),
            Fails(new ResumeHandoffRules(), new ResumeHandoff(default, text, null), "Reason"),
            Fails(new ResolveHandoffRules(), new ResolveHandoff(default, text, null, null, null), "Solution"),
        ]),
        Fails(new ResolveHandoffRules(), new ResolveHandoff(default, "Done", new string('c', 61), null, null), "Code"),
        Fails(new ResolveHandoffRules(), new ResolveHandoff(default, "Done", "a\nb", null, null), "Code"),
        Fails(new ResolveHandoffRules(), new ResolveHandoff(default, "Done", null, -1, null), "Minutes"),
        Fails(new ResolveHandoffRules(), new ResolveHandoff(default, "Done", null, 100_001, null), "Minutes"),
    ];

    [OneTimeSetUp]
    public void Go_through_the_door() => RuntimeHelpers.RunClassConstructor(typeof(Door).TypeHandle);

    [TestCaseSource(nameof(Good))]
    public void Let_a_good_ask_pass(Func<FluentValidation.Results.ValidationResult> check) =>
        Assert.That(check().Errors.Select(e => e.ErrorMessage), Is.Empty);

    [TestCaseSource(nameof(Bad))]
    public void Name_the_bad_field_and_no_other(Func<FluentValidation.Results.ValidationResult> check, string field)
    {
        var errors = check().Errors;
        Assert.That(errors.Select(e => e.PropertyName).Distinct(StringComparer.Ordinal), Is.EqualTo(new[] { field }));
        Assert.That(errors.Select(e => e.ErrorMessage), Is.All.Not.Empty.And.All.Not.Contains("{Property"));
    }

    /// <summary>What stands in quotes is a field, and the API's spelling of one: the same as in <c>errors</c> and in the description.</summary>
    [TestCaseSource(nameof(Bad))]
    public void Spell_fields_as_the_api_does(Func<FluentValidation.Results.ValidationResult> check, string field)
    {
        foreach (var error in check().Errors)
        {
            var named = Quoted().Matches(error.ErrorMessage).Select(m => m.Groups["field"].Value).ToList();
            Assert.That(named, Is.All.Matches(@"^[a-z][A-Za-z]*(\[\d+\])?(\.[a-z][A-Za-z]*)*$"), error.ErrorMessage);
            if (error.ErrorMessage.StartsWith('\''))
            {
                Assert.That(named[0], Is.EqualTo(FieldNames.Of(field)), error.ErrorMessage);
            }
        }
    }

    [Test]
    public void Name_a_member_with_what_it_is_a_member_of()
    {
        Assert.That(Said(new CounterHandoffRules(), Counter with { Price = new Money(null, "EUR") }), Is.EqualTo((string[])["'price.amount' must not be empty."]));
        Assert.That(Said(new CounterHandoffRules(), Counter with { Price = new Money(1, "euro") }), Is.EqualTo((string[])["'price.currency' is three capital letters, such as EUR."]));
        Assert.That(Said(new InvitePartnerRules(), new InvitePartner(NoTerms with { MaxDepth = 9 })), Is.EqualTo((string[])["'terms.maxDepth' must be between 1 and 5. You entered 9."]));
        Assert.That(Said(new ProposeTermsRules(), new ProposeTerms(default, NoTerms with { MaxDepth = 9 }, null)), Is.EqualTo((string[])["'maxDepth' must be between 1 and 5. You entered 9."]));
        Assert.That(Said(new OfferHandoffRules(), Offer with { OverLink = null }), Is.EqualTo((string[])["'linkId' says over which link the ticket goes."]));
        Assert.That(Said(new OpenTicketRules(), Ticket with { Contact = new Contact("a\nb", null, null) }), Is.EqualTo((string[])["'contact.name' is one line without control characters."]));
    }

    private static string[] Said<T>(AbstractValidator<T> rules, T ask) => [.. rules.Validate(ask).Errors.Select(e => e.ErrorMessage)];

    [GeneratedRegex("'(?<field>[^']*)'", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Quoted();

    [Test]
    public void Are_all_here()
    {
        var all = typeof(Door).Assembly.GetTypes().Where(t => !t.IsAbstract && typeof(IValidator).IsAssignableFrom(t)).Select(t => t.Name);
        Assert.That(Good().Select(Rules).Distinct(StringComparer.Ordinal), Is.EquivalentTo(all));
        Assert.That(Bad().Select(Rules).Distinct(StringComparer.Ordinal), Is.EquivalentTo(all));
    }

    private static string Rules(TestCaseData c) => c.TestName![..c.TestName!.IndexOf(' ', StringComparison.Ordinal)];

    private static TestCaseData Passes<T>(AbstractValidator<T> rules, T ask) =>
        new TestCaseData(() => rules.Validate(ask)).SetName($"{rules.GetType().Name} let {Show(ask)} pass");

    private static TestCaseData Fails<T>(AbstractValidator<T> rules, T ask, string field) =>
        new TestCaseData(() => rules.Validate(ask), field).SetName($"{rules.GetType().Name} name {field} in {Show(ask)}");

    private static string Show(object? ask)
    {
        var text = string.Concat($"{ask}".Select(c => char.IsControl(c) ? "\\" + (int)c : c.ToString()));
        return text.Length <= 250 ? text : $"{text[..200]}... ({text.Length} characters)";
    }

    private static AttachFile Attach(string? audience, string name) => new(default, audience, null, name, "text/plain", 1, new string('0', 64), default);

    private static IEnumerable<FileId> Many(int count) => Enumerable.Range(1, count).Select(n => new FileId(new Guid(n, 0, 0, new byte[8])));
}
