using System.Buffers.Text;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Exchange.Core.Accounts;
using Exchange.Core.Kernel;
using FsCheck;

namespace Exchange.Core.Tests.Accounts;

public sealed class An_api_key
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
    private static readonly AccountId Nordwind = new(Guid.Parse("0195569e-3a00-7000-8000-000000000003"));
    private static readonly (ApiKey Key, string Secret) Made = Make();

    [Test]
    public void Holds_256_random_bits()
    {
        var secrets = Enumerable.Range(0, 1000).Select(_ => Make().Secret[14..]).ToList();
        Assert.That(secrets.Select(s => Base64Url.DecodeFromChars(s).Length), Is.All.EqualTo(32));
        Assert.That(secrets, Is.Unique);

        // Each of the 256 bits is set in about half of them: 400 to 600 of 1000 is more than six standard deviations.
        var keys = secrets.ConvertAll(s => Base64Url.DecodeFromChars(s));
        for (var bit = 0; bit < 256; bit++)
        {
            Assert.That(keys.Count(k => (k[bit / 8] >> (bit % 8) & 1) == 1), Is.InRange(400, 600), $"bit {bit}");
        }
    }

    [Test]
    public void Shows_its_beginning_and_keeps_the_hash_of_the_whole()
    {
        Assert.That(Made.Secret, Does.Match(@"\Atx_[0-9a-f]{10}_[A-Za-z0-9_-]{43}\z"));
        Assert.That(Made.Key.Prefix, Is.EqualTo(Made.Secret[..13]));
        Assert.That(Made.Key.Hash, Is.EqualTo(SHA256.HashData(Encoding.UTF8.GetBytes(Made.Secret))));
        Assert.That((Made.Key.Account, Made.Key.Name, Made.Key.Scopes, Made.Key.CreatedAt, Made.Key.RevokedAt), Is.EqualTo((Nordwind, "Robot", "read work", Noon, (DateTimeOffset?)null)));
    }

    [Test]
    public void Keeps_its_secret_nowhere()
    {
        var kept = typeof(ApiKey).GetProperties().Where(p => p.PropertyType == typeof(string)).Select(p => (string)p.GetValue(Made.Key)!);
        Assert.That(kept, Is.All.Not.Contains(Made.Secret[14..]));
    }

    [Test]
    public void Is_found_by_its_prefix()
    {
        foreach (var (key, secret) in Enumerable.Range(0, 200).Select(_ => Make()))
        {
            Assert.That(ApiKey.PrefixOf(secret), Is.EqualTo(key.Prefix));
        }
    }

    [Test]
    public void Matches_its_own_secret_alone()
    {
        Assert.That(Made.Key.Matches(Made.Secret), Is.True);
        Assert.That(Made.Key.Matches(Make().Secret), Is.False);
        Assert.That(Made.Key.Matches(Made.Secret + " "), Is.False);
        Assert.That(Made.Key.Matches(Made.Secret[..^1]), Is.False);
        Assert.That(Made.Key.Matches(Made.Secret.ToUpperInvariant()), Is.False);
        Assert.That(Made.Key.Matches(Made.Key.Prefix), Is.False);
        Assert.That(Made.Key.Matches(""), Is.False);
    }

    [Property(MaxTest = 300)]
    public bool Does_not_match_with_any_character_changed(NonNegativeInt at, char other)
    {
        var i = at.Get % Made.Secret.Length;
        return Made.Secret[i] == other || !Made.Key.Matches(Made.Secret[..i] + other + Made.Secret[(i + 1)..]);
    }

    [Property(MaxTest = 1000)]
    public bool Takes_any_garbage_calmly(string? garbage)
    {
        string[] forms = [garbage ?? "", $"tx_{garbage}", $"tx_{garbage}_", $"tx_0123456789_{garbage}", $"{garbage}_{garbage}", $"{Made.Secret}{garbage}x"];
        return forms.All(text => ApiKey.PrefixOf(text) is null or { Length: 13 } && !Made.Key.Matches(text));
    }

    [TestCase("")]
    [TestCase("t")]
    [TestCase("tx_")]
    [TestCase("tx__")]
    [TestCase("___")]
    [TestCase("tx_012345678_x")]
    [TestCase("tx_01234567890_x")]
    [TestCase("ty_0123456789_x")]
    [TestCase("TX_0123456789_x")]
    [TestCase("tx_0123456789")]
    [TestCase("\ud800")]
    [TestCase("tx_\0")]
    public void Has_no_prefix_where_it_looks_like_none(string text) => Assert.That(ApiKey.PrefixOf(text), Is.Null);

    [Test]
    public void Has_no_prefix_when_it_is_endless() => Assert.That(ApiKey.PrefixOf($"tx_0123456789_{new string('a', 1_000_000)}"), Is.Null);

    [Test]
    public void Is_compared_in_constant_time()
    {
        var body = typeof(ApiKey).GetMethod(nameof(ApiKey.Matches))!;
        var called = Calls(body).Select(m => $"{m.DeclaringType!.Name}.{m.Name}").ToList();
        Assert.That(called, Does.Contain("CryptographicOperations.FixedTimeEquals"));
        Assert.That(called, Has.None.Contains("op_Equality").And.None.Contains("SequenceEqual").And.None.Matches("String.Equals"));
    }

    [Test]
    public void May_do_what_its_scopes_say() => Assert.That(Scopes.All, Is.EqualTo(new[] { "read", "work", "links", "keys" }));

    private static (ApiKey Key, string Secret) Make() => ApiKey.Make(Nordwind, "Robot", ["read", "work"], Noon);

    private static IEnumerable<MethodBase> Calls(MethodInfo method)
    {
        var il = method.GetMethodBody()!.GetILAsByteArray()!;
        for (var i = 0; i + 4 < il.Length; i++)
        {
            // call and callvirt, with a token of a method behind them.
            if (il[i] is 0x28 or 0x6f && il[i + 4] is 0x06 or 0x0a or 0x2b)
            {
                MethodBase? called = null;
                try
                {
                    called = method.Module.ResolveMethod(BitConverter.ToInt32(il, i + 1));
                }
                catch (ArgumentException)
                {
                    // These bytes were something else.
                }

                if (called is not null)
                {
                    yield return called;
                }
            }
        }
    }
}
