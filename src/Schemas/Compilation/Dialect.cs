namespace Actors.Schemas.Compilation;

/// <summary>What the keywords of a resource mean, by its <c>$schema</c>.</summary>
internal sealed record Dialect
{
    /// <summary>Draft 2020-12, and the meaning where a schema does not say.</summary>
    public static Dialect Draft202012 { get; } = new();

    /// <summary>Adds <c>$recursiveRef</c>, which only its metaschemas use in earnest: it is read as <c>$ref</c>.</summary>
    public static Dialect Draft201909 { get; } = new() { HasRecursiveRef = true };

    /// <summary>Also draft-06: a <c>$ref</c> hides its siblings, and an <c>$id</c> may be an anchor.</summary>
    public static Dialect Draft07 { get; } = new() { RefHidesSiblings = true };

    public bool RefHidesSiblings { get; init; }

    public bool HasRecursiveRef { get; init; }

    public bool HasApplicators { get; init; } = true;

    public bool HasUnevaluated { get; init; } = true;

    public bool HasValidation { get; init; } = true;

    public bool AssertsFormats { get; init; }
}
