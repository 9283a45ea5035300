using System.Collections.Immutable;
using System.Text;
using Actors.Jobs;

namespace Actors.Storage.Jobs;

/// <summary>
/// The questions and answers of a job as one value: a format number, a count, and for each of them its length, key, method, params,
/// answer, who answered, and whatever a newer version appends, which is kept. The JSON in them is kept byte for byte.
/// </summary>
internal static class ExchangeFormat
{
    private const byte Format = 2;

    /// <summary>Without the lengths, so that nothing could be appended.</summary>
    private const byte FirstFormat = 1;

    private const int Absent = -1;

    public static byte[]? Write(ImmutableArray<InputExchange> exchanges)
    {
        if (exchanges.IsDefaultOrEmpty) return null;

        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream, Encoding.UTF8);
        writer.Write(Format);
        writer.Write7BitEncodedInt(exchanges.Length);
        foreach (var exchange in exchanges) WriteOne(writer, exchange);
        return stream.ToArray();
    }

    /// <summary>False: a newer version wrote it in a way that this one cannot read.</summary>
    public static bool TryRead(byte[]? stored, out ImmutableArray<InputExchange> exchanges)
    {
        exchanges = [];
        if (stored is null) return true;

        using var reader = new BinaryReader(new MemoryStream(stored), Encoding.UTF8);
        var format = reader.ReadByte();
        if (format is not (Format or FirstFormat)) return false;

        var read = ImmutableArray.CreateBuilder<InputExchange>(reader.Read7BitEncodedInt());
        while (read.Count < read.Capacity) read.Add(format == Format ? ReadOne(reader) : ReadKnown(reader));
        exchanges = read.MoveToImmutable();
        return true;
    }

    private static void WriteOne(BinaryWriter writer, InputExchange exchange)
    {
        writer.Write(0);
        var start = writer.BaseStream.Position;
        writer.Write(exchange.Request.Key);
        writer.Write(exchange.Request.Method);
        WriteBytes(writer, exchange.Request.Params);
        WriteBytes(writer, exchange.Answer);
        WriteStory(writer, exchange);
        writer.Write(exchange.Later ?? []);
        var end = writer.BaseStream.Position;
        writer.BaseStream.Position = start - sizeof(int);
        writer.Write((int)(end - start));
        writer.BaseStream.Position = end;
    }

    private static InputExchange ReadOne(BinaryReader reader)
    {
        var length = reader.ReadInt32();
        var end = reader.BaseStream.Position + length;
        var exchange = ReadKnown(reader);
        if (reader.BaseStream.Position < end) exchange = ReadStory(reader, exchange);
        var later = (int)(end - reader.BaseStream.Position);
        return later > 0 ? exchange with { Later = reader.ReadBytes(later) } : exchange;
    }

    private static InputExchange ReadKnown(BinaryReader reader) =>
        new(new InputRequest(reader.ReadString(), reader.ReadString(), ReadBytes(reader)), ReadBytes(reader));

    private static void WriteStory(BinaryWriter writer, InputExchange exchange)
    {
        writer.Write(exchange.AskedAt?.UtcTicks ?? Absent);
        writer.Write(exchange.IsSuperseded);
        writer.Write(exchange.Origin is not null);
        if (exchange.Origin is not { } origin) return;
        writer.Write(origin.Issuer);
        writer.Write(origin.Subject);
        writer.Write(origin.Client);
        writer.Write(origin.At.UtcTicks);
        writer.Write((byte)origin.Through);
    }

    /// <summary>When it was asked, and who answered: what exchanges have had since attempts are parked.</summary>
    private static InputExchange ReadStory(BinaryReader reader, InputExchange exchange)
    {
        var asked = reader.ReadInt64();
        exchange = exchange with { AskedAt = asked == Absent ? null : Time(asked), IsSuperseded = reader.ReadBoolean() };
        return reader.ReadBoolean()
            ? exchange with
            {
                Origin = new AnswerOrigin(
                    reader.ReadString(), reader.ReadString(), reader.ReadString(), Time(reader.ReadInt64()), (AnswerChannel)reader.ReadByte()),
            }
            : exchange;
    }

    private static DateTimeOffset Time(long utcTicks) => new(utcTicks, TimeSpan.Zero);

    private static void WriteBytes(BinaryWriter writer, byte[]? bytes)
    {
        writer.Write(bytes?.Length ?? Absent);
        if (bytes is not null) writer.Write(bytes);
    }

    private static byte[]? ReadBytes(BinaryReader reader) =>
        reader.ReadInt32() is var length and not Absent ? reader.ReadBytes(length) : null;
}
