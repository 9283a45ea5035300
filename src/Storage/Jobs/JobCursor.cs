using System.Buffers.Binary;
using System.Buffers.Text;

namespace Actors.Storage.Jobs;

/// <summary>A place in a list: the last job of a page. To a client it is an opaque text.</summary>
internal readonly record struct JobCursor(DateTime CreatedAt, Guid Id)
{
    private const int Length = sizeof(long) + 16;

    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[Length];
        BinaryPrimitives.WriteInt64BigEndian(bytes, CreatedAt.Ticks);
        Id.TryWriteBytes(bytes[sizeof(long)..], bigEndian: true, out _);
        return Base64Url.EncodeToString(bytes);
    }

    /// <exception cref="InvalidCursorException">It is none of ours.</exception>
    public static JobCursor Parse(string text)
    {
        Span<byte> bytes = stackalloc byte[Length];
        if (text.Length != Base64Url.GetEncodedLength(Length) || !Base64Url.IsValid(text)
            || !Base64Url.TryDecodeFromChars(text, bytes, out var written) || written != Length)
            throw new InvalidCursorException();

        var ticks = BinaryPrimitives.ReadInt64BigEndian(bytes);
        if (ticks < DateTime.MinValue.Ticks || ticks > DateTime.MaxValue.Ticks) throw new InvalidCursorException();

        return new JobCursor(new DateTime(ticks, DateTimeKind.Utc), new Guid(bytes[sizeof(long)..], bigEndian: true));
    }
}
