using Exchange.Benchmarks;

var options = RunOptions.Parse(args, out var mistake);
if (options is null)
{
    Console.Error.WriteLine(mistake);
    return 2;
}

using var signals = new Signals();
try
{
    return await new Runner(options, TimeProvider.System).Run(signals.Stop) ? 0 : 1;
}
catch (OperationCanceledException)
{
    Console.Error.WriteLine("benchmarks: stopped");
    return 1;
}
catch (BenchmarkFailure failure)
{
    Console.Error.WriteLine(failure.Message);
    Console.WriteLine("benchmarks: failed");
    return 1;
}
