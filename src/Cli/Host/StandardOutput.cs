using Microsoft.Win32.SafeHandles;

namespace Actors.Cli.Host;

/// <summary>Standard output as a stream that fails when its reader is gone; the console's own on Unix then swallows what it is given.</summary>
internal static class StandardOutput
{
    private const int Descriptor = 1;

    public static Stream Open() => OperatingSystem.IsWindows()
        ? Console.OpenStandardOutput()
        : new FileStream(new SafeFileHandle(Descriptor, ownsHandle: false), FileAccess.Write, bufferSize: 0);
}
