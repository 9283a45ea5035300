namespace Orleans.Contract.Tests.StandIn.Wire;

[GenerateSerializer]
[Alias("contract.dog")]
[Alias("contract.hound")]
internal sealed class Dog : Animal
{
    [Id(0)]
    public int Age { get; set; }

    [Id(1)]
    private readonly string _sound = "wuff";

    public string Sound
    {
        get => _sound;
        init => _sound = value;
    }
}
