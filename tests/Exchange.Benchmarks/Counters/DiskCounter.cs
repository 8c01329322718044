namespace Exchange.Benchmarks;

/// <summary>What the hosts themselves write to files, as the kernel counts it. It counts no syncs.</summary>
sealed class DiskCounter(Product product) : ICounter
{
    public Task<Tally> Read(CancellationToken stop) => Task.FromResult(new Tally(
        [
            new("hosts: write calls (files, pipes)", Unit.Each, product.WriteCalls),
            new("hosts: written to disk", Unit.Kilobytes, product.BytesWritten / 1024.0),
        ],
        [],
        ["allocations and collections (the hosts expose no meter of the runtime)", "the hosts' own syncs (the kernel does not count them by process)"]));
}
