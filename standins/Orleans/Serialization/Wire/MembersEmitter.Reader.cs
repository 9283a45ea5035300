using System.Collections.Immutable;
using System.Reflection;
using System.Reflection.Emit;

namespace Orleans.Serialization.Wire;

internal static partial class MembersEmitter
{
    private const int MaxSwitch = 64;

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

    private static void Call(ILGenerator il, string method)
    {
        il.Emit(OpCodes.Ldarg_1);
        il.Emit(OpCodes.Call, typeof(WireReader).GetMethod(method, Instance)!);
    }
}
