using System.Globalization;

namespace Actors.Demo;

/// <summary>A temporary folder with the documents of the demo and the data of the server; gone at the end.</summary>
internal sealed class DemoFolder : IDisposable
{
    /// <summary>The name by which a client knows the folder.</summary>
    public const string RootName = "demo-docs";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("actors-demo-");

    public DemoFolder(int fileCount)
    {
        Directory.CreateDirectory(Data);
        Directory.CreateDirectory(Documents);
        foreach (var own in RepositoryDocuments().Take(fileCount))
            File.Copy(own, Path.Combine(Documents, $"actors-{Path.GetFileName(own)}"), overwrite: true);
        for (var number = Directory.GetFiles(Documents).Length + 1; number <= fileCount; number++)
            File.WriteAllText(Path.Combine(Documents, $"note-{number.ToString("0000", CultureInfo.InvariantCulture)}.md"), Note(number));
        FileCount = Directory.GetFiles(Documents).Length;
    }

    public int FileCount { get; }

    public string Data => Path.Combine(_folder.FullName, "data");

    public string Documents => Path.Combine(_folder.FullName, RootName);

    public void Dispose() => _folder.Delete(recursive: true);

    private static string[] RepositoryDocuments()
    {
        var docs = Path.Combine(Repository.Root, "docs");
        return Directory.Exists(docs) ? Directory.GetFiles(docs, "*.md", SearchOption.AllDirectories) : [];
    }

    private static string Note(int number) =>
        $"""
        # Note {number}

        A generated note, so that there is something to index.

        ## Details of note {number}

        Number {number} of many. Its neighbours are {number - 1} and {number + 1}.
        """;
}
