using System.Reflection.Emit;
using System.Runtime.CompilerServices;

namespace Orleans.Serialization;

/// <summary>Compiles a copier that copies a type member by member.</summary>
internal static class MemberCopier
{
    public static Delegate Compile(Type type)
    {
        var fields = SerializedMembers.Of(type);
        var copy = new DynamicMethod("Copy" + type.Name, type, [typeof(CopyScope), type, typeof(CopyScope)], typeof(MemberCopier).Module, skipVisibility: true);
        var il = copy.GetILGenerator();
        var result = il.DeclareLocal(type);
        if (type.IsValueType)
        {
            il.Emit(OpCodes.Ldloca, result);
            il.Emit(OpCodes.Initobj, type);
        }
        else
        {
            EmitNew(il, type);
            il.Emit(OpCodes.Stloc, result);
            il.Emit(OpCodes.Ldarg_2);
            il.Emit(OpCodes.Ldarg_1);
            il.Emit(OpCodes.Ldloc, result);
            il.Emit(OpCodes.Call, typeof(CopyScope).GetMethod(nameof(CopyScope.Remember))!);
        }

        foreach (var field in fields)
        {
            if (type.IsValueType) il.Emit(OpCodes.Ldloca, result);
            else il.Emit(OpCodes.Ldloc, result);
            il.Emit(OpCodes.Ldarg_1);
            il.Emit(OpCodes.Ldfld, field);
            if (!ImmutableTypes.Contains(field.FieldType))
            {
                il.Emit(OpCodes.Ldarg_2);
                il.Emit(OpCodes.Call, typeof(DeepCopy<>).MakeGenericType(field.FieldType).GetMethod(nameof(DeepCopy<>.Copy))!);
            }

            il.Emit(OpCodes.Stfld, field);
        }

        il.Emit(OpCodes.Ldloc, result);
        il.Emit(OpCodes.Ret);
        // Closed over an unused first argument: the fastest kind of delegate to a DynamicMethod.
        return copy.CreateDelegate(typeof(Func<,,>).MakeGenericType(type, typeof(CopyScope), type), new CopyScope());
    }

    private static void EmitNew(ILGenerator il, Type type)
    {
        il.Emit(OpCodes.Ldtoken, type);
        il.Emit(OpCodes.Call, typeof(Type).GetMethod(nameof(Type.GetTypeFromHandle))!);
        il.Emit(OpCodes.Call, typeof(RuntimeHelpers).GetMethod(nameof(RuntimeHelpers.GetUninitializedObject))!);
        il.Emit(OpCodes.Castclass, type);
    }
}
