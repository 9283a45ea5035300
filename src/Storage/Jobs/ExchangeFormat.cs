using System.Collections.Immutable;
using System.Text;
using Actors.Jobs;

namespace Actors.Storage.Jobs;

/// <summary>
/// The questions and answers of a job as one value: a format number, a count, and for each of them key, method, params and
/// answer. The JSON in them is kept byte for byte.
/// </summary>
internal static class ExchangeFormat
{
    private const byte Format = 1;
    private const int Absent = -1;

    public static byte[]? Write(ImmutableArray<InputExchange> exchanges)
    {
        if (exchanges.IsDefaultOrEmpty) return null;

        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream, Encoding.UTF8);
        writer.Write(Format);
        writer.Write7BitEncodedInt(exchanges.Length);
        foreach (var exchange in exchanges)
        {
            writer.Write(exchange.Request.Key);
            writer.Write(exchange.Request.Method);
            WriteBytes(writer, exchange.Request.Params);
            WriteBytes(writer, exchange.Answer);
        }

        return stream.ToArray();
    }

    public static ImmutableArray<InputExchange> Read(byte[]? stored)
    {
        if (stored is null) return [];

        using var reader = new BinaryReader(new MemoryStream(stored), Encoding.UTF8);
        if (reader.ReadByte() is var format && format != Format) throw new InvalidDataException($"Exchanges of format {format} are not known to this program.");

        var exchanges = ImmutableArray.CreateBuilder<InputExchange>(reader.Read7BitEncodedInt());
        while (exchanges.Count < exchanges.Capacity)
            exchanges.Add(new InputExchange(new InputRequest(reader.ReadString(), reader.ReadString(), ReadBytes(reader)), ReadBytes(reader)));

        return exchanges.MoveToImmutable();
    }

    private static void WriteBytes(BinaryWriter writer, byte[]? bytes)
    {
        writer.Write(bytes?.Length ?? Absent);
        if (bytes is not null) writer.Write(bytes);
    }

    private static byte[]? ReadBytes(BinaryReader reader) =>
        reader.ReadInt32() is var length and not Absent ? reader.ReadBytes(length) : null;
}
