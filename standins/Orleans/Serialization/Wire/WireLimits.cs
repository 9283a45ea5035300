namespace Orleans.Serialization.Wire;

internal static class WireLimits
{
    /// <summary>How deep values may nest; a longer chain of objects could exhaust the stack of whoever reads it.</summary>
    public const int MaxDepth = 400;

    /// <summary>How many elements are allocated on the word of a count alone; the rest as they arrive.</summary>
    public const int MaxTrustedCount = 1024;

    /// <summary>How deep the arguments of a generic type's name may nest.</summary>
    public const int MaxTypeNameDepth = 8;

    public const int MaxTypeNameLength = 4096;

    /// <summary>How many inner exceptions deep an exception is told.</summary>
    public const int MaxInnerExceptions = 16;

    /// <summary>How much of a stack trace crosses, in characters.</summary>
    public const int MaxStackTraceLength = 8192;
}
