using System.Reflection;
using System.Reflection.Emit;

namespace Exchange.Edge.Tests.House;

/// <summary>All types that a type mentions: in its bases, fields, properties, signatures, attributes, and in the code of its methods.</summary>
internal static class Mentions
{
    private const BindingFlags Own = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<short, OpCode> OpCodes = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(f => (OpCode)f.GetValue(null)!).ToDictionary(o => o.Value);

    /// <summary>Each mention as <c>where: type</c>.</summary>
    public static IEnumerable<(string Where, Type What)> In(Type type)
    {
        foreach (var what in Inside(type.BaseType).Concat(type.GetInterfaces().SelectMany(Inside)).Concat(type.GetGenericArguments().SelectMany(Constraints)).Concat(Attributes(type)))
        {
            yield return (type.Name, what);
        }

        foreach (var field in type.GetFields(Own))
        {
            foreach (var what in Inside(field.FieldType).Concat(Attributes(field)))
            {
                yield return ($"{type.Name}.{field.Name}", what);
            }
        }

        foreach (var property in type.GetProperties(Own))
        {
            foreach (var what in Inside(property.PropertyType).Concat(Attributes(property)))
            {
                yield return ($"{type.Name}.{property.Name}", what);
            }
        }

        foreach (var method in type.GetMethods(Own).Cast<MethodBase>().Concat(type.GetConstructors(Own)))
        {
            foreach (var what in OfSignature(method).Concat(Attributes(method)).Concat(OfBody(method)))
            {
                yield return ($"{type.Name}.{method.Name}", what);
            }
        }
    }

    public static IEnumerable<Type> Inside(Type? type)
    {
        if (type is null)
        {
            yield break;
        }

        if (type.HasElementType)
        {
            foreach (var inner in Inside(type.GetElementType()))
            {
                yield return inner;
            }

            yield break;
        }

        yield return type;
        foreach (var argument in type.IsGenericType ? type.GetGenericArguments() : [])
        {
            foreach (var inner in Inside(argument))
            {
                yield return inner;
            }
        }
    }

    private static IEnumerable<Type> Constraints(Type argument) =>
        argument.IsGenericParameter ? argument.GetGenericParameterConstraints().SelectMany(Inside) : Inside(argument);

    private static IEnumerable<Type> Attributes(MemberInfo member) =>
        member.GetCustomAttributesData().SelectMany(a => Inside(a.AttributeType).Concat(a.ConstructorArguments.Select(x => x.Value).OfType<Type>().SelectMany(Inside)));

    private static IEnumerable<Type> OfSignature(MethodBase method)
    {
        var types = method.GetParameters().Select(p => p.ParameterType).ToList();
        if (method is MethodInfo info)
        {
            types.Add(info.ReturnType);
        }

        if (method.IsGenericMethod)
        {
            types.AddRange(method.GetGenericArguments().SelectMany(Constraints));
        }

        return types.SelectMany(Inside);
    }

    private static List<Type> OfBody(MethodBase method)
    {
        if (method.GetMethodBody() is not { } body)
        {
            return [];
        }

        var found = body.LocalVariables.Select(v => v.LocalType).Concat(body.ExceptionHandlingClauses
            .Where(c => c.Flags == ExceptionHandlingClauseOptions.Clause).Select(c => c.CatchType!)).SelectMany(Inside).ToList();
        var typeArguments = method.DeclaringType!.IsGenericType ? method.DeclaringType.GetGenericArguments() : null;
        var methodArguments = method.IsGenericMethod ? method.GetGenericArguments() : null;
        foreach (var token in Tokens(body.GetILAsByteArray()!))
        {
            found.AddRange(OfMember(method.Module.ResolveMember(token, typeArguments, methodArguments)!));
        }

        return found;
    }

    private static IEnumerable<Type> OfMember(MemberInfo member) => member switch
    {
        Type type => Inside(type),
        FieldInfo field => Inside(field.DeclaringType).Concat(Inside(field.FieldType)),
        MethodBase method => Inside(method.DeclaringType).Concat(OfSignature(method)).Concat(method.IsGenericMethod ? method.GetGenericArguments().SelectMany(Inside) : []),
        _ => [],
    };

    /// <summary>The tokens of types, fields and methods in the code.</summary>
    private static IEnumerable<int> Tokens(byte[] il)
    {
        for (var at = 0; at < il.Length;)
        {
            var code = OpCodes[il[at] == 0xfe ? (short)(0xfe00 | il[at + 1]) : il[at]];
            at += code.Size;
            switch (code.OperandType)
            {
                case OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineTok or OperandType.InlineType:
                    yield return BitConverter.ToInt32(il, at);
                    at += 4;
                    break;
                case OperandType.InlineSwitch:
                    at += 4 + (4 * BitConverter.ToInt32(il, at));
                    break;
                case OperandType.InlineI8 or OperandType.InlineR:
                    at += 8;
                    break;
                case OperandType.InlineNone:
                    break;
                case OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar:
                    at += 1;
                    break;
                case OperandType.InlineVar:
                    at += 2;
                    break;
                default:
                    at += 4;
                    break;
            }
        }
    }
}
