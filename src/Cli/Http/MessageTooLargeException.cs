namespace Actors.Cli.Http;

/// <summary>The server sends a message over the limit.</summary>
internal sealed class MessageTooLargeException(int maxMessageBytes)
    : Exception($"The server's message is longer than {maxMessageBytes} bytes (--max-message-bytes).");
