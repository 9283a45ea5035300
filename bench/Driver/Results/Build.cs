using System.Reflection;

namespace Actors.Bench.Driver.Results;

/// <summary>What this program and what it starts were built from: they are built together.</summary>
internal static class Build
{
    public static string Commit { get; } = typeof(Build).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+') is [_, var commit]
        ? commit[..7]
        : "unknown";
}
