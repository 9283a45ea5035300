namespace Actors.Storage.Queue;

/// <summary>A limit that lets nothing more start now.</summary>
public sealed record BindingLimit(RunningLimit Kind, long Value, long Current);
