namespace Actors.Fuzz.Tests.Requests;

internal static class Revisions
{
    public const string V20260728 = "2026-07-28";
    public const string V20251125 = "2025-11-25";
    public const string V20250618 = "2025-06-18";
    public const string V20250326 = "2025-03-26";
    public const string V20241105 = "2024-11-05";

    public static readonly string[] All = [V20241105, V20250326, V20250618, V20251125, V20260728];

    public static bool IsAtLeast(string revision, string other) => string.CompareOrdinal(revision, other) >= 0;
}
