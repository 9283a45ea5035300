namespace Actors.Bench.Driver.Processes;

/// <summary>A process as the kernel sees it.</summary>
/// <param name="Pid">Its number.</param>
/// <param name="Parent">The process that started it.</param>
/// <param name="Name">Its program, cut at fifteen letters.</param>
/// <param name="Cpu">Processor time it used itself.</param>
/// <param name="CpuOfEnded">Processor time of children that have ended.</param>
internal sealed record ProcessEntry(int Pid, int Parent, string Name, TimeSpan Cpu, TimeSpan CpuOfEnded);
