namespace Actors.Frontend.Mcp;

/// <summary>The revisions of the protocol that are served, at one address and at the same time.</summary>
internal static class Revisions
{
    public const string V20260728 = "2026-07-28";
    public const string V20251125 = "2025-11-25";
    public const string V20250618 = "2025-06-18";
    public const string V20250326 = "2025-03-26";
    public const string V20241105 = "2024-11-05";

    /// <summary>All of them, newest first.</summary>
    public static readonly string[] All = [V20260728, V20251125, V20250618, V20250326, V20241105];

    /// <summary>Those that begin with <c>initialize</c> and have sessions ("legacy" in revision 2026-07-28, Versioning, Terminology).</summary>
    public static bool IsLegacy(string? version) =>
        version is V20251125 or V20250618 or V20250326 or V20241105;

    /// <summary>
    /// What <c>initialize</c> answers (2025-11-25, Lifecycle, Version Negotiation): the client's own where it is served, and the latest that
    /// has an initialize otherwise.
    /// </summary>
    public static string Negotiate(string? asked) => IsLegacy(asked) ? asked! : V20251125;

    /// <summary>Whether a revision has what came with another; they are dates, and so are ordered as text.</summary>
    public static bool IsAtLeast(string version, string other) => string.CompareOrdinal(version, other) >= 0;
}
