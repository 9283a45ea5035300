using System.Reflection;

namespace Orleans.Serialization.Wire;

/// <summary>
/// Members that the writer of a message does not know, because it has an older version of the type. They get what the
/// type's own initialisers give them, where it can be made without arguments, or the default of a record's parameter.
/// </summary>
internal sealed class MissingMembers<T>(Type type, IReadOnlyList<SerializedLevel> levels)
{
    /// <summary>Fills in the members of one level from the first id that the writer does not know.</summary>
    public void Fill(ref T value, int level, ulong knownMembers)
    {
        var unknown = levels[level].Members.Where(member => member.Id >= knownMembers).ToArray();
        if (unknown.Length == 0) return;

        object boxed = value!;
        var fresh = New();
        foreach (var member in unknown)
        {
            if (member.HasParameterDefault) member.Field.SetValue(boxed, member.ParameterDefault);
            else if (fresh is not null && !member.IsUnusable(member.Field.GetValue(fresh))) member.Field.SetValue(boxed, member.Field.GetValue(fresh));
        }

        value = (T)boxed;
    }

    private object? New()
    {
        const BindingFlags Any = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;
        try
        {
            return type.GetConstructor(Any, Type.EmptyTypes)?.Invoke([]);
        }
        catch (TargetInvocationException exception)
        {
            throw new SerializerException($"The initialisers of {type} failed, which the message of an older version needs.", exception.InnerException!);
        }
    }
}
