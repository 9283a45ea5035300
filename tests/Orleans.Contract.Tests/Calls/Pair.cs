namespace Orleans.Contract.Tests.Calls;

/// <summary>Its public properties are numbered by the serializer.</summary>
[GenerateSerializer(GenerateFieldIds = GenerateFieldIds.PublicProperties)]
[Alias("contract.pair")]
internal sealed class Pair
{
    public Open? Left { get; set; }

    public Open? Right { get; set; }
}
