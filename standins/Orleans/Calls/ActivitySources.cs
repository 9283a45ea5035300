using System.Diagnostics;

namespace Orleans.Diagnostics;

/// <summary>The names under which grain calls appear in traces.</summary>
public static class ActivitySources
{
    public const string AllActivitySourceName = "Microsoft.Orleans.*";
    public const string ApplicationGrainActivitySourceName = "Microsoft.Orleans.Application";

    internal static readonly ActivitySource ApplicationGrainSource = new(ApplicationGrainActivitySourceName, "1.1.0");
}
