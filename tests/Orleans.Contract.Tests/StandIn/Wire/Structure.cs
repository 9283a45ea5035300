using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text;

namespace Orleans.Contract.Tests.StandIn.Wire;

/// <summary>Whatever an object graph holds, as text: fields, elements, and which objects are the same.</summary>
internal static class Structure
{
    public static string Of(object? value)
    {
        var text = new StringBuilder();
        Append(text, value, []);
        return text.ToString();
    }

    private static void Append(StringBuilder text, object? value, List<object> met)
    {
        switch (value)
        {
            case null:
                text.Append("null");
                return;
            case double or float or Half or decimal or DateTime or DateTimeOffset:
                text.Append(value.GetType().Name).Append(((IFormattable)value).ToString(value is DateTime or DateTimeOffset ? "O" : null, CultureInfo.InvariantCulture));
                return;
            // .NET's loopback addresses are of a class of their own.
            case System.Net.IPAddress:
                text.Append(value);
                return;
            case string or Uri or Version or Type or Enum or System.Numerics.BigInteger:
                text.Append(value.GetType().Name).Append('"').Append(value).Append('"');
                return;
        }

        if (value.GetType().IsPrimitive)
        {
            text.Append(value.GetType().Name).Append(' ').Append(value);
            return;
        }

        if (!value.GetType().IsValueType)
        {
            var place = met.FindIndex(other => ReferenceEquals(other, value));
            if (place >= 0 && value is not IEnumerable)
            {
                text.Append('#').Append(place);
                return;
            }

            met.Add(value);
        }

        text.Append(TypeName(value.GetType())).Append('{');
        if (IsList(value)) AppendElements(text, value, met);
        else AppendFields(text, value, met);
        text.Append('}');
    }

    private static bool IsList(object value) =>
        value is IEnumerable && value.GetType().Namespace is { } name && name.StartsWith("System", StringComparison.Ordinal);

    private static void AppendElements(StringBuilder text, object value, List<object> met)
    {
        if (value.GetType().IsGenericType && value.GetType().Name.StartsWith("ImmutableArray", StringComparison.Ordinal)
            && (bool)value.GetType().GetProperty("IsDefault")!.GetValue(value)!)
        {
            text.Append("default");
            return;
        }

        if (value is ArraySegment<int> { Array: null }) return;

        // Hash tables promise no order.
        var elements = new List<string>();
        var isUnordered = value.GetType().Name is { } name && (name.Contains("Hash", StringComparison.Ordinal) || name.StartsWith("ImmutableDictionary", StringComparison.Ordinal));
        foreach (var element in (IEnumerable)value)
        {
            var part = new StringBuilder();
            Append(part, element, met);
            elements.Add(part.ToString());
        }

        if (isUnordered) elements.Sort(StringComparer.Ordinal);
        text.AppendJoin(';', elements);
    }

    private static void AppendFields(StringBuilder text, object value, List<object> met)
    {
        if (value is ReadOnlyMemory<byte> memory)
        {
            text.Append(Convert.ToHexString(memory.Span));
            return;
        }

        if (value is Memory<int> ints)
        {
            text.AppendJoin(',', ints.ToArray());
            return;
        }

        for (var type = value.GetType(); type is not null && type != typeof(object); type = type.BaseType)
        {
            foreach (var field in type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            {
                text.Append(field.Name).Append('=');
                Append(text, field.GetValue(value), met);
                text.Append(' ');
            }
        }
    }

    private static string TypeName(Type type) => type.IsGenericType ? $"{type.Name}[{string.Join(',', type.GetGenericArguments().Select(TypeName))}]" : type.Name;
}
