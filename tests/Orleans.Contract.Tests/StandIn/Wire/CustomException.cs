namespace Orleans.Contract.Tests.StandIn.Wire;

/// <summary>An exception with members of its own, one of them part of its message.</summary>
[GenerateSerializer]
[Alias("contract.custom-exception")]
internal sealed class CustomException : InvalidOperationException
{
    public CustomException(string message, int code, object? detail = null, Exception? inner = null) : base(message, inner)
    {
        Code = code;
        Detail = detail;
    }

    [Id(0)]
    public int Code { get; }

    [Id(1)]
    public object? Detail { get; }

    public override string Message => $"{Code}: {base.Message}";
}
