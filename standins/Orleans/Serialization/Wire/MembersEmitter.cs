using System.Collections.Immutable;
using System.Reflection;
using System.Reflection.Emit;

namespace Orleans.Serialization.Wire;

/// <summary>Emits the code that writes and reads the members of a type, so that nothing is looked up when it is hot.</summary>
internal static class MembersEmitter
{
    private const BindingFlags Instance = BindingFlags.Instance | BindingFlags.Public;
    private const int MaxSwitch = 64;

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

    public static MembersReader<T> EmitReader<T>(Type type, IReadOnlyList<SerializedLevel> levels, MissingMembers<T> missing)
    {
        var method = new DynamicMethod(
            "Read" + type.Name, typeof(void), [typeof(MissingMembers<T>), typeof(WireReader).MakeByRefType(), typeof(T).MakeByRefType()],
            typeof(MembersEmitter).Module, skipVisibility: true);
        var il = method.GetILGenerator();
        var target = LoadTarget(il, typeof(T), type);
        foreach (var member in levels.SelectMany(level => level.Members)) EmitEmptyArray(il, target, member.Field);
        for (var i = 0; i < levels.Count; i++)
        {
            EmitLevel(il, target, levels[i]);
            EmitFill<T>(il, i, levels[i]);
            if (i < levels.Count - 1) EmitMissingLevels<T>(il, i, levels);
        }

        EmitSkipOfFurtherLevels(il);
        il.Emit(OpCodes.Ret);
        return method.CreateDelegate<MembersReader<T>>(missing);
    }

    // while ((id = reader.NextMember()) != -1) switch (id) { case n: target.Field = read; default: reader.SkipMember(); }
    private static void EmitLevel(ILGenerator il, LocalBuilder? target, SerializedLevel level)
    {
        var next = il.DefineLabel();
        var end = il.DefineLabel();
        var id = il.DeclareLocal(typeof(int));
        il.MarkLabel(next);
        Call(il, nameof(WireReader.NextMember));
        il.Emit(OpCodes.Stloc, id);
        il.Emit(OpCodes.Ldloc, id);
        il.Emit(OpCodes.Ldc_I4_M1);
        il.Emit(OpCodes.Beq, end);
        var labels = EmitChoice(il, level, id);
        Call(il, nameof(WireReader.SkipMember));
        il.Emit(OpCodes.Br, next);
        for (var i = 0; i < labels.Length; i++)
        {
            var field = level.Members[i].Field;
            il.MarkLabel(labels[i]);
            LoadInstance(il, target);
            il.Emit(OpCodes.Ldarg_1);
            il.Emit(OpCodes.Call, ReaderOf(field.FieldType));
            il.Emit(OpCodes.Stfld, field);
            il.Emit(OpCodes.Br, next);
        }

        il.MarkLabel(end);
    }

    private static Label[] EmitChoice(ILGenerator il, SerializedLevel level, LocalBuilder id)
    {
        var labels = level.Members.Select(_ => il.DefineLabel()).ToArray();
        var other = il.DefineLabel();
        var table = Enumerable.Repeat(other, (int)Math.Min(level.KnownMembers, MaxSwitch)).ToArray();
        for (var i = 0; i < labels.Length; i++)
            if (level.Members[i].Id < table.Length) table[level.Members[i].Id] = labels[i];
        il.Emit(OpCodes.Ldloc, id);
        il.Emit(OpCodes.Switch, table);
        il.MarkLabel(other);
        for (var i = 0; i < labels.Length; i++)
        {
            if (level.Members[i].Id < table.Length) continue;
            il.Emit(OpCodes.Ldloc, id);
            il.Emit(OpCodes.Ldc_I4, unchecked((int)level.Members[i].Id));
            il.Emit(OpCodes.Beq, labels[i]);
        }

        return labels;
    }

    // if (reader.KnownMembers < known) missing.Fill(ref value, level, reader.KnownMembers);
    private static void EmitFill<T>(ILGenerator il, int index, SerializedLevel level)
    {
        var complete = il.DefineLabel();
        Call(il, $"get_{nameof(WireReader.KnownMembers)}");
        il.Emit(OpCodes.Ldc_I8, unchecked((long)level.KnownMembers));
        il.Emit(OpCodes.Bge_Un, complete);
        CallFill<T>(il, index, () => Call(il, $"get_{nameof(WireReader.KnownMembers)}"));
        il.MarkLabel(complete);
    }

    // if (reader.IsLastLevel) { fill the levels that the writer does not have; return; }
    private static void EmitMissingLevels<T>(ILGenerator il, int index, IReadOnlyList<SerializedLevel> levels)
    {
        var more = il.DefineLabel();
        Call(il, $"get_{nameof(WireReader.IsLastLevel)}");
        il.Emit(OpCodes.Brfalse, more);
        for (var i = index + 1; i < levels.Count; i++)
            if (levels[i].Members.Count > 0) CallFill<T>(il, i, () => il.Emit(OpCodes.Ldc_I8, 0L));
        il.Emit(OpCodes.Ret);
        il.MarkLabel(more);
    }

    private static void EmitSkipOfFurtherLevels(ILGenerator il)
    {
        var last = il.DefineLabel();
        Call(il, $"get_{nameof(WireReader.IsLastLevel)}");
        il.Emit(OpCodes.Brtrue, last);
        Call(il, nameof(WireReader.SkipLevels));
        il.MarkLabel(last);
    }

    private static void CallFill<T>(ILGenerator il, int index, Action loadKnown)
    {
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldarg_2);
        il.Emit(OpCodes.Ldc_I4, index);
        loadKnown();
        il.Emit(OpCodes.Call, typeof(MissingMembers<T>).GetMethod(nameof(MissingMembers<>.Fill))!);
    }

    // An absent ImmutableArray is an empty one; the other types' defaults are what an uninitialised object has.
    private static void EmitEmptyArray(ILGenerator il, LocalBuilder? target, FieldInfo field)
    {
        if (!field.FieldType.IsGenericType || field.FieldType.GetGenericTypeDefinition() != typeof(ImmutableArray<>)) return;

        LoadInstance(il, target);
        il.Emit(OpCodes.Ldsfld, field.FieldType.GetField(nameof(ImmutableArray<>.Empty))!);
        il.Emit(OpCodes.Stfld, field);
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

    private static void Call(ILGenerator il, string method)
    {
        il.Emit(OpCodes.Ldarg_1);
        il.Emit(OpCodes.Call, typeof(WireReader).GetMethod(method, Instance)!);
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
