namespace Actors.Bench.Driver.Results;

/// <summary>What a process took while the rounds of a figure ran.</summary>
/// <param name="Name">Its part in the work.</param>
/// <param name="CpuUsPerSecond">Processor time, in microseconds for each second; a million is one processor.</param>
/// <param name="CpuUsEach">The same for one piece of the work; 0 where the work has no count.</param>
/// <param name="MemoryMiB">What it holds after the last round: resident, and for several processes together without counting shared pages twice.</param>
internal sealed record ProcessUse(string Name, double CpuUsPerSecond, double CpuUsEach, double MemoryMiB);
