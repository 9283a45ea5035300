using System.Globalization;

namespace Actors.Cli.Host;

/// <summary>
/// Words for people, on standard error: what somebody has to know or do always, the rest only when asked for. Never arguments,
/// results or keys.
/// </summary>
internal sealed class Diagnostics(TextWriter errors, bool isVerbose, TimeProvider time)
{
    private readonly Lock _gate = new();

    public bool IsVerbose => isVerbose;

    public void Say(string text) => Write(text);

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
