namespace Actors.Cli.Http;

/// <summary>One event of a stream.</summary>
/// <param name="Data">What its data lines hold; empty for an event that only primes the stream.</param>
/// <param name="Id">Its id; null: it brought none.</param>
internal sealed record ServerEvent(ReadOnlyMemory<byte> Data, string? Id);
