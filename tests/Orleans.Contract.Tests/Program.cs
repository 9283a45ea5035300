using Orleans.Contract.Tests.Cluster;
using Xunit.Runner.InProc.SystemConsole;

// The tests, or a silo in a process of its own that a test started and may kill.
if (args is [SiloProcess.Verb, ..])
{
    await SiloProcess.RunAsync(args);
    return 0;
}

return await ConsoleRunner.Run(args);
