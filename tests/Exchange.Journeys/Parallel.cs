// Most of a journey is waiting: for a process, for the relay, for what was killed to come back. Two at a time, then; the one that
// counts requests by the second is marked and runs alone.
[assembly: Parallelizable(ParallelScope.Fixtures)]
[assembly: LevelOfParallelism(2)]
