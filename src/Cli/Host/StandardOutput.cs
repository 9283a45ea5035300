using Microsoft.Win32.SafeHandles;

namespace Actors.Cli.Host;

/// <summary>Standard output as a stream that fails when its reader is gone; the console's own on Unix swallows then what it is given.</summary>
internal static class StandardOutput
{
    private const int Descriptor = 1;

    public static Stream Open()
    {
        if (OperatingSystem.IsWindows())
            return Console.OpenStandardOutput();
        var stream = new FileStream(new SafeFileHandle(Descriptor, ownsHandle: false), FileAccess.Write, bufferSize: 0);
        // A file has no reader to lose, and this stream would write where it believes the end to be, over what others wrote.
        return stream.CanSeek ? Console.OpenStandardOutput() : stream;
    }
}
