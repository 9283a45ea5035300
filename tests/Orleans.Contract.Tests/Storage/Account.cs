namespace Orleans.Contract.Tests.Storage;

[GenerateSerializer]
[Alias("contract.account")]
internal sealed class Account
{
    [Id(0)]
    public int Balance { get; set; }
}
