using Npgsql;

namespace Actors.Storage.Jobs;

/// <summary>One column of <c>jobs</c>, and where its value comes from. The statements are built from the list of them.</summary>
internal abstract record JobColumn(string Name, string Type, ColumnUse Use)
{
    /// <summary>The column's values of all writes, as one array parameter.</summary>
    public abstract NpgsqlParameter Values(IReadOnlyList<PendingWrite> writes);

    /// <summary>Whether none of the writes has a value in it.</summary>
    public abstract bool IsEmpty(IReadOnlyList<PendingWrite> writes);

    public static JobColumn Create<T>(string name, string type, ColumnUse use, Func<PendingWrite, T> value) =>
        new Typed<T>(name, type, use, value);

    private sealed record Typed<T>(string Name, string Type, ColumnUse Use, Func<PendingWrite, T> Value) : JobColumn(Name, Type, Use)
    {
        public override NpgsqlParameter Values(IReadOnlyList<PendingWrite> writes)
        {
            var values = new T[writes.Count];
            for (var i = 0; i < values.Length; i++) values[i] = Value(writes[i]);
            return new NpgsqlParameter<T[]> { TypedValue = values, DataTypeName = Type + "[]" };
        }

        public override bool IsEmpty(IReadOnlyList<PendingWrite> writes)
        {
            for (var i = 0; i < writes.Count; i++)
            {
                if (Value(writes[i]) is not null) return false;
            }

            return true;
        }
    }
}
