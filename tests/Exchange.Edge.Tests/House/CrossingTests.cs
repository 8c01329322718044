using System.Collections;
using System.Reflection;
using System.Text.Json;
using Exchange.Contracts.V1;
using Exchange.Core.Desk;
using Exchange.Core.Handoffs;
using Exchange.Core.Relay;
using Exchange.Core.Store;
using NUnit.Framework;

namespace Exchange.Edge.Tests.House;

/// <summary>Closed by default: what may cross is named, and nothing that crosses can hold an internal note.</summary>
public sealed class What_may_cross
{
    /// <summary>Where the way of a value ends: plain values that can hold nothing else.</summary>
    private static readonly HashSet<Type> Plain =
    [
        typeof(string), typeof(bool), typeof(byte), typeof(int), typeof(long), typeof(decimal), typeof(Guid), typeof(DateTimeOffset), typeof(TimeSpan), typeof(void),
    ];

    /// <summary>Types that hold something open, each with its reason.</summary>
    private static readonly HashSet<Type> Known =
    [
        // The unit of work is the database itself; every desk writes through it, and no part of it crosses.
        typeof(IUnit),

        // An entry's data as raw JSON, read from bytes that were written from a named type alone.
        typeof(JsonElement),
    ];

    public static IEnumerable<Type> Entries() => EntryCodec.All.Values;

    public static IEnumerable<Type> OfThePort() => typeof(IDesk).Assembly.GetTypes()
        .Where(t => t.Namespace == typeof(IDesk).Namespace && t.IsPublic && (t == typeof(IDesk) || t.GetMethod("<Clone>$") is not null));

    [TestCaseSource(nameof(Entries))]
    public void In_an_entry_is_named_and_closed(Type entry)
    {
        foreach (var held in Closure(entry))
        {
            Assert.That(held.Assembly, Is.EqualTo(typeof(EntryTypes).Assembly), $"{entry.Name} holds {held}");
        }
    }

    [TestCaseSource(nameof(OfThePort))]
    public void Through_the_port_holds_nothing_of_the_built_in_desk(Type port) =>
        Assert.That(Closure(port).Where(t => t.Namespace == typeof(Note).Namespace), Is.Empty);

    [Test]
    public void Through_the_port_has_the_types_of_the_port() =>
        Assert.That(OfThePort(), Is.SupersetOf(new[] { typeof(IDesk), typeof(TicketSnapshot), typeof(PickedComment), typeof(PickedTalk), typeof(PickedFile), typeof(DeskTicket) }));

    [Test]
    public void On_the_bus_is_named_and_closed() => Assert.That(Closure(typeof(EntriesAppended)).Select(t => t.Name), Is.EquivalentTo(new[] { "EntriesAppended", "Envelope" }));

    [Test]
    public void Is_said_by_contracts_alone()
    {
        var data = Repository.Assemblies.SelectMany(a => a.GetTypes()).Where(t => typeof(IEntryData).IsAssignableFrom(t) && !t.IsInterface);
        Assert.That(data, Is.EquivalentTo(Entries()));
    }

    [Test]
    public void Has_a_wire_name_for_each_type_and_one_type_for_each_name()
    {
        var names = typeof(EntryTypes).GetFields().Select(f => (string)f.GetRawConstantValue()!).ToList();
        Assert.That(EntryCodec.All.Keys, Is.EquivalentTo(names));
        Assert.That(EntryCodec.All.Values, Is.Unique);
        Assert.That(names, Is.Unique.And.All.Match("^[a-z]+(_[a-z]+)*$"));
    }

    [Test]
    public void Has_no_word_for_a_note()
    {
        var words = typeof(EntryTypes).Assembly.GetTypes().Concat(OfThePort()).SelectMany(t => t.GetMembers().Select(m => m.Name).Append(t.Name));
        Assert.That(words.Where(w => w.Contains("Internal", StringComparison.OrdinalIgnoreCase) || w.Contains("Customer", StringComparison.OrdinalIgnoreCase)), Is.Empty);

        // The offer's note is written for the partner.
        var notes = EntryCodec.All.Values.SelectMany(t => t.GetProperties()).Where(p => p.Name.Contains("Note", StringComparison.OrdinalIgnoreCase));
        Assert.That(notes.Select(p => $"{p.DeclaringType!.Name}.{p.Name}"), Is.EqualTo(new[] { "OfferedData.Note" }));
    }

    [TestCase(typeof(HoldsAnObject))]
    [TestCase(typeof(HoldsAList))]
    [TestCase(typeof(HoldsAnInterface))]
    [TestCase(typeof(HoldsAMap))]
    public void Is_not_open_to_anything(Type open) => Assert.That(() => Closure(open).ToList(), Throws.TypeOf<AssertionException>());

    [Test]
    public void Shows_a_note_however_deep_it_lies() => Assert.That(Closure(typeof(HoldsDeeply)), Does.Contain(typeof(Note)));

    /// <summary>All types of ours that a value of this type can hold. A member that can hold anything fails.</summary>
    private static HashSet<Type> Closure(Type start)
    {
        var seen = new HashSet<Type>();
        var next = new Queue<(Type Type, string Where)>([(start, start.Name)]);
        while (next.TryDequeue(out var at))
        {
            foreach (var type in Mentions.Inside(at.Type))
            {
                if (Plain.Contains(type) || Known.Contains(type) || type.IsEnum || type.IsGenericParameter || !seen.Add(type))
                {
                    continue;
                }

                if (Container(type))
                {
                    seen.Remove(type);
                    continue;
                }

                Refuse(type, at.Where);
                foreach (var (member, where) in Members(type))
                {
                    next.Enqueue((member, $"{type.Name}.{where}"));
                }
            }
        }

        return seen;
    }

    private static void Refuse(Type type, string where)
    {
        if (type == typeof(object) || type == typeof(JsonDocument) || typeof(Delegate).IsAssignableFrom(type) || typeof(Stream).IsAssignableFrom(type)
            || type.Assembly == typeof(object).Assembly || (type.IsInterface && type != typeof(IDesk) && type != typeof(IEntryData)))
        {
            throw new AssertionException($"{where} is {type}, which can hold anything.");
        }
    }

    /// <summary>A container or answer whose content is looked at by its type arguments.</summary>
    private static bool Container(Type type) => type.IsGenericType && (
        (typeof(IEnumerable).IsAssignableFrom(type) && type.Namespace == "System.Collections.Generic")
        || type.GetGenericTypeDefinition() == typeof(Nullable<>) || type.GetGenericTypeDefinition() == typeof(ValueTask<>)
        || type.GetGenericTypeDefinition() == typeof(Task<>) || type.Name.StartsWith("Outcome`", StringComparison.Ordinal)) || type == typeof(ValueTask) || type == typeof(Task);

    private static IEnumerable<(Type Type, string Where)> Members(Type type)
    {
        const BindingFlags Any = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance;
        if (type == typeof(IEntryData))
        {
            return Entries().Select(t => (t, t.Name));
        }

        return type.GetFields(Any).Select(f => (f.FieldType, f.Name))
            .Concat(type.GetProperties(Any).Where(p => p.Name != "EqualityContract").Select(p => (p.PropertyType, p.Name)))
            .Concat(type.IsInterface ? type.GetMethods().SelectMany(m => m.GetParameters().Select(p => (p.ParameterType, m.Name)).Append((m.ReturnType, m.Name))) : []);
    }

    private sealed record HoldsAnObject(object Anything);

    private sealed record HoldsAList(IReadOnlyList<object> Anything);

    private sealed record HoldsAnInterface(IComparable Anything);

    private sealed record HoldsAMap(Dictionary<string, object> Anything);

    private sealed record HoldsDeeply(IReadOnlyDictionary<string, IReadOnlyList<Deeper>?> Deep);

    private sealed record Deeper(Note[] Notes);
}
