namespace Actors.Fuzz.Tests;

/// <summary>An exchange that broke a rule, with what it takes to send it again.</summary>
internal sealed record Fault(string What, string Report);
