using Exchange.Core.Accounts;
using Exchange.Core.Kernel;
using Exchange.Core.Store;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace Exchange.Core.Handoffs;

/// <summary>Makes a rule by which tickets find their next partner.</summary>
[AllowedTo(Roles.LinkAdmin | Roles.Dispatcher)]
public sealed record MakeRoute(
    string? Name, string? Category, string? Asset, IReadOnlyList<LinkId>? Links, bool? Automatic, RouteShare? Share, int? AcceptWithinHours) : IAsk<RouteId>;

/// <summary>What goes along when no person picks.</summary>
public sealed record RouteShare(bool? Contact, bool? Asset);

/// <summary>The id of a rule.</summary>
public readonly record struct RouteId(Guid Value) : IAnswer<RouteId>
{
    public Guid Thing => Value;

    public static RouteId Replayed(Guid thing) => new(thing);
}

public sealed class MakeRouteRules : AbstractValidator<MakeRoute>
{
    public MakeRouteRules()
    {
        RuleFor(x => x.Name).NotEmpty().MaximumLength(120).OneLine();
        RuleFor(x => x.Category).MaximumLength(60).OneLine();
        RuleFor(x => x.Asset).MaximumLength(200).OneLine();
        RuleFor(x => x.Links).NotEmpty().Must(links => links is null || (links.Count <= 50 && links.Distinct().Count() == links.Count))
            .WithMessage("'links' names 1 to 50 links in the order in which they are asked, each once.");
        RuleFor(x => x.AcceptWithinHours).InclusiveBetween(1, 720).When(x => x.AcceptWithinHours is not null);
    }
}

public sealed class MakeRouteDeed : IDeed<MakeRoute, RouteId>
{
    public async ValueTask<Outcome<RouteId>> Do(MakeRoute ask, Caller caller, IUnit unit)
    {
        var links = ask.Links!;
        if (await unit.Db.Links.Where(Mine.Links(caller)).CountAsync(l => links.Contains(l.Id)) != links.Count)
        {
            return Fault.NotFound("link");
        }

        var rule = new RouteRule
        {
            Id = Ids.New(unit.Now),
            Account = caller.Account,
            Name = ask.Name!.Trim(),
            Category = Some(ask.Category),
            Asset = Some(ask.Asset),
            Links = links,
            Automatic = ask.Automatic ?? false,
            ShareContact = ask.Share?.Contact ?? false,
            ShareAsset = ask.Share?.Asset ?? false,
            AcceptWithinHours = ask.AcceptWithinHours,
        };
        unit.Db.Add(rule);
        return new RouteId(rule.Id);
    }

    private static string? Some(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
