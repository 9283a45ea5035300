using System.Text;
using System.Text.Json;
using Xunit;

namespace Actors.Schemas.Tests;

/// <summary>Compiles and validates in one line.</summary>
internal static class Check
{
    public static JsonSchema Compile(string schema, SchemaOptions? options = null)
    {
        Assert.True(JsonSchema.TryCompile(Encoding.UTF8.GetBytes(schema), options ?? SchemaOptions.Default, out var compiled, out var fault), fault?.ToString());
        return compiled;
    }

    public static SchemaFault Fault(string schema, SchemaOptions? options = null)
    {
        Assert.False(JsonSchema.TryCompile(Encoding.UTF8.GetBytes(schema), options ?? SchemaOptions.Default, out _, out var fault));
        return fault;
    }

    public static SchemaVerdict Verdict(string schema, string instance, SchemaOptions? options = null) =>
        Compile(schema, options).Validate(Encoding.UTF8.GetBytes(instance), "arguments");

    public static SchemaError[] Errors(string schema, string instance)
    {
        var verdict = Verdict(schema, instance);
        Assert.False(verdict.IsValid);
        return [.. verdict.Errors];
    }

    public static JsonElement Json(string text) => JsonElement.Parse(text);
}
