using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace Actors.Silo.Calls;

/// <summary>Writes a result as the client gets it, with the <c>resultType</c> that every result has since 2026-07-28.</summary>
internal static class ResultJson
{
    public static byte[] Write<T>(T result)
        where T : Result
    {
        result.ResultType ??= "complete";
        return JsonSerializer.SerializeToUtf8Bytes(
            result, (JsonTypeInfo<T>)McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(T)));
    }
}
