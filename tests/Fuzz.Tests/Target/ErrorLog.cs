using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Actors.Fuzz.Tests.Target;

/// <summary>Keeps what the server logs as an error, which a request of no client may cause.</summary>
internal sealed class ErrorLog : ILoggerProvider
{
    // A tool that fails is no fault of the server's: the messages of the run make some fail on purpose.
    private const string ToolFailures = "Actors.Silo.Calls.ToolInvocation";

    private readonly ConcurrentQueue<string> _lines = new();

    public IReadOnlyCollection<string> Lines => _lines;

    public ILogger CreateLogger(string categoryName) => new Category(categoryName, _lines);

    public void Dispose()
    {
    }

    private sealed class Category(string name, ConcurrentQueue<string> lines) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error && name != ToolFailures;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
                lines.Enqueue($"{name}: {formatter(state, exception)} {exception}");
        }
    }
}
