using System.Data.Common;
using System.Diagnostics;
using Exchange.Edge.Tests.TestKit;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using NUnit.Framework;

namespace Exchange.Edge.Tests.Lists;

/// <summary>Listens to what a view asks the database, and has the database say how it would go about it.</summary>
internal sealed class Plans : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>
{
    private static readonly AsyncLocal<List<(string Text, List<DbParameter> Values)>?> Heard = new();

    // One ear for all: with two, each statement would be heard twice.
    private static readonly IDisposable Ear = DiagnosticListener.AllListeners.Subscribe(new Plans());

    private Plans()
    {
    }

    /// <summary>Before the world begins: what nobody listens to at first is not told for a while.</summary>
    public static void Listen() => Assert.That(Ear, Is.Not.Null);

    /// <summary>The statements that this asks, each with its plan, line by line.</summary>
    public static async Task<IReadOnlyList<(string Sql, IReadOnlyList<string> Plan)>> Of(World world, Func<Task> asking)
    {
        Heard.Value = [];
        await asking();
        var heard = Heard.Value;
        Heard.Value = null;
        await using var connection = world.Tables();
        var plans = new List<(string, IReadOnlyList<string>)>();
        foreach (var (text, values) in heard)
        {
            using var command = connection.CreateCommand();
            command.CommandText = (world.Engine == Engine.Sqlite ? "EXPLAIN QUERY PLAN " : "EXPLAIN (ANALYZE, TIMING OFF, COSTS OFF, SUMMARY OFF) ") + text;
            foreach (var parameter in values)
            {
                command.Parameters.Add(parameter is SqliteParameter ? new SqliteParameter(parameter.ParameterName, parameter.Value) : ((ICloneable)parameter).Clone());
            }

            using var reader = await command.ExecuteReaderAsync();
            var lines = new List<string>();
            while (await reader.ReadAsync())
            {
                lines.Add(reader.GetString(reader.FieldCount - 1));
            }

            plans.Add((text, lines));
        }

        return plans;
    }

    public void OnNext(DiagnosticListener value)
    {
        if (value.Name == DbLoggerCategory.Name)
        {
            value.Subscribe(this);
        }
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (value is { Value: CommandEventData { Command: { } command } } && value.Key == RelationalEventId.CommandExecuting.Name)
        {
            Heard.Value?.Add((command.CommandText, [.. command.Parameters.Cast<DbParameter>()]));
        }
    }

    public void OnCompleted()
    {
    }

    public void OnError(Exception error)
    {
    }
}
