using System.Collections.Concurrent;
using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;

namespace Orleans.Serialization.Wire;

/// <summary>One type of exceptions: how to make one, and the members of its own that cross.</summary>
internal sealed class ExceptionMembers
{
    private static readonly ConcurrentDictionary<Type, ExceptionMembers> ByType = new();

    private static readonly Action<Exception, string?, Exception?> Construct = EmitConstruct();

    private readonly Type _type;
    private readonly MembersWriter<Exception>? _write;
    private readonly MembersReader<Exception>? _read;

    private ExceptionMembers(Type type)
    {
        _type = type;
        var levels = SerializedMembers.LevelsOfException(type);
        if (levels.All(level => level.Members.Count == 0)) return;

        _write = MembersEmitter.EmitWriter<Exception>(type, levels);
        _read = MembersEmitter.EmitReader(type, levels, new MissingMembers<Exception>(type, levels));
    }

    public bool HasAny => _write is not null;

    public static ExceptionMembers Of(Type type) => ByType.GetOrAdd(type, static key => new ExceptionMembers(key));

    public void Write(ref WireWriter writer, Exception exception) => _write!(ref writer, ref exception);

    public void Read(ref WireReader reader, Exception exception) => _read?.Invoke(ref reader, ref exception);

    /// <summary>An exception of the type, made by Exception's own constructor alone.</summary>
    public Exception New(string? message, Exception? inner)
    {
        var exception = (Exception)RuntimeHelpers.GetUninitializedObject(_type);
        Construct(exception, message, inner);
        return exception;
    }

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_message")]
    public static extern ref string? MessageOf(Exception exception);

    private static Action<Exception, string?, Exception?> EmitConstruct()
    {
        Type[] parameters = [typeof(string), typeof(Exception)];
        var method = new DynamicMethod(
            "ConstructException", typeof(void), [typeof(Exception), .. parameters], typeof(ExceptionMembers).Module, skipVisibility: true);
        var il = method.GetILGenerator();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldarg_1);
        il.Emit(OpCodes.Ldarg_2);
        il.Emit(OpCodes.Call, typeof(Exception).GetConstructor(BindingFlags.Instance | BindingFlags.Public, parameters)!);
        il.Emit(OpCodes.Ret);
        return method.CreateDelegate<Action<Exception, string?, Exception?>>();
    }
}
