using System.Buffers.Binary;
using System.Security.Cryptography;
using Actors.Tenants;

namespace Actors.Storage.Schedules;

/// <summary>A call that recurs, and whose it is.</summary>
public sealed record Schedule
{
    public const int SeedBytes = 32;

    public required Guid Id { get; init; }

    public required Principal Owner { get; init; }

    /// <summary>Unique for its owner.</summary>
    public required string Name { get; init; }

    public required string Tool { get; init; }

    /// <summary>UTF-8 JSON: the params of the tools/call.</summary>
    public required byte[] Params { get; init; }

    public required string Cron { get; init; }

    /// <summary>A name of the IANA database.</summary>
    public required string TimeZone { get; init; }

    public required CatchUp CatchUp { get; init; }

    /// <summary>Random, and never shown: a job's handle must not follow from what others can know.</summary>
    public required byte[] Seed { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public bool IsPaused { get; init; }

    /// <summary>Null: paused, or never again.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>What was wrong the last time; null: nothing.</summary>
    public string? Failure { get; init; }

    /// <summary>The handle of the job of a due time: the same whoever makes it and however often. A UUIDv8, in 32 hex digits.</summary>
    public string JobIdOf(DateTimeOffset due)
    {
        Span<byte> text = stackalloc byte[SeedBytes + sizeof(long)];
        Seed.CopyTo(text);
        BinaryPrimitives.WriteInt64BigEndian(text[SeedBytes..], due.ToUnixTimeSeconds());
        Span<byte> id = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(text, id);
        id[6] = (byte)((id[6] & 0x0F) | 0x80);
        id[8] = (byte)((id[8] & 0x3F) | 0x80);
        return new Guid(id[..16], bigEndian: true).ToString("N");
    }

    /// <summary>Whether another one would do just the same.</summary>
    public bool DoesTheSameAs(Schedule other) =>
        Tool == other.Tool && Cron == other.Cron && TimeZone == other.TimeZone && CatchUp == other.CatchUp && Params.AsSpan().SequenceEqual(other.Params);
}
