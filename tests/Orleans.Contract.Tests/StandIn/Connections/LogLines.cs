using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Orleans.Contract.Tests.StandIn.Connections;

/// <summary>What was logged as a warning or worse, with the exceptions' messages.</summary>
internal sealed class LogLines : ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<string> _lines = new();

    public bool Any(string text) => _lines.Any(line => line.Contains(text, StringComparison.Ordinal));

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel)) _lines.Enqueue($"{formatter(state, exception)}: {exception?.Message}");
    }

    public void Dispose()
    {
    }
}
