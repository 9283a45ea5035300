using System.Reflection;
using System.Reflection.Emit;
using Orleans.Calls;
using Orleans.Runtime;
using Orleans.Serialization;
using Orleans.Streams;

namespace Orleans.References;

/// <summary>Emits, once per grain method, the class of its calls: one field per argument, and the call on the grain.</summary>
internal static class CallEmitter
{
    private const MethodAttributes Overriding = MethodAttributes.HideBySig | MethodAttributes.Virtual;
    private const BindingFlags Members = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    /// <summary>Why calls of the method are not covered, or null when they are.</summary>
    public static string? WhyNot(MethodInfo method)
    {
        var name = $"{method.DeclaringType!.Name}.{method.Name}";
        if (method.IsGenericMethodDefinition) return $"The Orleans stand-in does not cover generic grain methods such as {name}.";
        if (method.GetParameters().Any(parameter => parameter.ParameterType.IsByRef)) return $"{name} has a ref or out parameter, which cannot cross a grain call.";
        return ShapeOf(method.ReturnType) is null
            ? $"{name} returns {method.ReturnType}: a grain method returns Task, ValueTask or IAsyncEnumerable."
            : null;
    }

    public static EmittedCall Emit(Type interfaceType, MethodInfo method)
    {
        var parent = ShapeOf(method.ReturnType)!;
        var parameters = method.GetParameters();
        foreach (var parameter in parameters) ReferenceEmitter.Open(parameter.ParameterType);
        ReferenceEmitter.Open(method.ReturnType);
        ReferenceEmitter.Open(method.DeclaringType!);

        var type = ReferenceEmitter.DefineType($"Call_{interfaceType.Name}_{method.Name}", parent);
        var descriptor = type.DefineField("Descriptor", typeof(CallMethod), FieldAttributes.Static | FieldAttributes.Public);
        var arguments = parameters
            .Select((parameter, i) => type.DefineField("Arg" + i, parameter.ParameterType, FieldAttributes.Public))
            .ToArray();
        type.DefineDefaultConstructor(MethodAttributes.Public);
        EmitDescriptor(type, descriptor);
        EmitCallOnGrain(type, parent, method, arguments);
        EmitArgumentAccess(type, arguments);
        if (Array.FindIndex(parameters, parameter => parameter.ParameterType == typeof(CancellationToken)) is >= 0 and var token)
            EmitToken(type, arguments[token]);

        var created = type.CreateType();
        FieldInfo[] fields = [.. arguments.Select(argument => created.GetField(argument.Name)!)];
        var description = new CallMethod(
            interfaceType, GrainInterfaces.NameOf(interfaceType), method, new CallArguments(created, fields, parameters));
        created.GetField("Descriptor")!.SetValue(null, description);
        CallCatalog.Add(description);
        return new EmittedCall(
            created.GetConstructor(Type.EmptyTypes)!,
            fields,
            [.. parameters.Select(CopierOf)],
            created.GetMethod("Send", Members, [typeof(GrainReference)])!);
    }

    private static Type? ShapeOf(Type returnType)
    {
        if (returnType == typeof(Task)) return typeof(TaskCall);
        if (returnType == typeof(ValueTask)) return typeof(ValueTaskCall);
        if (!returnType.IsGenericType) return null;

        var definition = returnType.GetGenericTypeDefinition();
        var shape = definition == typeof(Task<>) ? typeof(TaskCall<>)
            : definition == typeof(ValueTask<>) ? typeof(ValueTaskCall<>)
            : definition == typeof(IAsyncEnumerable<>) ? typeof(StreamCall<>)
            : null;
        return shape?.MakeGenericType(returnType.GetGenericArguments());
    }

    private static MethodInfo? CopierOf(ParameterInfo parameter) =>
        parameter.IsDefined(typeof(ImmutableAttribute), inherit: false) || ImmutableTypes.Contains(parameter.ParameterType)
            ? null
            : typeof(DeepCopy).GetMethod(nameof(DeepCopy.Copy))!.MakeGenericMethod(parameter.ParameterType);

    private static void EmitDescriptor(TypeBuilder type, FieldInfo descriptor)
    {
        var getter = typeof(GrainCall).GetProperty(nameof(GrainCall.Method))!.GetMethod!;
        var il = type.DefineMethod(getter.Name, MethodAttributes.Public | Overriding, typeof(CallMethod), Type.EmptyTypes).GetILGenerator();
        il.Emit(OpCodes.Ldsfld, descriptor);
        il.Emit(OpCodes.Ret);
    }

    // protected override ReturnType Call(object grain) => ((Interface)grain).Method(Arg0, ...);
    private static void EmitCallOnGrain(TypeBuilder type, Type parent, MethodInfo method, FieldInfo[] arguments)
    {
        var call = parent.GetMethod("Call", Members, [typeof(object)])!;
        var il = type.DefineMethod(call.Name, MethodAttributes.Family | Overriding, method.ReturnType, [typeof(object)]).GetILGenerator();
        il.Emit(OpCodes.Ldarg_1);
        il.Emit(OpCodes.Castclass, method.DeclaringType!);
        foreach (var argument in arguments)
        {
            il.Emit(OpCodes.Ldarg_0);
            il.Emit(OpCodes.Ldfld, argument);
        }

        il.Emit(OpCodes.Callvirt, method);
        il.Emit(OpCodes.Ret);
    }

    private static void EmitArgumentAccess(TypeBuilder type, FieldInfo[] arguments)
    {
        var count = type.DefineMethod(nameof(GrainCall.GetArgumentCount), MethodAttributes.Public | Overriding, typeof(int), Type.EmptyTypes).GetILGenerator();
        count.Emit(OpCodes.Ldc_I4, arguments.Length);
        count.Emit(OpCodes.Ret);
        if (arguments.Length == 0) return;

        var get = type.DefineMethod(nameof(GrainCall.GetArgument), MethodAttributes.Public | Overriding, typeof(object), [typeof(int)]).GetILGenerator();
        EmitSwitch(get, arguments, nameof(GrainCall.GetArgument), [typeof(int)], argument =>
        {
            get.Emit(OpCodes.Ldarg_0);
            get.Emit(OpCodes.Ldfld, argument);
            get.Emit(OpCodes.Box, argument.FieldType);
        });
        var set = type.DefineMethod(nameof(GrainCall.SetArgument), MethodAttributes.Public | Overriding, typeof(void), [typeof(int), typeof(object)]).GetILGenerator();
        EmitSwitch(set, arguments, nameof(GrainCall.SetArgument), [typeof(int), typeof(object)], argument =>
        {
            set.Emit(OpCodes.Ldarg_0);
            set.Emit(OpCodes.Ldarg_2);
            set.Emit(OpCodes.Unbox_Any, argument.FieldType);
            set.Emit(OpCodes.Stfld, argument);
        });
    }

    private static void EmitSwitch(ILGenerator il, FieldInfo[] arguments, string baseMethod, Type[] parameters, Action<FieldInfo> emit)
    {
        var labels = arguments.Select(_ => il.DefineLabel()).ToArray();
        il.Emit(OpCodes.Ldarg_1);
        il.Emit(OpCodes.Switch, labels);
        // Any other index: the base class throws.
        for (var i = 0; i <= parameters.Length; i++) il.Emit(OpCodes.Ldarg, i);
        il.Emit(OpCodes.Call, typeof(GrainCall).GetMethod(baseMethod, parameters)!);
        il.Emit(OpCodes.Ret);
        for (var i = 0; i < labels.Length; i++)
        {
            il.MarkLabel(labels[i]);
            emit(arguments[i]);
            il.Emit(OpCodes.Ret);
        }
    }

    private static void EmitToken(TypeBuilder type, FieldInfo token)
    {
        var property = typeof(GrainCall).GetProperty("Token", Members)!;
        var get = type.DefineMethod(property.GetMethod!.Name, MethodAttributes.Family | Overriding, typeof(CancellationToken), Type.EmptyTypes).GetILGenerator();
        get.Emit(OpCodes.Ldarg_0);
        get.Emit(OpCodes.Ldfld, token);
        get.Emit(OpCodes.Ret);
        var set = type.DefineMethod(property.SetMethod!.Name, MethodAttributes.Family | Overriding, typeof(void), [typeof(CancellationToken)]).GetILGenerator();
        set.Emit(OpCodes.Ldarg_0);
        set.Emit(OpCodes.Ldarg_1);
        set.Emit(OpCodes.Stfld, token);
        set.Emit(OpCodes.Ret);
        var isCancellable = typeof(GrainCall).GetProperty(nameof(GrainCall.IsCancellable))!.GetMethod!;
        var can = type.DefineMethod(isCancellable.Name, MethodAttributes.Public | Overriding, typeof(bool), Type.EmptyTypes).GetILGenerator();
        can.Emit(OpCodes.Ldc_I4_1);
        can.Emit(OpCodes.Ret);
    }
}
