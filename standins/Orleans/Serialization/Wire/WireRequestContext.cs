namespace Orleans.Serialization.Wire;

/// <summary>The values of a RequestContext in a message.</summary>
internal static class WireRequestContext
{
    public static void Write(ref WireWriter writer, Dictionary<string, object>? values)
    {
        writer.WriteVarUInt((ulong)(values?.Count ?? 0));
        if (values is null) return;

        foreach (var (key, value) in values)
        {
            writer.WriteString(key);
            Codec<object?>.Instance.Write(ref writer, value);
        }
    }

    /// <summary>Null where there are none.</summary>
    public static Dictionary<string, object>? Read(ref WireReader reader)
    {
        var count = reader.ReadCount();
        if (count == 0) return null;

        var values = new Dictionary<string, object>(Math.Min(count, WireLimits.MaxTrustedCount));
        for (var i = 0; i < count; i++)
        {
            var key = reader.ReadString() ?? throw WireReader.Corrupt("a key is null");
            values[key] = Codec<object?>.Instance.Read(ref reader)!;
        }

        return values;
    }
}
