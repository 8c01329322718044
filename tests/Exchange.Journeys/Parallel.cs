// Most of a journey is waiting: for a process, for the relay, for what was killed to come back. Two at a time, then; those that
// break the servers they share, and the one that counts requests by the second, are marked and run alone.
[assembly: Parallelizable(ParallelScope.Fixtures)]
[assembly: LevelOfParallelism(2)]
