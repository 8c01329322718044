using System.Linq.Expressions;
using Exchange.Core.Kernel;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Exchange.Data;

/// <summary>How ids stand in columns: as the engine's own UUID, or as 16 bytes where it has none whose order is that of the bytes.</summary>
internal static class IdColumns
{
    public static byte[] Bytes(Guid id) => id.ToByteArray(bigEndian: true);

    public static Guid Id(byte[] bytes) => new(bytes, bigEndian: true);

    /// <summary>value => new T(read(value)); a static interface member cannot stand in an expression.</summary>
    public static Expression<Func<TColumn, T>> Made<TColumn, T>(Func<Expression, Expression> read)
    {
        var value = Expression.Parameter(typeof(TColumn), "value");
        return Expression.Lambda<Func<TColumn, T>>(Expression.New(typeof(T).GetConstructor([typeof(Guid)])!, read(value)), value);
    }
}

internal sealed class GuidBytes() : ValueConverter<Guid, byte[]>(id => IdColumns.Bytes(id), bytes => IdColumns.Id(bytes));

internal sealed class IdBytes<T>() : ValueConverter<T, byte[]>(
    id => IdColumns.Bytes(id.Value), IdColumns.Made<byte[], T>(bytes => Expression.Call(typeof(IdColumns), nameof(IdColumns.Id), null, bytes)))
    where T : struct, IId<T>;

internal sealed class IdGuid<T>() : ValueConverter<T, Guid>(id => id.Value, IdColumns.Made<Guid, T>(guid => guid))
    where T : struct, IId<T>;
