using System.Data.Common;
using Exchange.Edge.Tests.TestKit;

namespace Exchange.Edge.Tests.Nodes;

/// <summary>Holds commits up, on PostgreSQL: a trigger that waits, in the commit itself, for a lock that the test has.</summary>
internal sealed class Slow(Place place) : IAsyncDisposable
{
    private readonly DbConnection _held = place.Open(write: true);

    public async Task Hold(string table)
    {
        await Engine.Run(_held, $"""
            CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_advisory_xact_lock_shared(4711); RETURN NULL; END $$;
            CREATE CONSTRAINT TRIGGER slow AFTER INSERT ON {table} DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION slow();
            """);
        await Engine.Run(_held, "SELECT pg_advisory_lock(4711)");
    }

    public Task Release() => Engine.Run(_held, "SELECT pg_advisory_unlock_all()");

    /// <summary>Sessions of this database that wait for a lock of this kind; of any where none is named.</summary>
    public async Task<long> Waiting(string kind)
    {
        await using var own = place.Open();
        return (long)(await Engine.Scalar(own, $"SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' AND wait_event LIKE '%{kind}'"))!;
    }

    public async ValueTask DisposeAsync()
    {
        await Release();
        await _held.DisposeAsync();
    }
}
