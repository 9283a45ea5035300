namespace Orleans.Membership;

/// <summary>Ends the process at once. A delegate, because tests run several silos in one process.</summary>
internal delegate void ExitProcess(int exitCode);
