using System.Diagnostics.CodeAnalysis;

namespace Actors.Storage.Schedules;

/// <summary>Time zones by their names in the IANA database.</summary>
public static class TimeZones
{
    private const int MaxLength = 64;

    public static bool TryFind(string name, [NotNullWhen(true)] out TimeZoneInfo? zone)
    {
        zone = null;
        // The name becomes that of a file.
        return name.Length is > 0 and <= MaxLength
            && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '/' or '_' or '-' or '+')
            && TimeZoneInfo.TryFindSystemTimeZoneById(name, out zone)
            && zone.HasIanaId;
    }
}
