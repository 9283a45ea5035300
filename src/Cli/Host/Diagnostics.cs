using System.Globalization;

namespace Actors.Cli.Host;

/// <summary>
/// Words for people, on standard error: what somebody has to know or do always, the rest only when asked for. Never arguments,
/// results or keys.
/// </summary>
internal sealed class Diagnostics(TextWriter errors, bool isVerbose, TimeProvider time)
{
    private readonly Lock _gate = new();
    private string? _saidLast;

    public bool IsVerbose => isVerbose;

    /// <summary>The same thing twice in a row is said once: a host may ask a hundred times with a wrong key.</summary>
    public void Say(string text)
    {
        if (Interlocked.Exchange(ref _saidLast, text) != text)
            Write(text);
    }

    public void Trace(FormattableString text)
    {
        if (isVerbose)
            Write(text.ToString(CultureInfo.InvariantCulture));
    }

    private void Write(string text)
    {
        var stamp = isVerbose ? time.GetUtcNow().ToString("HH:mm:ss.fff ", CultureInfo.InvariantCulture) : "";
        lock (_gate)
        {
            try
            {
                errors.WriteLine($"actors: {stamp}{text}");
            }
            catch (IOException)
            {
                // A host may close standard error; that must not end what it asked for on the other streams.
            }
        }
    }
}
