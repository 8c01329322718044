// Each fixture has its own database, and much of it is waiting for one. Those that compare durations are marked and run alone.
[assembly: NUnit.Framework.Parallelizable(NUnit.Framework.ParallelScope.Fixtures)]
[assembly: NUnit.Framework.LevelOfParallelism(4)]
