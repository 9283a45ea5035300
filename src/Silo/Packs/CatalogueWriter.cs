using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Actors.Jobs;
using Actors.Tools;
using ModelContextProtocol;
using ModelContextProtocol.Server;

namespace Actors.Silo.Packs;

/// <summary>Writes what the packs hold as the protocol's JSON, in the order of names.</summary>
internal static class CatalogueWriter
{
    public static Catalogue Write(
        IEnumerable<LoadedTool> tools, IEnumerable<McpServerPrompt> prompts, IEnumerable<McpServerResource> resources)
    {
        var all = resources.ToList();
        var catalogue = new Catalogue
        {
            Version = "",
            Tools = [.. tools.Select(Entry).OrderBy(t => t.Name, StringComparer.Ordinal)],
            Prompts = Entries(prompts, p => p.ProtocolPrompt, p => p.Name),
            Resources = Entries(all.Where(r => !r.IsTemplated), r => r.ProtocolResource!, r => r.Uri),
            ResourceTemplates = Entries(all.Where(r => r.IsTemplated), r => r.ProtocolResourceTemplate, t => t.UriTemplate),
        };
        return catalogue with { Version = Version(catalogue) };
    }

    private static ToolEntry Entry(LoadedTool loaded) => new()
    {
        Name = loaded.Name,
        Definition = Json(loaded.Tool.ProtocolTool),
        Job = loaded.Job is { } job ? Terms(job) : null,
        HeaderParameters = HeaderParameters.Of(loaded.Tool.ProtocolTool.InputSchema),
    };

    private static JobTerms Terms(JobAttribute job) => new(job.Start, job.TaskSupport)
    {
        ReleaseConnectionAfterMs = job.ReleaseConnectionAfterMs,
        DeduplicateSeconds = job.DeduplicateSeconds,
        MaxAttempts = job.MaxAttempts,
    };

    private static ImmutableArray<PrimitiveEntry> Entries<TPrimitive, TDefinition>(
        IEnumerable<TPrimitive> primitives, Func<TPrimitive, TDefinition> definition, Func<TDefinition, string> name) =>
        [.. primitives.Select(definition)
            .Select(d => new PrimitiveEntry(name(d), Json(d)))
            .OrderBy(e => e.Name, StringComparer.Ordinal)];

    private static byte[] Json<T>(T definition) => JsonSerializer.SerializeToUtf8Bytes(
        definition, (JsonTypeInfo<T>)McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(T)));

    public static string Version(Catalogue catalogue)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var definition in catalogue.Tools.Select(t => t.Definition)
            .Concat(catalogue.Prompts.Select(p => p.Definition))
            .Concat(catalogue.Resources.Select(r => r.Definition))
            .Concat(catalogue.ResourceTemplates.Select(t => t.Definition)))
        {
            hash.AppendData(definition);
        }

        foreach (var tool in catalogue.Tools)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(tool.Job is { } job ? job.ToString() : "-"));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 16));
    }
}
