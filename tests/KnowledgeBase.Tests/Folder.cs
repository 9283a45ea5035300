namespace Actors.KnowledgeBase.Tests;

/// <summary>A folder of documents, as the disk and as the index name it.</summary>
public sealed class Folder(DirectoryInfo directory)
{
    public string FullName => directory.FullName;

    public string Path => $"library/{directory.Name}";

    public string File(string name) => System.IO.Path.Combine(directory.FullName, name);

    public void Write(string name, string text)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(File(name))!);
        System.IO.File.WriteAllText(File(name), text);
    }
}
