using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace Actors.Storage.Schema;

/// <summary>One numbered step of the schema, as it was compiled in.</summary>
internal sealed record SchemaFile(int Number, string Name, string Sql)
{
    /// <summary>The first line of a file that only adds what programs without it need not know: they can go on with the database as it is then.</summary>
    private const string Additive = "-- additive";

    public bool IsAdditive => Sql.StartsWith(Additive, StringComparison.Ordinal);

    /// <summary>SHA-256 of the text, in hex; line ends do not count, as a checkout may change them.</summary>
    public string Checksum { get; } =
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Sql.ReplaceLineEndings("\n"))));

    /// <summary>All of them, in order: the assembly's resources named <c>NNNN_what.sql</c>.</summary>
    public static IReadOnlyList<SchemaFile> ReadAll()
    {
        var assembly = typeof(SchemaFile).Assembly;
        return [.. assembly.GetManifestResourceNames()
            .Where(resource => resource.EndsWith(".sql", StringComparison.Ordinal))
            .Select(resource => Read(assembly, resource))
            .OrderBy(file => file.Number)];
    }

    private static SchemaFile Read(Assembly assembly, string resource)
    {
        var parts = resource.Split('.');
        var name = parts[^2];
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!, Encoding.UTF8);
        return new SchemaFile(int.Parse(name[..4], CultureInfo.InvariantCulture), name, reader.ReadToEnd());
    }
}
