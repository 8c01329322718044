using Exchange.Core.Kernel;
using Exchange.Core.Store;
using FluentValidation;

namespace Exchange.Core.Accounts;

/// <summary>Makes a further key for the caller's account.</summary>
[AllowedTo(Roles.Admin)]
public sealed record MakeKey(string? Name, IReadOnlyList<string>? Scopes) : IAsk<MadeKey>, ISecretAnswer;

/// <param name="Key">Shown this once.</param>
public sealed record MadeKey(KeyId Id, string Name, string Prefix, IReadOnlyList<string> Scopes, DateTimeOffset CreatedAt, string Key) : IAnswer<MadeKey>
{
    public Guid Thing => Id.Value;

    public static MadeKey Replayed(Guid thing) => throw new InvalidOperationException("An answer with a secret is never given twice.");
}

public sealed class MakeKeyRules : AbstractValidator<MakeKey>
{
    public MakeKeyRules()
    {
        RuleFor(x => x.Name).NotEmpty().MaximumLength(120).OneLine();
        RuleFor(x => x.Scopes).NotEmpty().WithMessage($"'scopes' names at least one of: {string.Join(", ", Scopes.All)}.");
        RuleForEach(x => x.Scopes).Must(Scopes.All.Contains).WithMessage($"A scope is one of: {string.Join(", ", Scopes.All)}.");
    }
}

public sealed class MakeKeyDeed : IDeed<MakeKey, MadeKey>
{
    public ValueTask<Outcome<MadeKey>> Do(MakeKey ask, Caller caller, IUnit unit)
    {
        var scopes = ask.Scopes!.Distinct(StringComparer.Ordinal).ToArray();
        var (key, secret) = ApiKey.Make(caller.Account, ask.Name!.Trim(), scopes, unit.Now);
        unit.Db.Add(key);
        return new(new MadeKey(key.Id, key.Name, key.Prefix, scopes, key.CreatedAt, secret));
    }
}
