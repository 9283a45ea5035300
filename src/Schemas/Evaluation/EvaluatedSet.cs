using System.Text.Json;

namespace Actors.Schemas.Evaluation;

/// <summary>Which members of an object, or items of an array, some subschema has evaluated; by position.</summary>
internal sealed class EvaluatedSet(int count)
{
    private readonly ulong[] _bits = new ulong[(count + 63) / 64];
    private bool _hasAll;

    /// <summary>Null for an instance that has neither members nor items.</summary>
    public static EvaluatedSet? For(JsonElement instance) => instance.ValueKind switch
    {
        JsonValueKind.Object => new(instance.GetPropertyCount()),
        JsonValueKind.Array => new(instance.GetArrayLength()),
        _ => null,
    };

    public bool Holds(int position) => _hasAll || (_bits[position >> 6] & (1UL << (position & 63))) != 0;

    public void Add(int position) => _bits[position >> 6] |= 1UL << (position & 63);

    public void AddAll() => _hasAll = true;

    public void Add(EvaluatedSet other)
    {
        _hasAll |= other._hasAll;
        for (var i = 0; i < _bits.Length; i++)
            _bits[i] |= other._bits[i];
    }
}
