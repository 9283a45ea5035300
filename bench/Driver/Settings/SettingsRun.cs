using Actors.Bench.Driver.Results;

namespace Actors.Bench.Driver.Settings;

/// <summary>Measures settings and keeps them in a file of their own, where each is a row.</summary>
internal static class SettingsRun
{
    private const int AtATime = 4;

    /// <param name="file">Where the figures go; those of other settings stay in it.</param>
    /// <param name="names">Which settings; none: all, a few at a time.</param>
    public static async Task RunAsync(string file, IReadOnlyList<string> names)
    {
        var settings = names.Count == 0 ? AllSettings.Tried : [.. names.Select(Find)];
        foreach (var together in settings.Chunk(AtATime))
            await RunAsync(file, together);
        SettingsTable.Print(ResultFile.Read(file)!);
    }

    private static async Task RunAsync(string file, Setting[] settings)
    {
        var (alsoRan, load, began) = (await Surroundings.LookAsync(), Surroundings.LoadAverage(), TimeProvider.System.GetTimestamp());
        foreach (var (setting, figures) in await SettingsContest.RunAsync(settings))
        {
            var row = new RowResult
            {
                Row = setting.Name,
                Commit = Build.Commit,
                At = TimeProvider.System.GetUtcNow(),
                IsQuick = false,
                Seconds = Math.Round(TimeProvider.System.GetElapsedTime(began).TotalSeconds),
                AlsoRan = alsoRan,
                LoadAverage = load,
                Figures = figures,
            };
            ResultFile.With(ResultFile.Read(file), Machine.Here(), row, [.. AllSettings.Tried.Select(each => each.Name)]).Write(file);
        }
    }

    private static Setting Find(string name) => AllSettings.Tried.FirstOrDefault(setting => setting.Name == name)
        ?? throw new ArgumentException($"There is no setting {name}. Settings: {string.Join(", ", AllSettings.Tried.Select(setting => setting.Name))}.");
}
