using System.Collections.Immutable;

namespace Actors.Schemas;

/// <summary>How an instance fared.</summary>
public sealed class SchemaVerdict
{
    private SchemaVerdict(ImmutableArray<SchemaError> errors) => Errors = errors;

    public static SchemaVerdict Valid { get; } = new([]);

    public bool IsValid => Errors.IsEmpty;

    /// <summary>Up to <see cref="SchemaLimits.MaxErrors"/>; empty if and only if the instance is valid.</summary>
    public ImmutableArray<SchemaError> Errors { get; }

    /// <summary>Whether a limit ended the validation, so that nobody knows whether the instance fits the schema.</summary>
    public bool IsUndecided => Errors is [.., { Keyword: SchemaError.Limit }];

    internal static SchemaVerdict Invalid(IEnumerable<SchemaError> errors) => new([.. errors]);
}
