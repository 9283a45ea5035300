using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Actors.Tools;

namespace Actors.Silo.Packs;

/// <summary>
/// What several silos offer together. Of two definitions of one name, the one of the catalogue that appeared last counts, and only the
/// silos that have it are named. The same input gives the same catalogue on every silo.
/// </summary>
internal static class CatalogueMerge
{
    public static Catalogue Of(IReadOnlyList<SiloOffer> offers)
    {
        SiloOffer[] silos = [.. offers.OrderBy(offer => offer.Silo.Address.ToParsableString(), StringComparer.Ordinal)];
        SiloOffer[] newest = [.. silos.OrderByDescending(offer => offer.FirstSeenAt).ThenBy(offer => offer.Content.Version, StringComparer.Ordinal)];
        var merged = new Catalogue
        {
            Version = "",
            Silos = [.. silos.Select(offer => offer.Silo)],
            Tools = Merge(newest, silos, content => content.Tools, tool => tool.Name, IsSame, (tool, at) => tool with { Silos = at }),
            Prompts = Merge(newest, silos, content => content.Prompts),
            Resources = Merge(newest, silos, content => content.Resources),
            ResourceTemplates = Merge(newest, silos, content => content.ResourceTemplates),
        };
        var version = CatalogueWriter.Version(merged);
        return merged with { Version = version, Revision = Revision(version, silos) };
    }

    private static ImmutableArray<PrimitiveEntry> Merge(
        SiloOffer[] newest, SiloOffer[] silos, Func<Catalogue, ImmutableArray<PrimitiveEntry>> entries) =>
        Merge(
            newest, silos, entries, entry => entry.Name,
            (one, other) => one.Definition.AsSpan().SequenceEqual(other.Definition),
            (entry, at) => entry with { Silos = at });

    private static ImmutableArray<T> Merge<T>(
        SiloOffer[] newest,
        SiloOffer[] silos,
        Func<Catalogue, ImmutableArray<T>> entries,
        Func<T, string> name,
        Func<T, T, bool> isSame,
        Func<T, ImmutableArray<int>, T> at)
    {
        var chosen = new SortedDictionary<string, T>(StringComparer.Ordinal);
        foreach (var entry in newest.SelectMany(offer => entries(offer.Content)))
        {
            chosen.TryAdd(name(entry), entry);
        }

        return [.. chosen.Values.Select(entry => at(
            entry,
            [.. Enumerable.Range(0, silos.Length).Where(index => entries(silos[index].Content).Any(other => name(other) == name(entry) && isSame(other, entry)))]))];
    }

    private static bool IsSame(ToolEntry one, ToolEntry other) =>
        one.Definition.AsSpan().SequenceEqual(other.Definition) && one.Job == other.Job;

    private static string Revision(string version, SiloOffer[] silos)
    {
        var text = string.Join('\n', silos.Select(offer => $"{offer.Silo.Address.ToParsableString()} {offer.Content.Version}").Prepend(version));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16));
    }
}
