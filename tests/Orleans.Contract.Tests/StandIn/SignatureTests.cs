using System.Reflection;

namespace Orleans.Contract.Tests.StandIn;

/// <summary>
/// The stand-in beside the assemblies of Orleans that the package mirror carries. Whatever the stand-in makes public
/// in a type that they have, they must have exactly so; the reverse is not asked, because it is a subset.
/// </summary>
public sealed class SignatureTests
{
    private static readonly string[] Packages =
    [
        "Orleans.Core.Abstractions", "Orleans.Persistence.AdoNet", "Orleans.Clustering.AdoNet", "Orleans.TestingHost"
    ];

    private static readonly PublicSurface StandIn = PublicSurface.Read(typeof(Grain).Assembly.Location);

    public static TheoryData<string> TypesInBoth => [.. Real.Keys.Intersect(StandIn.Types.Keys).Order(StringComparer.Ordinal)];

    private static Dictionary<string, HashSet<string>> Real { get; } = Packages
        .SelectMany(package => PublicSurface.Read(PathOf(package)).Types)
        .ToDictionary(type => type.Key, type => type.Value, StringComparer.Ordinal);

    [Theory]
    [MemberData(nameof(TypesInBoth))]
    public void What_the_stand_in_makes_public_is_in_the_package_exactly_so(string type)
    {
        var invented = StandIn.Types[type].Except(Real[type]).Order(StringComparer.Ordinal).ToArray();
        Assert.True(invented.Length == 0, $"{type} of the package lacks:\n  {string.Join("\n  ", invented)}");
    }

    [Fact]
    public void Most_of_the_stand_ins_types_are_compared()
    {
        // Guards against comparing nothing: these two and a good part of the rest are in the packages.
        Assert.Contains("Orleans.Grain", TypesInBoth.Select(row => row.Data));
        Assert.Contains("Orleans.Hosting.AdoNetHostingExtensions", TypesInBoth.Select(row => row.Data));
        Assert.True(TypesInBoth.Count > 70, $"Only {TypesInBoth.Count} types were compared.");
    }

    private static string PathOf(string assembly)
    {
        var metadata = typeof(SignatureTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .ToDictionary(attribute => attribute.Key, attribute => attribute.Value!);
        return Path.Combine(
            metadata["NuGetPackageRoot"], $"Microsoft.{assembly}".ToLowerInvariant(), metadata["OrleansVersion"], "lib", "net10.0", assembly + ".dll");
    }
}
