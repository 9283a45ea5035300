using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;

namespace Orleans.Serialization;

/// <summary>Compiles a copier that copies a type member by member: those with an [Id], and a record's parameters.</summary>
internal static class MemberCopier
{
    private const BindingFlags Declared =
        BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    private static readonly HashSet<string> CopiedWhole =
    [
        "System.Tuple`1", "System.Tuple`2", "System.Tuple`3", "System.Tuple`4", "System.Tuple`5", "System.Tuple`6",
        "System.Tuple`7", "System.Tuple`8", "System.ValueTuple`1", "System.ValueTuple`2", "System.ValueTuple`3",
        "System.ValueTuple`4", "System.ValueTuple`5", "System.ValueTuple`6", "System.ValueTuple`7", "System.ValueTuple`8",
        "System.Collections.Generic.KeyValuePair`2"
    ];

    public static Delegate Compile(Type type)
    {
        FieldInfo[] fields = [.. FieldsOf(type)];
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

    private static IEnumerable<FieldInfo> FieldsOf(Type type)
    {
        if (type.IsGenericType && CopiedWhole.Contains(type.GetGenericTypeDefinition().FullName!)) return type.GetFields(Declared);

        if (!type.IsDefined(typeof(GenerateSerializerAttribute), inherit: false))
            throw new CodecNotFoundException(
                $"Could not find a copier for type {type}: mark it with [GenerateSerializer], and its members with [Id], to pass it to or from a grain.");

        var own = DeclaredFieldsOf(type);
        return type.BaseType is { } parent && parent != typeof(object) && parent != typeof(ValueType) ? FieldsOf(parent).Concat(own) : own;
    }

    private static IEnumerable<FieldInfo> DeclaredFieldsOf(Type type)
    {
        var parameters = PrimaryParametersOf(type);
        foreach (var field in type.GetFields(Declared))
        {
            if (field.IsDefined(typeof(NonSerializedAttribute))) continue;

            var property = PropertyBehind(type, field);
            var isMember = field.IsDefined(typeof(IdAttribute)) || property?.IsDefined(typeof(IdAttribute)) == true
                || (property is not null && parameters.Contains(property.Name));
            if (isMember) yield return field;
        }
    }

    private static PropertyInfo? PropertyBehind(Type type, FieldInfo field) =>
        field.Name.StartsWith('<') && field.Name.EndsWith(">k__BackingField", StringComparison.Ordinal)
            ? type.GetProperty(field.Name[1..field.Name.IndexOf('>')], Declared)
            : null;

    // A record's parameters are members by themselves; another class's only if its attribute says so.
    private static HashSet<string> PrimaryParametersOf(Type type)
    {
        var isRecord = type.GetMethod("<Clone>$", Declared) is not null
            || (type.IsValueType && type.GetMethod("PrintMembers", Declared) is not null);
        if (!isRecord && type.GetCustomAttribute<GenerateSerializerAttribute>() is not { IncludePrimaryConstructorParameters: true }) return [];

        return type.GetConstructors(Declared)
            .SelectMany(constructor => constructor.GetParameters())
            .Select(parameter => parameter.Name!)
            .ToHashSet(StringComparer.Ordinal);
    }
}
