namespace Actors.Cli.Stdio;

/// <summary>What was asked for cannot work; the message says why, to whoever wrote the command line.</summary>
internal sealed class UsageException(string message) : Exception(message);
