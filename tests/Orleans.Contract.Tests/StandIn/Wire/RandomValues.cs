using System.Collections.Immutable;
using System.Net;
using System.Numerics;
using System.Text;
using Orleans.Concurrency;
using Orleans.Runtime;

namespace Orleans.Contract.Tests.StandIn.Wire;

/// <summary>Values at random, the same for the same seed; edges are as likely as all that lies between them.</summary>
internal sealed class RandomValues(int seed)
{
    private const int MaxDepth = 3;

    private readonly Random _random = new(seed);
    private int _depth;

    public Everything Everything()
    {
        var value = new Everything
        {
            Bool = Flip(), Byte = (byte)Long(), SByte = (sbyte)Long(), Short = (short)Long(), UShort = (ushort)Long(), Int = (int)Long(),
            UInt = (uint)Long(), Long = Long(), ULong = (ulong)Long(), Char = (char)_random.Next(char.MaxValue), Float = Pick(0f, -0f, float.NaN, float.MaxValue, _random.NextSingle()),
            Double = Pick(0d, -0d, double.NaN, double.Epsilon, _random.NextDouble()), Decimal = Pick(0m, 0.00m, decimal.MinValue, (decimal)_random.NextDouble()),
            String = Maybe(String), Bytes = Maybe(Bytes), Guid = Pick(System.Guid.Empty, NewGuid()),
            DateTime = new DateTime(_random.NextInt64(DateTime.MaxValue.Ticks), (DateTimeKind)_random.Next(3)), DateTimeOffset = Date(),
            TimeSpan = new TimeSpan(Long()), DateOnly = DateOnly.FromDayNumber(_random.Next(DateOnly.MaxValue.DayNumber)), TimeOnly = new TimeOnly(_random.NextInt64(TimeOnly.MaxValue.Ticks)),
            Half = (Half)_random.NextSingle(), Int128 = Pick(Int128.MinValue, Int128.MaxValue, Long()), UInt128 = Pick(UInt128.MaxValue, (UInt128)_random.Next()),
            BigInteger = new BigInteger(Long()) * Long(), Complex = new Complex(_random.NextDouble(), double.NegativeInfinity), Rune = Pick(new Rune(0x1F600), new Rune('a')),
            Index = Pick<Index>(3, ^4, default), Range = Pick<Range>(1..^2, .., default), Uri = Pick(null, new Uri("https://example.org/a?b=%20#c"), new Uri("relative/path", UriKind.Relative)),
            Version = Pick(null, new Version(1, 2), new Version(1, 2, 3, 4)), Address = Pick(null, IPAddress.Loopback, IPAddress.IPv6Loopback, new IPAddress(new byte[16], 7)),
            EndPoint = Pick(null, new IPEndPoint(IPAddress.Any, 65535), new IPEndPoint(IPAddress.IPv6Any, 1)), Level = (Level)_random.Next(4), Wide = Pick(Wide.None, Wide.First, Wide.Last, (Wide)77),
            MaybeInt = Pick<int?>(null, 0, (int)Long()), MaybeDate = Pick<DateTimeOffset?>(null, default(DateTimeOffset), Date()), Point = Point(), MaybePoint = Pick<Point?>(null, default(Point), Point()),
            ValueTuple = ((int)Long(), Maybe(String)), Tuple = Maybe(() => System.Tuple.Create((int)Long(), String())), Pair = KeyValuePair.Create(String(), (int)Long()),
            Lent = Bytes().AsImmutable(), GrainId = Pick(default, GrainId.Create("kind", "key"), GrainId.Create("k", String() + "x")), Silo = Maybe(Silo),
            GrainAddress = Maybe(() => new GrainAddress { GrainId = GrainId.Create("t", "k"), ActivationId = new ActivationId(NewGuid()), SiloAddress = Maybe(Silo) }),
            ActivationId = Pick(default, new ActivationId(NewGuid())), Day = (DayOfWeek)_random.Next(9), Type = Pick(null, typeof(string), typeof(List<int[]>), typeof(Everything)), FarAway = Maybe(String),
            Jagged = Maybe(() => Many(() => Many(() => (int)Long()).ToArray()).ToArray()), Memory = Bytes(), Ints = Many(() => (int)Long()).ToArray(),
            Segment = Flip() ? default : new ArraySegment<int>([1, 2, 3], 1, 2), Set = Maybe(() => Many(Long).ToHashSet()), Queue = Maybe(() => new Queue<int>(Many(() => (int)Long()))),
            Stack = Maybe(() => new Stack<string>(Many(String))), Strings = Maybe(() => Many(() => Maybe(String))), Map = Maybe(() => Keyed(() => Many(() => (int)Long()))),
            Sorted = Maybe(() => new SortedDictionary<int, string>(Many(String).Select((text, i) => (text, i)).ToDictionary(item => item.i, item => item.text))),
            Points = Pick<ImmutableArray<Point>>(default, [], [.. Many(Point)]), ImmutableList = Maybe(() => Many(String).ToImmutableList()), ImmutableMap = Maybe(() => Keyed(() => (int)Long()).ToImmutableDictionary()),
            ImmutableSet = Maybe(() => Many(() => (int)Long()).ToImmutableHashSet()), ImmutableSortedSet = Maybe(() => Many(() => (int)Long()).ToImmutableSortedSet()),
            ImmutableSortedMap = Maybe(() => Keyed(() => (int)Long()).ToImmutableSortedDictionary(StringComparer.Ordinal)), ImmutableQueue = Maybe(() => ImmutableQueue.CreateRange(Many(() => (int)Long()))),
            ImmutableStack = Maybe(() => ImmutableStack.CreateRange(Many(() => (int)Long()))), Animals = Maybe(() => Many(() => Maybe(Animal))), Animal = Maybe(Animal), Behind = Maybe(Animal),
            Labelled = Maybe(() => new Labelled<int>(String(), (int)Long(), Maybe(() => new Labelled<int>(String(), 0)))), Node = Maybe(Node), Anything = Anything(), Inner = Deeper(Everything)
        };
        return value;
    }

    private Animal Animal()
    {
        var animal = Flip() ? new Animal { Name = Maybe(String) } : new Dog { Name = Maybe(String), Age = (int)Long(), Sound = String() };
        animal.Friend = Flip() ? animal : Deeper(Animal);
        return animal;
    }

    private Node Node()
    {
        var shared = Deeper(Node);
        var node = new Node { Name = Maybe(String), Left = shared, Right = shared };
        if (Flip()) node.Left = node;
        return node;
    }

    private object? Anything() => _random.Next(12) switch
    {
        0 => null,
        1 => Long(),
        2 => String(),
        3 => Animal(),
        4 => Point(),
        5 => (Wide)Long(),
        6 => new object?[] { 1, "a", null, Flip() },
        7 => new List<Point> { Point(), Point() },
        8 => new Dictionary<string, object> { ["a"] = NewGuid(), ["b"] = Date() },
        9 => new Labelled<string>(String(), String()),
        10 => (1, "two", Point()),
        _ => ImmutableArray.Create(String())
    };

    private Point Point() => new((int)Long(), (int)Long());

    private SiloAddress Silo() => SiloAddress.New(IPAddress.Parse(Flip() ? "10.1.2.3" : "fe80::1"), _random.Next(65536), (int)Long());

    private DateTimeOffset Date() => new(_random.NextInt64(DateTime.MaxValue.Ticks / 2) + TimeSpan.TicksPerDay, TimeSpan.FromMinutes(_random.Next(-840, 841)));

    private byte[] Bytes()
    {
        var bytes = new byte[Pick(0, 1, 300)];
        _random.NextBytes(bytes);
        return bytes;
    }

    private string String() => Pick("", "a", "Grüße 世界 😀", new string('x', _random.Next(40, 60)), new string('ü', _random.Next(200)));

    private long Long() => Pick(0, 1, -1, 63, 64, -64, -65, 127, 128, int.MaxValue, int.MinValue, long.MaxValue, long.MinValue, _random.NextInt64());

    private List<T> Many<T>(Func<T> one) => [.. Enumerable.Range(0, _random.Next(4)).Select(_ => one())];

    private Dictionary<string, T> Keyed<T>(Func<T> one) => Many(one).Select((item, i) => (item, i)).ToDictionary(pair => $"k{pair.i}", pair => pair.item);

    private T? Deeper<T>(Func<T> one) where T : class
    {
        if (_depth == MaxDepth || Flip()) return null;

        _depth++;
        var value = one();
        _depth--;
        return value;
    }

    private Guid NewGuid()
    {
        var bytes = new byte[16];
        _random.NextBytes(bytes);
        return new Guid(bytes);
    }

    private bool Flip() => _random.Next(2) == 0;

    private T? Maybe<T>(Func<T> one) where T : class => Flip() ? null : one();

    private T Pick<T>(params T[] values) => values[_random.Next(values.Length)];
}
