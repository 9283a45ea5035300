using System.Globalization;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Orleans.Contract.Tests.StandIn;

/// <summary>What an assembly offers to others: its public types, each with one line per fact that a caller can see.</summary>
internal sealed class PublicSurface
{
    private readonly Dictionary<string, HashSet<string>> _types = [];
    private readonly MetadataReader _reader;

    private PublicSurface(MetadataReader reader)
    {
        _reader = reader;
        foreach (var handle in reader.TypeDefinitions.Where(IsVisible))
            _types.Add(SignatureNames.NameOf(reader, handle), [.. FactsOf(reader.GetTypeDefinition(handle))]);
    }

    public IReadOnlyDictionary<string, HashSet<string>> Types => _types;

    public static PublicSurface Read(string path)
    {
        using var file = File.OpenRead(path);
        using var image = new PEReader(file);
        return new PublicSurface(image.GetMetadataReader());
    }

    private bool IsVisible(TypeDefinitionHandle handle)
    {
        var type = _reader.GetTypeDefinition(handle);
        return (type.Attributes & TypeAttributes.VisibilityMask) switch
        {
            TypeAttributes.Public => true,
            TypeAttributes.NestedPublic or TypeAttributes.NestedFamily or TypeAttributes.NestedFamORAssem => IsVisible(type.GetDeclaringType()),
            _ => false
        };
    }

    private static bool IsVisible(MethodAttributes attributes) =>
        (attributes & MethodAttributes.MemberAccessMask) is MethodAttributes.Public or MethodAttributes.Family or MethodAttributes.FamORAssem;

    private IEnumerable<string> FactsOf(TypeDefinition type)
    {
        const TypeAttributes Shape = TypeAttributes.Interface | TypeAttributes.Abstract | TypeAttributes.Sealed;
        yield return $"is {type.Attributes & Shape}";
        if (!type.BaseType.IsNil) yield return $"derives from {SignatureNames.NameOf(_reader, type.BaseType)}";
        foreach (var handle in type.GetInterfaceImplementations())
            yield return $"implements {SignatureNames.NameOf(_reader, _reader.GetInterfaceImplementation(handle).Interface)}";
        foreach (var fact in ConstraintsOf(type.GetGenericParameters())) yield return fact;
        if (UsageOf(type) is { } usage) yield return usage;
        foreach (var handle in type.GetFields())
            if (FactOf(_reader.GetFieldDefinition(handle)) is { } field) yield return field;
        foreach (var handle in type.GetMethods())
            if (FactOf(_reader.GetMethodDefinition(handle)) is { } method) yield return method;
    }

    private string? FactOf(FieldDefinition field)
    {
        const FieldAttributes Shape = FieldAttributes.Static | FieldAttributes.InitOnly | FieldAttributes.Literal;
        var access = field.Attributes & FieldAttributes.FieldAccessMask;
        if (access is not (FieldAttributes.Public or FieldAttributes.Family or FieldAttributes.FamORAssem)) return null;

        var signature = field.DecodeSignature(new SignatureNames(), null);
        return $"field {access} {field.Attributes & Shape} {signature} {_reader.GetString(field.Name)}{ValueOf(field.GetDefaultValue())}";
    }

    private string? FactOf(MethodDefinition method)
    {
        if (!IsVisible(method.Attributes)) return null;

        const MethodAttributes Shape =
            MethodAttributes.MemberAccessMask | MethodAttributes.Static | MethodAttributes.Abstract | MethodAttributes.Virtual | MethodAttributes.Final;
        var signature = method.DecodeSignature(new SignatureNames(), null);
        var parameters = method.GetParameters().Select(_reader.GetParameter).Where(parameter => parameter.SequenceNumber > 0)
            .OrderBy(parameter => parameter.SequenceNumber)
            .Select((parameter, i) => $"{Direction(parameter.Attributes)}{signature.ParameterTypes[i]} {_reader.GetString(parameter.Name)}{ValueOf(parameter.GetDefaultValue())}");
        var constraints = string.Concat(ConstraintsOf(method.GetGenericParameters()).Select(fact => " " + fact));
        return $"method {method.Attributes & Shape} {signature.ReturnType} {_reader.GetString(method.Name)}`{signature.GenericParameterCount}"
            + $"({string.Join(", ", parameters)}){constraints}";
    }

    private IEnumerable<string> ConstraintsOf(GenericParameterHandleCollection parameters)
    {
        foreach (var parameter in parameters.Select(_reader.GetGenericParameter))
        {
            var constraints = parameter.GetConstraints()
                .Select(handle => SignatureNames.NameOf(_reader, _reader.GetGenericParameterConstraint(handle).Type))
                .Order(StringComparer.Ordinal);
            yield return $"where {parameter.Index} : {parameter.Attributes} {string.Join(",", constraints)}";
        }
    }

    // Where an attribute may be put, how often, and whether it is inherited.
    private string? UsageOf(TypeDefinition type)
    {
        foreach (var attribute in type.GetCustomAttributes().Select(_reader.GetCustomAttribute))
        {
            if (attribute.Constructor.Kind != HandleKind.MemberReference) continue;
            var parent = _reader.GetMemberReference((MemberReferenceHandle)attribute.Constructor).Parent;
            if (SignatureNames.NameOf(_reader, parent) != "System.AttributeUsageAttribute") continue;

            var value = attribute.DecodeValue(new SignatureNames());
            var named = value.NamedArguments.OrderBy(argument => argument.Name, StringComparer.Ordinal).Select(argument => $"{argument.Name}={argument.Value}");
            return $"usage {value.FixedArguments[0].Value} {string.Join(" ", named)}";
        }

        return null;
    }

    private static string Direction(ParameterAttributes attributes) =>
        (attributes & ParameterAttributes.Out) != 0 ? "out " : (attributes & ParameterAttributes.In) != 0 ? "in " : "";

    private string ValueOf(ConstantHandle handle)
    {
        if (handle.IsNil) return "";

        var constant = _reader.GetConstant(handle);
        var value = _reader.GetBlobReader(constant.Value).ReadConstant(constant.TypeCode);
        return string.Create(CultureInfo.InvariantCulture, $" = {value ?? "null"}");
    }
}
