using Orleans;

namespace Actors.Tools;

/// <summary>The call arrived at another silo than the one it was meant for, and was not started.</summary>
[GenerateSerializer, Alias("actors.wrong-silo")]
public sealed class WrongSiloException(string message) : Exception(message);
