using System.Security.Cryptography;
using System.Text;
using Actors.KnowledgeBase.Folders;
using Actors.KnowledgeBase.Markdown;

namespace Actors.KnowledgeBase.Indexing;

/// <summary>Reads one file into memory, within the limit of its size.</summary>
internal static class FileReader
{
    /// <summary>Counts up when the same file is to be split or stored in another way, so that every file is indexed anew.</summary>
    private const byte Format = 1;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The bytes and their hash, or why the file cannot be indexed.</summary>
    public static async Task<(byte[]? Bytes, string? Refusal)> ReadAsync(FoundFile file, int maxBytes, CancellationToken cancellationToken)
    {
        try
        {
            var size = new FileInfo(file.FullPath).Length;
            // Not opened: a pipe or device of that name looks like an empty file, and reading it would never end.
            if (size == 0)
                return ([], null);
            if (size > maxBytes)
                return (null, TooLarge(maxBytes));
            var bytes = await File.ReadAllBytesAsync(file.FullPath, cancellationToken);
            return bytes.Length > maxBytes ? (null, TooLarge(maxBytes)) : (bytes, null);
        }
        catch (UnauthorizedAccessException)
        {
            return (null, "no permission to read it");
        }
        catch (FileNotFoundException)
        {
            return (null, "it vanished while the folder was indexed");
        }
        catch (IOException)
        {
            return (null, "it cannot be read");
        }
    }

    public static byte[] Hash(byte[] bytes)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData([Format]);
        hash.AppendData(bytes);
        return hash.GetHashAndReset();
    }

    public static (ReadFile? File, string? Refusal) Parse(FoundFile file, byte[] bytes, byte[] hash, int maxSectionChars)
    {
        string text;
        try
        {
            text = StrictUtf8.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return (null, "not valid UTF-8");
        }
        if (text.Contains('\0', StringComparison.Ordinal))
            return (null, "a binary file");

        text = text.TrimStart('\uFEFF');
        var document = MarkdownDocument.Read(file.Path, text, maxSectionChars);
        var modified = new DateTimeOffset(File.GetLastWriteTimeUtc(file.FullPath));
        return (new ReadFile(file.Path, hash, modified, text, document), null);
    }

    private static string TooLarge(int maxBytes) => $"larger than {maxBytes} bytes";
}
