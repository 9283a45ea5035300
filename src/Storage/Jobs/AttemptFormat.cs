using System.Collections.Immutable;
using System.Text;
using Actors.Jobs;

namespace Actors.Storage.Jobs;

/// <summary>
/// The attempts of a job that did not end it as one value: a format number, a count, and for each of them its length, its members, and
/// whatever a newer version appends, which is left out.
/// </summary>
internal static class AttemptFormat
{
    private const byte Format = 1;

    public static byte[]? Write(ImmutableArray<AttemptRecord> attempts)
    {
        if (attempts.IsDefaultOrEmpty) return null;

        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream, Encoding.UTF8);
        writer.Write(Format);
        writer.Write7BitEncodedInt(attempts.Length);
        foreach (var attempt in attempts) WriteOne(writer, attempt);
        return stream.ToArray();
    }

    /// <summary>False: a newer version wrote it in a way that this one cannot read.</summary>
    public static bool TryRead(byte[]? stored, out ImmutableArray<AttemptRecord> attempts)
    {
        attempts = [];
        if (stored is null) return true;

        using var reader = new BinaryReader(new MemoryStream(stored), Encoding.UTF8);
        if (reader.ReadByte() != Format) return false;

        var read = ImmutableArray.CreateBuilder<AttemptRecord>(reader.Read7BitEncodedInt());
        while (read.Count < read.Capacity)
        {
            var end = reader.ReadInt32() + reader.BaseStream.Position;
            read.Add(new AttemptRecord(
                reader.ReadInt32(), Text(reader), Time(reader), Time(reader), (AttemptOutcome)reader.ReadByte(), Text(reader))
            {
                Used = reader.ReadInt32(),
                Limit = reader.ReadInt32(),
                StartsOver = reader.ReadBoolean(),
            });
            reader.BaseStream.Position = end;
        }

        attempts = read.MoveToImmutable();
        return attempts.All(attempt => Enum.IsDefined(attempt.Outcome));
    }

    private static void WriteOne(BinaryWriter writer, AttemptRecord attempt)
    {
        writer.Write(0);
        var start = writer.BaseStream.Position;
        writer.Write(attempt.Number);
        Write(writer, attempt.Silo);
        writer.Write(attempt.StartedAt.UtcTicks);
        writer.Write(attempt.EndedAt.UtcTicks);
        writer.Write((byte)attempt.Outcome);
        Write(writer, attempt.Error);
        writer.Write(attempt.Used);
        writer.Write(attempt.Limit);
        writer.Write(attempt.StartsOver);
        var end = writer.BaseStream.Position;
        writer.BaseStream.Position = start - sizeof(int);
        writer.Write((int)(end - start));
        writer.BaseStream.Position = end;
    }

    private static void Write(BinaryWriter writer, string? text)
    {
        writer.Write(text is not null);
        if (text is not null) writer.Write(text);
    }

    private static string? Text(BinaryReader reader) => reader.ReadBoolean() ? reader.ReadString() : null;

    private static DateTimeOffset Time(BinaryReader reader) => new(reader.ReadInt64(), TimeSpan.Zero);
}
