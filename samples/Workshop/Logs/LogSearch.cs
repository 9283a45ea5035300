using System.Text.RegularExpressions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using ModelContextProtocol;

namespace Actors.Workshop.Logs;

/// <summary>Searches the log files of one folder, within limits of bytes, lines and time.</summary>
internal sealed class LogSearch(IOptions<WorkshopOptions> options, IHostEnvironment host, TimeProvider time)
{
    private readonly WorkshopOptions _options = options.Value;

    /// <param name="isMatch">Decides on a line.</param>
    /// <param name="limit">Lines to return at most.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    public async Task<LogMatches> SearchAsync(Func<string, bool> isMatch, int limit, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var lines = new List<LogLine>();
        var files = 0;
        var bytes = 0L;
        foreach (var file in Files())
        {
            if ((bytes += file.Length) > _options.MaxLogBytes)
                return new LogMatches(lines, files, $"Only the newest {_options.MaxLogBytes} bytes of logs are searched.");
            files++;
            var number = 0;
            await foreach (var line in File.ReadLinesAsync(file.FullName, cancellationToken))
            {
                number++;
                var text = Cut(line);
                if (isMatch(text))
                {
                    if (lines.Count == limit)
                        return new LogMatches(lines, files, $"There are more than {limit} lines. Search for something rarer, or raise the limit.");
                    lines.Add(new LogLine(file.Name, number, text));
                }
                if (time.GetElapsedTime(started).TotalMilliseconds > _options.LogSearchTimeoutMs)
                    return new LogMatches(lines, files, $"The search was ended after {_options.LogSearchTimeoutMs} ms. Search for something simpler.");
            }
        }
        return new LogMatches(lines, files, null);
    }

    /// <summary>Case is ignored. NonBacktracking: the time is linear in the line whatever the pattern is.</summary>
    /// <exception cref="McpException">The pattern is not a regular expression, or one that would need backtracking.</exception>
    public static Func<string, bool> Matcher(string pattern, bool regex)
    {
        if (!regex)
            return line => line.Contains(pattern, StringComparison.OrdinalIgnoreCase);
        try
        {
            return new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant).IsMatch;
        }
        catch (ArgumentException e)
        {
            throw new McpException($"The pattern is not a regular expression: {e.Message} Leave out regex to look for the text as it is.", e);
        }
        catch (NotSupportedException e)
        {
            throw new McpException("Lookarounds, backreferences and the like are not allowed in the pattern. Use a simpler one.", e);
        }
    }

    // A surrogate pair is not torn apart: half of one is no text.
    private string Cut(string line)
    {
        var length = _options.MaxLogLineChars;
        return line.Length <= length ? line : line[..(char.IsHighSurrogate(line[length - 1]) ? length - 1 : length)];
    }

    private IEnumerable<FileInfo> Files()
    {
        var folder = new DirectoryInfo(_options.LogFolder is { } own
            ? Path.Combine(host.ContentRootPath, own)
            : Path.Combine(Path.GetDirectoryName(typeof(LogSearch).Assembly.Location)!, "workshop-logs"));
        if (!folder.Exists)
            throw new McpException("There are no logs: the server's log folder does not exist. Its operator sets it with Workshop:LogFolder.");
        // A link could lead anywhere, and an empty file may be a pipe, which is never read to its end.
        return folder.EnumerateFiles("*.log").Where(file => file.LinkTarget is null && file.Length > 0).OrderByDescending(file => file.LastWriteTimeUtc)
            .ThenBy(file => file.Name, StringComparer.Ordinal);
    }
}
