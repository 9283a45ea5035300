using System.Text.Json;
using System.Text.Json.Serialization;
using Actors.Jobs;

namespace Actors.Storage.Jobs;

/// <summary>A job's options as UTF-8 JSON, with what is not set left out. They are written once: what a newer version put there is lost to nobody.</summary>
internal static class OptionsFormat
{
    private static readonly JsonSerializerOptions Json =
        new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    public static byte[]? Write(JobOptions? options) => options is null ? null : JsonSerializer.SerializeToUtf8Bytes(options, Json);

    /// <summary>False: a newer version wrote it in a way that this one cannot read.</summary>
    public static bool TryRead(byte[]? stored, out JobOptions? options)
    {
        try
        {
            options = stored is null ? null : JsonSerializer.Deserialize<JobOptions>(stored, Json);
            return true;
        }
        catch (JsonException)
        {
            options = null;
            return false;
        }
    }
}
