using Actors.Cli.Messages;

namespace Actors.Cli.Host;

/// <summary>What the host sent: a line, or what could be kept of one that is too long.</summary>
internal sealed record HostLine(ReadOnlyMemory<byte> Bytes, LongLine? TooLong);
