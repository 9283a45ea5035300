using System.Collections.Concurrent;
using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;
using Orleans.Runtime;

namespace Orleans.References;

/// <summary>
/// Emits, once per grain interface, the reference class that implements it. Its methods build the call objects that
/// CallEmitter makes, so that no call goes through reflection.
/// </summary>
internal static class ReferenceEmitter
{
    private static readonly AssemblyBuilder Assembly =
        AssemblyBuilder.DefineDynamicAssembly(new AssemblyName("Orleans.StandIn.Emitted"), AssemblyBuilderAccess.Run);

    private static readonly ModuleBuilder Module = Assembly.DefineDynamicModule("Emitted");
    private static readonly ConcurrentDictionary<Type, Lazy<Func<GrainReferenceShared, IdSpan, GrainReference>>> Constructors = new();
    private static readonly HashSet<string> Opened = [];
    private static readonly Lock Gate = new();
    private static int s_typeCount;

    public static Func<GrainReferenceShared, IdSpan, GrainReference> ConstructorOf(Type interfaceType) =>
        Constructors.GetOrAdd(
            interfaceType,
            static type => new Lazy<Func<GrainReferenceShared, IdSpan, GrainReference>>(() => Emit(type))).Value;

    public static TypeBuilder DefineType(string name, Type parent) =>
        Module.DefineType($"{name}_{Interlocked.Increment(ref s_typeCount)}", TypeAttributes.NotPublic | TypeAttributes.Sealed, parent);

    /// <summary>Lets the emitted code see the internals of the type's assembly, as generated code in it would.</summary>
    public static void Open(Type type)
    {
        foreach (var argument in type.IsGenericType ? type.GetGenericArguments() : []) Open(argument);
        if (type.HasElementType) Open(type.GetElementType()!);
        Open(type.Assembly.GetName().Name!);
    }

    private static void Open(string assemblyName)
    {
        if (!Opened.Add(assemblyName)) return;

        var constructor = typeof(IgnoresAccessChecksToAttribute).GetConstructor([typeof(string)])!;
        Assembly.SetCustomAttribute(new CustomAttributeBuilder(constructor, [assemblyName]));
    }

    private static Func<GrainReferenceShared, IdSpan, GrainReference> Emit(Type interfaceType)
    {
        lock (Gate)
        {
            Open(typeof(ReferenceEmitter));
            Open(interfaceType);
            var type = DefineType("Reference_" + interfaceType.Name, typeof(GrainReference));
            EmitConstructor(type);
            if (interfaceType != typeof(IAddressable)) type.AddInterfaceImplementation(interfaceType);
            foreach (var declaring in interfaceType.GetInterfaces().Append(interfaceType))
            {
                foreach (var method in declaring.GetMethods())
                    // A default implementation runs on the reference, as in Orleans' own proxies it would not be redone.
                    if (method.IsAbstract) EmitMethod(type, interfaceType, method);
            }

            return Constructor(type.CreateType());
        }
    }

    private static void EmitConstructor(TypeBuilder type)
    {
        Type[] parameters = [typeof(GrainReferenceShared), typeof(IdSpan)];
        var il = type.DefineConstructor(MethodAttributes.Public, CallingConventions.HasThis, parameters).GetILGenerator();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldarg_1);
        il.Emit(OpCodes.Ldarg_2);
        il.Emit(OpCodes.Call, typeof(GrainReference).GetConstructor(BindingFlags.Instance | BindingFlags.NonPublic, parameters)!);
        il.Emit(OpCodes.Ret);
    }

    private static void EmitMethod(TypeBuilder type, Type interfaceType, MethodInfo method)
    {
        if (method.IsStatic) return;

        var parameters = method.GetParameters();
        var builder = type.DefineMethod(
            $"{method.DeclaringType!.FullName}.{method.Name}",
            MethodAttributes.Private | MethodAttributes.Virtual | MethodAttributes.Final | MethodAttributes.HideBySig | MethodAttributes.NewSlot,
            CallingConventions.HasThis, method.ReturnType, [.. parameters.Select(parameter => parameter.ParameterType)]);
        var il = builder.GetILGenerator();
        if (CallEmitter.WhyNot(method) is { } reason)
        {
            if (method.IsGenericMethodDefinition) CopyGenericParameters(builder, method);
            il.Emit(OpCodes.Ldstr, reason);
            il.Emit(OpCodes.Newobj, typeof(NotSupportedException).GetConstructor([typeof(string)])!);
            il.Emit(OpCodes.Throw);
        }
        else
        {
            EmitCall(il, CallEmitter.Emit(interfaceType, method), parameters);
        }

        type.DefineMethodOverride(builder, method);
    }

    // call = new Call(); call.Arg0 = copy of arg0; ...; return call.Send(this);
    private static void EmitCall(ILGenerator il, EmittedCall call, ParameterInfo[] parameters)
    {
        il.Emit(OpCodes.Newobj, call.Constructor);
        for (var i = 0; i < parameters.Length; i++)
        {
            il.Emit(OpCodes.Dup);
            il.Emit(OpCodes.Ldarg, i + 1);
            if (call.Copiers[i] is { } copier) il.Emit(OpCodes.Call, copier);
            il.Emit(OpCodes.Stfld, call.Arguments[i]);
        }

        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Call, call.Send);
        il.Emit(OpCodes.Ret);
    }

    private static void CopyGenericParameters(MethodBuilder builder, MethodInfo method)
    {
        var definitions = method.GetGenericArguments();
        var copies = builder.DefineGenericParameters([.. definitions.Select(argument => argument.Name)]);
        for (var i = 0; i < copies.Length; i++) copies[i].SetGenericParameterAttributes(definitions[i].GenericParameterAttributes);
    }

    private static Func<GrainReferenceShared, IdSpan, GrainReference> Constructor(Type type)
    {
        Type[] parameters = [typeof(GrainReferenceShared), typeof(IdSpan)];
        var method = new DynamicMethod("New" + type.Name, typeof(GrainReference), parameters, typeof(ReferenceEmitter).Module, skipVisibility: true);
        var il = method.GetILGenerator();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldarg_1);
        il.Emit(OpCodes.Newobj, type.GetConstructor(parameters)!);
        il.Emit(OpCodes.Ret);
        return method.CreateDelegate<Func<GrainReferenceShared, IdSpan, GrainReference>>();
    }
}
