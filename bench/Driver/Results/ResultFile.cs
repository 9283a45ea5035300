using System.Text.Json;

namespace Actors.Bench.Driver.Results;

/// <summary>The figures of all rows as they were last run, on one machine.</summary>
internal sealed record ResultFile
{
    public required Machine Machine { get; init; }

    public required IReadOnlyList<RowResult> Rows { get; init; }

    /// <summary>Null where there is none.</summary>
    public static ResultFile? Read(string path) => File.Exists(path)
        ? JsonSerializer.Deserialize(File.ReadAllBytes(path), ResultJson.Default.ResultFile)
        : null;

    /// <summary>Puts a row in the place of its last run. What another machine measured goes, and what is no row any more.</summary>
    public static ResultFile With(ResultFile? before, Machine machine, RowResult row, string[] order) => new()
    {
        Machine = machine,
        Rows =
        [
            .. (before is not null && before.Machine.IsLike(machine) ? before.Rows : [])
                .Where(other => other.Row != row.Row && order.Contains(other.Row))
                .Append(row)
                .OrderBy(each => Array.IndexOf(order, each.Row)),
        ],
    };

    public void Write(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        File.WriteAllText(path, JsonSerializer.Serialize(this, ResultJson.Default.ResultFile) + "\n");
    }
}
