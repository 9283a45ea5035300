using Microsoft.Extensions.Logging;

namespace Actors.Frontend.Catalogues;

internal sealed partial class CatalogueFeed
{
    [LoggerMessage(1, LogLevel.Information, "Catalogue {Version}: {Tools} tools, {Prompts} prompts, {Resources} resources and templates, on {Silos} silos")]
    private partial void LogLoaded(string version, int tools, int prompts, int resources, int silos);

    [LoggerMessage(2, LogLevel.Error, "The tool pack's tool {Tool} is not served: its name belongs to one of the server's own job tools. Rename it")]
    private partial void LogReservedName(string tool);

    [LoggerMessage(3, LogLevel.Warning, "The catalogue cannot be watched ({Failure}: {Reason}); it is tried again")]
    private partial void LogWatchEnded(string failure, string reason);
}
