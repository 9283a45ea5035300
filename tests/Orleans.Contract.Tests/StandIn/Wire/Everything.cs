using System.Collections.Immutable;
using System.Net;
using System.Numerics;
using System.Text;
using Orleans.Concurrency;
using Orleans.Runtime;

namespace Orleans.Contract.Tests.StandIn.Wire;

/// <summary>A member of every kind of type that can be passed to a grain.</summary>
[GenerateSerializer]
[Alias("contract.everything")]
internal sealed record Everything
{
    [Id(0)] public bool Bool { get; init; }

    [Id(1)] public byte Byte { get; init; }

    [Id(2)] public sbyte SByte { get; init; }

    [Id(3)] public short Short { get; init; }

    [Id(4)] public ushort UShort { get; init; }

    [Id(5)] public int Int { get; init; }

    [Id(6)] public uint UInt { get; init; }

    [Id(7)] public long Long { get; init; }

    [Id(8)] public ulong ULong { get; init; }

    [Id(9)] public char Char { get; init; }

    [Id(10)] public float Float { get; init; }

    [Id(11)] public double Double { get; init; }

    [Id(12)] public decimal Decimal { get; init; }

    [Id(13)] public string? String { get; init; }

    [Id(14)] public byte[]? Bytes { get; init; }

    [Id(15)] public Guid Guid { get; init; }

    [Id(16)] public DateTime DateTime { get; init; }

    [Id(17)] public DateTimeOffset DateTimeOffset { get; init; }

    [Id(18)] public TimeSpan TimeSpan { get; init; }

    [Id(19)] public DateOnly DateOnly { get; init; }

    [Id(20)] public TimeOnly TimeOnly { get; init; }

    [Id(21)] public Half Half { get; init; }

    [Id(22)] public Int128 Int128 { get; init; }

    [Id(23)] public UInt128 UInt128 { get; init; }

    [Id(24)] public BigInteger BigInteger { get; init; }

    [Id(25)] public Complex Complex { get; init; }

    [Id(26)] public Rune Rune { get; init; }

    [Id(27)] public Index Index { get; init; }

    [Id(28)] public Range Range { get; init; }

    [Id(29)] public Uri? Uri { get; init; }

    [Id(30)] public Version? Version { get; init; }

    [Id(31)] public IPAddress? Address { get; init; }

    [Id(32)] public IPEndPoint? EndPoint { get; init; }

    [Id(33)] public Level Level { get; init; }

    [Id(34)] public Wide Wide { get; init; }

    [Id(35)] public int? MaybeInt { get; init; }

    [Id(36)] public DateTimeOffset? MaybeDate { get; init; }

    [Id(37)] public Point Point { get; init; }

    [Id(38)] public Point? MaybePoint { get; init; }

    [Id(39)] public Animal? Animal { get; init; }

    [Id(40)] public object? Anything { get; init; }

    [Id(41)] public Labelled<int>? Labelled { get; init; }

    [Id(42)] public Everything? Inner { get; init; }

    [Id(43)] public List<string?>? Strings { get; init; }

    [Id(44)] public List<Animal?>? Animals { get; init; }

    [Id(45)] public Dictionary<string, List<int>>? Map { get; init; }

    [Id(46)] public HashSet<long>? Set { get; init; }

    [Id(47)] public Queue<int>? Queue { get; init; }

    [Id(48)] public Stack<string>? Stack { get; init; }

    [Id(49)] public SortedDictionary<int, string>? Sorted { get; init; }

    [Id(50)] public ImmutableArray<Point> Points { get; init; } = [];

    [Id(51)] public ImmutableList<string>? ImmutableList { get; init; }

    [Id(52)] public ImmutableDictionary<string, int>? ImmutableMap { get; init; }

    [Id(53)] public ImmutableHashSet<int>? ImmutableSet { get; init; }

    [Id(54)] public ImmutableSortedSet<int>? ImmutableSortedSet { get; init; }

    [Id(55)] public ImmutableSortedDictionary<string, int>? ImmutableSortedMap { get; init; }

    [Id(56)] public ImmutableQueue<int>? ImmutableQueue { get; init; }

    [Id(57)] public ImmutableStack<int>? ImmutableStack { get; init; }

    [Id(58)] public ReadOnlyMemory<byte> Memory { get; init; }

    [Id(59)] public Memory<int> Ints { get; init; }

    [Id(60)] public ArraySegment<int> Segment { get; init; }

    [Id(61)] public int[][]? Jagged { get; init; }

    [Id(62)] public (int Left, string? Right) ValueTuple { get; init; }

    [Id(63)] public Tuple<int, string>? Tuple { get; init; }

    [Id(64)] public KeyValuePair<string, int> Pair { get; init; }

    [Id(65)] public Immutable<byte[]> Lent { get; init; }

    [Id(66)] public GrainId GrainId { get; init; }

    [Id(67)] public SiloAddress? Silo { get; init; }

    [Id(68)] public GrainAddress? GrainAddress { get; init; }

    [Id(69)] public ActivationId ActivationId { get; init; }

    [Id(70)] public DayOfWeek Day { get; init; }

    [Id(71)] public Node? Node { get; init; }

    [Id(72)] public IAnimal? Behind { get; init; }

    [Id(73)] public Type? Type { get; init; }

    [Id(2000)] public string? FarAway { get; init; }
}
