namespace Actors.Schemas.Keywords;

/// <summary>Finds the name that somebody may have meant.</summary>
internal static class Nearest
{
    private const int LongestName = 60;
    private const int MostNames = 200;

    /// <summary>Null: none is near.</summary>
    public static string? To(string name, IEnumerable<string> known)
    {
        if (name.Length > LongestName)
            return null;
        string? nearest = null;
        // Two letters swapped are two edits.
        var least = Math.Max(name.Length > 3 ? 2 : 1, name.Length / 3) + 1;
        foreach (var candidate in known.Where(candidate => candidate.Length <= LongestName).Order(StringComparer.Ordinal).Take(MostNames))
        {
            var distance = Distance(Plain(name), Plain(candidate));
            if (distance >= least)
                continue;
            least = distance;
            nearest = candidate;
        }
        return nearest;
    }

    // user_id, userId and UserID are the same to whoever guesses.
    private static string Plain(string name) =>
        string.Concat(name.Where(c => c is not ('_' or '-' or ' '))).ToLowerInvariant();

    /// <summary>Levenshtein's.</summary>
    private static int Distance(string one, string other)
    {
        var row = new int[other.Length + 1];
        for (var j = 0; j <= other.Length; j++)
            row[j] = j;
        for (var i = 1; i <= one.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= other.Length; j++)
            {
                var above = row[j];
                row[j] = Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (one[i - 1] == other[j - 1] ? 0 : 1));
                diagonal = above;
            }
        }
        return row[other.Length];
    }
}
