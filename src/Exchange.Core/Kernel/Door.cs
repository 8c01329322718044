using System.Collections.Frozen;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json;
using Exchange.Core.Accounts;
using Exchange.Core.Store;
using FluentValidation;
using Microsoft.Extensions.Logging;

namespace Exchange.Core.Kernel;

/// <summary>
/// The one way in: routes, pages, relay and timers all ask here, and nobody else saves. One ask is one unit of work:
/// its rules are checked outside, its deed runs inside, its effects outside the database come after the commit.
/// </summary>
public sealed partial class Door(IServiceProvider services, IDialect dialect, ILogger<Door> log)
{
    private static readonly FrozenDictionary<Type, Type> Deeds = typeof(Door).Assembly.GetTypes()
        .SelectMany(type => type.GetInterfaces(), (type, face) => (type, face))
        .Where(x => !x.type.IsAbstract && x.face.IsGenericType && x.face.GetGenericTypeDefinition() == typeof(IDeed<,>))
        .ToFrozenDictionary(x => x.face.GenericTypeArguments[0], x => x.type);

    private static readonly FrozenDictionary<Type, Type> Rules = typeof(Door).Assembly.GetTypes()
        .Where(type => type is { IsAbstract: false, BaseType.IsGenericType: true } && type.BaseType.GetGenericTypeDefinition() == typeof(AbstractValidator<>))
        .ToFrozenDictionary(type => type.BaseType!.GenericTypeArguments[0]);

    private readonly FrozenDictionary<Type, IValidator> _rules =
        Rules.ToFrozenDictionary(rule => rule.Key, rule => (IValidator)Activator.CreateInstance(rule.Value)!);

    static Door() => FieldNames.Use();

    /// <summary>The deeds of this product, for the container.</summary>
    public static IEnumerable<Type> AllDeeds => Deeds.Values;

    /// <param name="once">The client's Idempotency-Key, if it sent one.</param>
    /// <param name="ct">Stops the waiting, not the unit: once begun, a unit of work is finished.</param>
    public async Task<Outcome<TAnswer>> Do<TAsk, TAnswer>(TAsk ask, Caller caller, Once? once, CancellationToken ct)
        where TAsk : IAsk<TAnswer>
        where TAnswer : IAnswer<TAnswer>
    {
        var began = Stopwatch.GetTimestamp();
        var outcome = (Rights.Refusal(caller, typeof(TAsk)) ?? await Check(ask, caller, ct)) is { } fault
            ? fault
            : await dialect.Do(Work<TAsk, TAnswer>(ask, caller, once), ct);
        Tell(ask, caller, outcome.Fault, outcome.Ok ? outcome.Value.Thing : null, Stopwatch.GetElapsedTime(began));
        return outcome;
    }

    private Func<IUnit, ValueTask<Outcome<TAnswer>>> Work<TAsk, TAnswer>(TAsk ask, Caller caller, Once? once)
        where TAsk : IAsk<TAnswer>
        where TAnswer : IAnswer<TAnswer>
    {
        var deed = (IDeed<TAsk, TAnswer>)services.GetService(Deeds[typeof(TAsk)])!;
        var request = once is null ? null : Fingerprint(ask);
        return async unit =>
        {
            if (once is not null)
            {
                var earlier = await unit.FindReplay(once);
                if (!earlier.Ok)
                {
                    return earlier.Fault;
                }

                if (earlier.Value is { } replay)
                {
                    return Replay<TAsk, TAnswer>(replay, request!);
                }
            }

            var outcome = await deed.Do(ask, caller, unit);
            if (outcome.Ok && once is not null)
            {
                await unit.Remember(once, new Replay(request!, unit.OpId, outcome.Value.Thing));
            }

            return outcome;
        };
    }

    private static Outcome<TAnswer> Replay<TAsk, TAnswer>(Replay earlier, byte[] request)
        where TAnswer : IAnswer<TAnswer>
    {
        if (!earlier.Request.AsSpan().SequenceEqual(request))
        {
            return new Fault(Codes.KeyReused, "This Idempotency-Key was used for another request. Send a new key with a new request.");
        }

        return typeof(TAsk).IsAssignableTo(typeof(ISecretAnswer))
            ? new Fault(Codes.AlreadyAnswered, "This request was answered before; its answer holds a secret and is shown once. If it is lost, make a new one.")
            : TAnswer.Replayed(earlier.Thing);
    }

    /// <summary>A bad ask about a thing of somebody else is answered as one about a thing that does not exist.</summary>
    private async ValueTask<Fault?> Check<TAsk>(TAsk ask, Caller caller, CancellationToken ct)
    {
        if (!_rules.TryGetValue(typeof(TAsk), out var rules))
        {
            return null;
        }

        var result = await rules.ValidateAsync(new ValidationContext<TAsk>(ask), ct);
        if (result.IsValid)
        {
            return null;
        }

        await using var db = dialect.Read();
        return await Mine.Misses(db, caller, ask, ct) ?? new Fault(Codes.Validation, result.Errors[0].ErrorMessage)
        {
            Errors = result.Errors.GroupBy(e => FieldNames.Of(e.PropertyName), StringComparer.Ordinal)
                .ToDictionary(g => g.Key, g => g.Select(e => e.ErrorMessage).ToArray(), StringComparer.Ordinal),
        };
    }

    private static byte[] Fingerprint<TAsk>(TAsk ask)
    {
        var name = JsonSerializer.SerializeToUtf8Bytes(typeof(TAsk).Name);
        return SHA256.HashData([.. name, .. JsonSerializer.SerializeToUtf8Bytes(ask)]);
    }

    private void Tell<TAsk>(TAsk ask, Caller caller, Fault? fault, Guid? made, TimeSpan took)
    {
        var (verb, outcome, ms) = (typeof(TAsk).Name, fault?.Code ?? "done", Math.Round(took.TotalMilliseconds, 2));
        switch (ask)
        {
            case IAboutHandoff about:
                OnHandoff(verb, outcome, caller.Account, about.Handoff, caller.Actor.Kind, caller.Actor.Id, ms);
                break;
            case IAboutTicket about:
                OnTicket(verb, outcome, caller.Account, about.Ticket, made, caller.Actor.Kind, caller.Actor.Id, ms);
                break;
            case IUpkeep:
                OnUpkeep(verb, outcome, ms);
                break;
            default:
                OnAccount(verb, outcome, caller.Account, made, caller.Actor.Kind, caller.Actor.Id, ms);
                break;
        }
    }

    // Ids and codes alone: never a body, a name or a key.
    [LoggerMessage(1, LogLevel.Information, "{Verb} {Outcome} account {Account} handoff {Handoff} by {ActorKind} {ActorId} in {Milliseconds} ms")]
    private partial void OnHandoff(string verb, string outcome, AccountId account, HandoffId handoff, string actorKind, string actorId, double milliseconds);

    [LoggerMessage(2, LogLevel.Information, "{Verb} {Outcome} account {Account} ticket {Ticket} made {Made} by {ActorKind} {ActorId} in {Milliseconds} ms")]
    private partial void OnTicket(string verb, string outcome, AccountId account, TicketId ticket, Guid? made, string actorKind, string actorId, double milliseconds);

    [LoggerMessage(3, LogLevel.Information, "{Verb} {Outcome} account {Account} made {Made} by {ActorKind} {ActorId} in {Milliseconds} ms")]
    private partial void OnAccount(string verb, string outcome, AccountId account, Guid? made, string actorKind, string actorId, double milliseconds);

    [LoggerMessage(4, LogLevel.Debug, "{Verb} {Outcome} in {Milliseconds} ms")]
    private partial void OnUpkeep(string verb, string outcome, double milliseconds);
}
