using System.Text.Json;

namespace Actors.KnowledgeBase.Tests;

public sealed class IndexTests(Library library)
{
    [Fact]
    public async Task Every_Markdown_file_under_a_folder_is_indexed_and_nothing_else()
    {
        var folder = library.NewFolder(
            ("a.md", "# Apples\n\nRed.\n\n## Growing\n\nIn orchards."),
            ("deep/er/b.mdx", "---\ntitle: Bananas\n---\nimport X from 'x'\n\n<Note>\nYellow.\n</Note>\n"),
            ("notes.txt", "no"), (".git/c.md", "no"), ("node_modules/d.md", "no"));
        await using var client = await library.ClientAsync();

        var report = await client.CallAsync("index_docs", new { folder = folder.Path });

        Assert.Equal(folder.Path, report.GetProperty("folder").GetString());
        Assert.Equal((2, 2, 0, 0, 3), Counts(report));
        var banana = await client.CallAsync("get_doc", new { path = $"{folder.Path}/deep/er/b.mdx" });
        Assert.Equal("Bananas", banana.GetProperty("title").GetString());
        var found = await client.CallAsync("search_docs", new { query = "yellow import" });
        var hit = found.GetProperty("hits").EnumerateArray().First(h => h.GetProperty("path").GetString()!.StartsWith(folder.Path, StringComparison.Ordinal));
        Assert.Equal("**Yellow**", hit.GetProperty("snippet").GetString());
    }

    [Fact]
    public async Task A_second_run_leaves_unchanged_files_alone_and_takes_the_changed_and_the_new()
    {
        var folder = library.NewFolder(("same.md", "same"), ("changed.md", "before"));
        await using var client = await library.ClientAsync();
        await client.CallAsync("index_docs", new { folder = folder.Path });
        folder.Write("changed.md", "after");
        folder.Write("new.md", "new");

        var report = await client.CallAsync("index_docs", new { folder = folder.Path });

        Assert.Equal((3, 2, 1, 0, 2), Counts(report));
        var changed = await client.CallAsync("get_doc", new { path = $"{folder.Path}/changed.md" });
        Assert.Equal("after", changed.GetProperty("text").GetString());
    }

    [Fact]
    public async Task A_file_that_is_gone_leaves_the_index_and_those_of_other_folders_stay()
    {
        var folder = library.NewFolder(("stays.md", "stays"), ("goes.md", "goes"));
        var other = library.NewFolder(("other.md", "other"));
        await using var client = await library.ClientAsync();
        await client.CallAsync("index_docs", new { folder = folder.Path });
        await client.CallAsync("index_docs", new { folder = other.Path });
        File.Delete(folder.File("goes.md"));

        var report = await client.CallAsync("index_docs", new { folder = folder.Path });

        Assert.Equal((1, 0, 1, 1, 0), Counts(report));
        Assert.Contains("no document", await client.RefusalAsync("get_doc", new { path = $"{folder.Path}/goes.md" }), StringComparison.Ordinal);
        await client.CallAsync("get_doc", new { path = $"{folder.Path}/stays.md" });
        await client.CallAsync("get_doc", new { path = $"{other.Path}/other.md" });
    }

    [Fact]
    public async Task Files_that_cannot_be_indexed_are_named_with_the_reason_and_the_others_are_indexed()
    {
        var folder = library.NewFolder(
            ("good.md", "good"), ("at-limit.md", new string('x', Library.MaxFileBytes)), ("over.md", new string('x', Library.MaxFileBytes + 1)), ("empty.md", ""));
        await File.WriteAllBytesAsync(folder.File("latin.md"), [0x63, 0x61, 0x66, 0xE9], TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(folder.File("binary.md"), [0x61, 0x00, 0x62], TestContext.Current.CancellationToken);
        await using var client = await library.ClientAsync();

        var report = await client.CallAsync("index_docs", new { folder = folder.Path });

        Assert.Equal((6, 3, 0, 0), (Int(report, "files"), Int(report, "indexed"), Int(report, "unchanged"), Int(report, "removed")));
        Assert.Equal(
            [("binary.md", "a binary file"), ("latin.md", "not valid UTF-8"), ("over.md", $"larger than {Library.MaxFileBytes} bytes")],
            Skipped(report, folder));
    }

    [Fact]
    public async Task A_file_without_permission_is_named_and_what_the_index_had_of_it_stays()
    {
        Assert.SkipWhen(Environment.IsPrivilegedProcess, "Nothing is forbidden to root.");
        var folder = library.NewFolder(("closed.md", "closed"), ("sub/inside.md", "inside"));
        await using var client = await library.ClientAsync();
        await client.CallAsync("index_docs", new { folder = folder.Path });
        File.SetUnixFileMode(folder.File("closed.md"), UnixFileMode.None);
        File.SetUnixFileMode(folder.File("sub"), UnixFileMode.None);

        var report = await client.CallAsync("index_docs", new { folder = folder.Path });

        File.SetUnixFileMode(folder.File("sub"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Assert.Equal(0, Int(report, "removed"));
        Assert.Equal([("closed.md", "no permission to read it"), ("sub", "the folder cannot be read")], Skipped(report, folder));
        await client.CallAsync("get_doc", new { path = $"{folder.Path}/sub/inside.md" });
    }

    [Fact]
    public async Task Symbolic_links_are_not_followed_and_are_named()
    {
        var folder = library.NewFolder(("real.md", "real"));
        File.CreateSymbolicLink(folder.File("inside.md"), folder.File("real.md"));
        File.CreateSymbolicLink(folder.File("outside.md"), Path.Combine(library.Outside, "secret.md"));
        File.CreateSymbolicLink(folder.File("nowhere.md"), folder.File("missing.md"));
        Directory.CreateSymbolicLink(folder.File("secret"), library.Outside);
        Directory.CreateSymbolicLink(folder.File("circle"), folder.FullName);
        await using var client = await library.ClientAsync();

        var report = await client.CallAsync("index_docs", new { folder = folder.Path });

        Assert.Equal((1, 1), (Int(report, "files"), Int(report, "indexed")));
        const string Inside = "a symbolic link; what it leads to is indexed where it is";
        const string Outside = "a symbolic link that leads outside the folders that may be indexed";
        Assert.Equal(
            [("circle", Inside), ("inside.md", Inside), ("nowhere.md", Inside), ("outside.md", Outside), ("secret", Outside)],
            Skipped(report, folder));
        var found = await client.CallAsync("search_docs", new { query = "nobody may read" });
        Assert.DoesNotContain(Library.Paths(found, "hits"), path => path.StartsWith(folder.Path, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_folder_outside_the_roots_is_refused_however_it_is_named()
    {
        var folder = library.NewFolder(("a.md", "a"));
        Directory.CreateSymbolicLink(folder.File("escape"), library.Outside);
        await using var client = await library.ClientAsync();

        foreach (var named in (string[])[library.Outside, "/etc", $"{folder.Path}/../../../library-secret", "../library-secret", $"{folder.Path}/escape", $"{folder.FullName}/escape"])
        {
            var refusal = await client.RefusalAsync("index_docs", new { folder = named });
            Assert.Contains("outside the folders that may be indexed", refusal, StringComparison.Ordinal);
            Assert.Contains($"'library' ({library.Root})", refusal, StringComparison.Ordinal);
        }
        Assert.Contains("There is no folder 'nope'", await client.RefusalAsync("index_docs", new { folder = "nope" }), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_over_the_limit_of_files_is_refused_and_one_at_it_is_indexed()
    {
        var folder = library.NewFolder([.. Enumerable.Range(0, 301).Select(n => ($"{n}.md", $"number {n}"))]);
        await using var client = await library.ClientAsync();

        Assert.Contains("more than 300", await client.RefusalAsync("index_docs", new { folder = folder.Path }), StringComparison.Ordinal);
        File.Delete(folder.File("300.md"));
        var report = await client.CallAsync("index_docs", new { folder = folder.Path });

        Assert.Equal(300, Int(report, "indexed"));
    }

    [Fact]
    public async Task Progress_counts_the_files_up_to_their_number()
    {
        var folder = library.NewFolder([.. Enumerable.Range(0, 25).Select(n => ($"{n:00}.md", $"number {n}"))]);
        var seen = new ProgressRecord();
        await using var client = await library.ClientAsync();

        await client.CallAsync("index_docs", new { folder = folder.Path }, seen);

        Assert.NotEmpty(seen.Values);
        Assert.All(seen.Values, value => Assert.Equal(25, value.Total));
        // The client's own order is not the wire's: it takes each notification up as a task.
        Assert.All(seen.Values, value => Assert.InRange(value.Progress, 1, 25));
        Assert.Equal(seen.Values.Count, seen.Values.DistinctBy(value => value.Progress).Count());
        Assert.All(seen.Values, value => Assert.StartsWith(folder.Path, value.Message, StringComparison.Ordinal));
    }

    private static (int Files, int Indexed, int Unchanged, int Removed, int Sections) Counts(JsonElement report) =>
        (Int(report, "files"), Int(report, "indexed"), Int(report, "unchanged"), Int(report, "removed"), Int(report, "sections"));

    private static int Int(JsonElement report, string name) => report.GetProperty(name).GetInt32();

    private static (string, string)[] Skipped(JsonElement report, Folder folder) =>
        [.. report.GetProperty("skipped").EnumerateArray().Select(file => (
            file.GetProperty("path").GetString()![(folder.Path.Length + 1)..], file.GetProperty("reason").GetString()!))];
}
