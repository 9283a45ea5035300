using System.Reflection;
using System.Reflection.Emit;

namespace Orleans.Serialization.Wire;

/// <summary>Emits the code that writes and reads the members of a type, so that nothing is looked up when it is hot.</summary>
internal static partial class MembersEmitter
{
    private const BindingFlags Instance = BindingFlags.Instance | BindingFlags.Public;

    private static readonly MethodInfo[] Writers = OfMembers(nameof(Members.Write));
    private static readonly MethodInfo[] Readers = OfMembers(nameof(Members.Read));

    /// <summary>Code for a variable of type T that holds an object of exactly the type, or a struct.</summary>
    public static MembersWriter<T> EmitWriter<T>(Type type, IReadOnlyList<SerializedLevel> levels)
    {
        var method = new DynamicMethod(
            "Write" + type.Name, typeof(void), [typeof(object), typeof(WireWriter).MakeByRefType(), typeof(T).MakeByRefType()],
            typeof(MembersEmitter).Module, skipVisibility: true);
        var il = method.GetILGenerator();
        var target = LoadTarget(il, typeof(T), type);
        for (var i = 0; i < levels.Count; i++)
        {
            foreach (var member in levels[i].Members)
            {
                il.Emit(OpCodes.Ldarg_1);
                il.Emit(OpCodes.Ldc_I4, unchecked((int)member.Id));
                LoadInstance(il, target);
                il.Emit(OpCodes.Ldfld, member.Field);
                il.Emit(OpCodes.Call, WriterOf(member.Field.FieldType));
            }

            il.Emit(OpCodes.Ldarg_1);
            il.Emit(OpCodes.Ldc_I8, unchecked((long)levels[i].KnownMembers));
            il.Emit(i == levels.Count - 1 ? OpCodes.Ldc_I4_1 : OpCodes.Ldc_I4_0);
            il.Emit(OpCodes.Call, typeof(WireWriter).GetMethod(nameof(WireWriter.WriteEnd), Instance)!);
        }

        il.Emit(OpCodes.Ret);
        // Closed over an unused first argument: the fastest kind of delegate to a DynamicMethod.
        return method.CreateDelegate<MembersWriter<T>>(levels);
    }

    private static MethodInfo[] OfMembers(string prefix) =>
        [.. typeof(Members).GetMethods(BindingFlags.Static | BindingFlags.Public).Where(method => method.Name.StartsWith(prefix, StringComparison.Ordinal))];

    private static LocalBuilder? LoadTarget(ILGenerator il, Type variable, Type type)
    {
        if (variable.IsValueType) return null;

        var target = il.DeclareLocal(type);
        il.Emit(OpCodes.Ldarg_2);
        il.Emit(OpCodes.Ldind_Ref);
        if (type != variable) il.Emit(OpCodes.Castclass, type);
        il.Emit(OpCodes.Stloc, target);
        return target;
    }

    private static void LoadInstance(ILGenerator il, LocalBuilder? target)
    {
        if (target is null) il.Emit(OpCodes.Ldarg_2);
        else il.Emit(OpCodes.Ldloc, target);
    }

    // An enum is its number on the evaluation stack.
    private static Type PlainType(Type type) => type.IsEnum ? Enum.GetUnderlyingType(type) : type;

    private static MethodInfo WriterOf(Type member)
    {
        var type = PlainType(member);
        return Array.Find(Writers, method => !method.IsGenericMethod && method.GetParameters()[^1].ParameterType == type)
            ?? Array.Find(Writers, method => method.IsGenericMethod)!.MakeGenericMethod(type);
    }

    private static MethodInfo ReaderOf(Type member)
    {
        var type = PlainType(member);
        return Array.Find(Readers, method => !method.IsGenericMethod && method.ReturnType == type)
            ?? Array.Find(Readers, method => method.IsGenericMethod)!.MakeGenericMethod(type);
    }
}
