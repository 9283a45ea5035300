using System.CommandLine;
using Actors.Cli.Stdio;

var parsed = new RootCommand("Actors, the durable executor behind MCP tools.") { StdioCommand.Create() }.Parse(args);
foreach (var error in parsed.Errors)
    await Console.Error.WriteLineAsync("actors: " + error.Message);
// The command ends itself when it is told to: no handler of signals beside its own.
return parsed.Errors.Count > 0 ? ExitCodes.Usage : await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
