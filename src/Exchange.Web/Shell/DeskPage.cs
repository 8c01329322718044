using Exchange.Core.Accounts;
using Exchange.Core.Kernel;
using Exchange.Core.Store;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.DependencyInjection;

namespace Exchange.Web.Shell;

/// <summary>A page of the product. What it asks goes through the door; what was refused is told on the page, with what was typed.</summary>
public abstract class ExchangePage : PageModel
{
    private readonly List<string> _problems = [];

    public Texts T => HttpContext.RequestServices.GetRequiredService<Texts>();

    public Show Show => HttpContext.RequestServices.GetRequiredService<Show>();

    /// <summary>Why the last thing that was asked was refused.</summary>
    public IReadOnlyList<string> Problems => _problems;

    /// <summary>What is wrong, by field.</summary>
    public IReadOnlyDictionary<string, string[]> Wrong { get; private set; } = new Dictionary<string, string[]>(StringComparer.Ordinal);

    /// <summary>What was done before this page was shown: stands in the toast.</summary>
    [TempData]
    public string? Toast { get; set; }

    protected CancellationToken Gone => HttpContext.RequestAborted;

    /// <summary>Says on the page what is wrong.</summary>
    protected void Say(string problem) => _problems.Add(problem);

    /// <summary>Shows why it was refused.</summary>
    public void Tell(Fault fault)
    {
        Wrong = fault.Errors ?? Wrong;
        _problems.AddRange(fault.Errors is null ? [T.Of(fault)] : fault.Errors.Values.SelectMany(messages => messages).Distinct(StringComparer.Ordinal).Select(message => T[message]));
        Response.StatusCode = fault.Code switch
        {
            Codes.NotFound => 404,
            Codes.Forbidden => 403,
            Codes.Validation or Codes.Malformed => 400,
            Codes.VersionConflict => 412,
            Codes.TooLarge or Codes.FileTooLarge => 413,
            Codes.AudienceForbidden or Codes.ShareForbidden or Codes.KeyReused => 422,
            Codes.RateLimited => 429,
            Codes.NotReady => 503,
            _ => 409,
        };
    }

    protected async Task<Outcome<TAnswer>> Ask<TAsk, TAnswer>(TAsk ask, Caller caller, Once? once = null)
        where TAsk : IAsk<TAnswer>
        where TAnswer : IAnswer<TAnswer>
    {
        var outcome = await HttpContext.RequestServices.GetRequiredService<Door>().Do<TAsk, TAnswer>(ask, caller, once, Gone);
        if (!outcome.Ok)
        {
            Tell(outcome.Fault);
        }

        return outcome;
    }
}

/// <summary>A page of an account's desk, below <c>/at/{account}</c>.</summary>
public abstract class DeskPage : ExchangePage
{
    /// <summary>Made with the form; the same form sent twice has its effect once.</summary>
    [BindProperty(Name = "once")]
    public string? FormKey { get; set; }

    public At At => HttpContext.Features.Get<At>() ?? throw new InvalidOperationException("The gate lets nobody to a desk page without his account.");

    public Caller Me => At.Caller;

    /// <summary>Asks as the person who looks at the page; null when it was refused, and the page tells why.</summary>
    protected Task<Outcome<TAnswer>> Ask<TAsk, TAnswer>(TAsk ask)
        where TAsk : IAsk<TAnswer>
        where TAnswer : IAnswer<TAnswer> => Ask<TAsk, TAnswer>(
            ask, Me, FormKey is { Length: > 0 and <= ReplayRow.MaxKey } key && key.All(char.IsAsciiLetterOrDigit) ? new Once(Me.Account.ToString(), key) : null);

    /// <summary>Whether a person may ask this at all: what he may not is not drawn.</summary>
    public bool May<TAsk>() => Me.May<TAsk>();
}
