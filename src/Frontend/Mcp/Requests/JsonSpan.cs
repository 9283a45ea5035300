namespace Actors.Frontend.Mcp.Requests;

/// <summary>Where a JSON value lies in the body. Length 0: it is not there.</summary>
internal readonly record struct JsonSpan(int Start, int Length)
{
    public bool IsPresent => Length > 0;

    public byte[] CopyFrom(ReadOnlySpan<byte> body) => body.Slice(Start, Length).ToArray();
}
