using System.Reflection;

namespace Orleans.References;

/// <summary>The emitted class of a method's calls, as the reference's method uses it.</summary>
internal sealed record EmittedCall(ConstructorInfo Constructor, FieldInfo[] Arguments, MethodInfo?[] Copiers, MethodInfo Send);
