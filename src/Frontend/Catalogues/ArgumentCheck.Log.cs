using Microsoft.Extensions.Logging;

namespace Actors.Frontend.Catalogues;

internal sealed partial class ArgumentCheck
{
    [LoggerMessage(1, LogLevel.Error, "The arguments of the tool {Tool} are not checked before it runs: its input schema cannot be used ({Fault})")]
    private partial void LogUnusableSchema(string tool, string fault);
}
