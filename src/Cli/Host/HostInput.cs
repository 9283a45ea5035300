using System.Runtime.CompilerServices;
using Actors.Cli.Messages;

namespace Actors.Cli.Host;

/// <summary>The host's lines.</summary>
internal sealed class HostInput(Stream stdin, int maxLineBytes)
{
    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>Until the host closes its end.</summary>
    public async IAsyncEnumerable<HostLine> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        LongLine? tooLong = null;
        using var lines = new ByteLines(stdin, maxLineBytes, part => (tooLong ??= new()).Read(part.Span));
        while (await lines.ReadAsync(takeUnended: true, cancellationToken))
        {
            if (lines.IsTooLong)
                yield return new HostLine(default, tooLong);
            else if (Trim(lines.Line) is { Length: > 0 } line)
                yield return new HostLine(line.ToArray(), null); // It outlives the buffer: requests are on their way side by side.
            tooLong = null;
        }
    }

    private static ReadOnlyMemory<byte> Trim(ReadOnlyMemory<byte> line)
    {
        if (line.Span.StartsWith(ByteOrderMark))
            line = line[ByteOrderMark.Length..];
        return line.Trim(" \t\r"u8);
    }
}
