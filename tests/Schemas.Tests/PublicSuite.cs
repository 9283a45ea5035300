using System.Text.Json;
using Actors.Checkout;
using Xunit;

namespace Actors.Schemas.Tests;

/// <summary>The public JSON Schema test suite's part for draft 2020-12, where it lies beside the checkout.</summary>
internal static class PublicSuite
{
    private const string Remote = "http://localhost:1234/draft2020-12/";

    private static readonly Lazy<string?> Folder = new(() => Repository.SharedData("json-schema-2020-12"));

    public static Lazy<Dictionary<string, ReadOnlyMemory<byte>>> Remotes { get; } = new(ReadRemotes);

    public static string Require()
    {
        Assert.SkipWhen(Folder.Value is null, "shared/data/json-schema-2020-12 is not beside the checkout.");
        return Folder.Value!;
    }

    /// <summary>Where the suite is absent, one entry, for the test to skip.</summary>
    public static IEnumerable<string> Files(string below)
    {
        if (Folder.Value is not { } folder)
            return ["(absent)"];
        return Directory.EnumerateFiles(Path.Combine(folder, "tests/draft2020-12", below), "*.json").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal);
    }

    /// <summary>What goes wrong: "file: group / case", without those that are expected to.</summary>
    public static (int Cases, List<string> Wrong) Run(string file, bool assertsFormats)
    {
        var options = new SchemaOptions { Documents = Remotes.Value, AssertFormats = assertsFormats };
        using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Require(), "tests/draft2020-12", file)));
        var wrong = new List<string>();
        var cases = 0;
        foreach (var group in document.RootElement.EnumerateArray())
        {
            var name = $"{Path.GetFileNameWithoutExtension(file)}: {Text(group, "description")}";
            if (!JsonSchema.TryCompile(group.GetProperty("schema"), options, out var schema, out var fault))
            {
                wrong.Add($"{name} / does not compile: {fault}");
                continue;
            }
            foreach (var test in group.GetProperty("tests").EnumerateArray())
            {
                cases++;
                var verdict = schema.Validate(test.GetProperty("data"));
                if (verdict.IsValid != test.GetProperty("valid").GetBoolean() || verdict.IsUndecided)
                    wrong.Add($"{name} / {Text(test, "description")}");
            }
        }
        return (cases, wrong);
    }

    private static string Text(JsonElement element, string member) => element.GetProperty(member).GetString()!;

    private static Dictionary<string, ReadOnlyMemory<byte>> ReadRemotes()
    {
        var root = Path.Combine(Require(), "remotes/draft2020-12");
        return Directory.EnumerateFiles(root, "*.json", SearchOption.AllDirectories).ToDictionary(
            path => Remote + Path.GetRelativePath(root, path).Replace('\\', '/'),
            path => (ReadOnlyMemory<byte>)File.ReadAllBytes(path));
    }
}
