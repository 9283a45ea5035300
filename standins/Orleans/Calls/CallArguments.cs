using System.Reflection;
using System.Reflection.Emit;
using Orleans.Serialization;
using Orleans.Serialization.Wire;

namespace Orleans.Calls;

/// <summary>
/// The argument fields of a method's emitted calls, on the wire. They are numbered by their place or their [Id], and
/// absent ones have the parameter's default, so that a method may get further parameters.
/// </summary>
internal sealed class CallArguments(Type callType, FieldInfo[] fields, ParameterInfo[] parameters)
{
    // Compiled with the first call that leaves the process, or comes from outside.
    private MembersWriter<GrainCall>? _write;
    private MembersReader<GrainCall>? _read;
    private Func<GrainCall>? _new;

    public GrainCall NewCall() => (_new ??= EmitNew())();

    public void Write(ref WireWriter writer, GrainCall call) =>
        (_write ??= MembersEmitter.EmitWriter<GrainCall>(callType, Levels()))(ref writer, ref call);

    public void Read(ref WireReader reader, GrainCall call)
    {
        if (_read is null)
        {
            var levels = Levels();
            _read = MembersEmitter.EmitReader(callType, levels, new MissingMembers<GrainCall>(callType, levels));
        }

        _read(ref reader, ref call);
    }

    private SerializedLevel[] Levels()
    {
        SerializedMember[] members =
        [
            .. fields
                .Select((field, i) => new SerializedMember(field, parameters[i].GetCustomAttribute<IdAttribute>()?.Id ?? (uint)i, parameters[i]))
                .Where(member => member.Field.FieldType != typeof(CancellationToken))
                .OrderBy(member => member.Id)
        ];
        return [new SerializedLevel(members, members.Length == 0 ? 0 : members[^1].Id + 1UL)];
    }

    private Func<GrainCall> EmitNew()
    {
        var method = new DynamicMethod("New" + callType.Name, typeof(GrainCall), [typeof(object)], typeof(CallArguments).Module, skipVisibility: true);
        var il = method.GetILGenerator();
        il.Emit(OpCodes.Newobj, callType.GetConstructor(Type.EmptyTypes)!);
        il.Emit(OpCodes.Ret);
        return method.CreateDelegate<Func<GrainCall>>(this);
    }
}
