namespace Actors.Frontend.Mcp.Errors;

/// <summary>A request that is not served, in words its sender can act on.</summary>
/// <param name="refusal">Decides the JSON-RPC code and the HTTP status.</param>
/// <param name="message">Names the field and what was expected; goes to the client as it is.</param>
/// <param name="data">UTF-8 JSON of the error's <c>data</c>, or null.</param>
internal sealed class RefusedException(Refusal refusal, string message, byte[]? data = null) : Exception(message)
{
    public Refusal Refusal { get; } = refusal;

    public byte[]? ErrorData { get; } = data;
}
