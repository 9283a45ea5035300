using System.ComponentModel.DataAnnotations;

namespace Actors.Schemas;

/// <summary>What a schema and an instance may cost. Past a limit there is an error that names it; nothing grows without bound.</summary>
public sealed class SchemaLimits
{
    /// <summary>Bytes of a schema; 256 KiB.</summary>
    [Range(2, 16 * 1024 * 1024)]
    public int MaxSchemaBytes { get; set; } = 256 * 1024;

    /// <summary>Nesting of a schema's JSON; 64.</summary>
    [Range(1, 128)]
    public int MaxSchemaDepth { get; set; } = 64;

    /// <summary>Subschemas of a schema and of all that it refers to; 10,000.</summary>
    [Range(1, 1_000_000)]
    public int MaxSubschemas { get; set; } = 10_000;

    /// <summary>Characters of one regular expression; 2,000.</summary>
    [Range(1, 100_000)]
    public int MaxPatternLength { get; set; } = 2_000;

    /// <summary>Bytes of an instance; 4 MiB.</summary>
    [Range(1, int.MaxValue)]
    public int MaxInstanceBytes { get; set; } = 4 * 1024 * 1024;

    /// <summary>Nesting of an instance; 64.</summary>
    [Range(1, 256)]
    public int MaxInstanceDepth { get; set; } = 64;

    /// <summary>Digits of a number that is compared exactly; 1,000.</summary>
    [Range(20, 100_000)]
    public int MaxNumberDigits { get; set; } = 1_000;

    /// <summary>
    /// Steps of one validation: a keyword looked at, a member or an item visited, 32 bytes compared; 2,000,000, which is a
    /// few tenths of a second. The same schema and instance always take the same number.
    /// </summary>
    [Range(1, int.MaxValue)]
    public int MaxSteps { get; set; } = 2_000_000;

    /// <summary>Subschemas that may be at work inside one another, which ends a reference that leads back to itself; 400.</summary>
    [Range(1, 1_000)]
    public int MaxNestedEvaluations { get; set; } = 400;

    /// <summary>What all regular expressions of one validation may take together; 100 ms.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:01:00")]
    public TimeSpan RegexTimeout { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Errors that one validation reports; 10.</summary>
    [Range(1, 1_000)]
    public int MaxErrors { get; set; } = 10;
}
