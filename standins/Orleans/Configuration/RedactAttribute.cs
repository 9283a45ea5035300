namespace Orleans;

[AttributeUsage(AttributeTargets.Property, AllowMultiple = false)]
public class RedactAttribute : Attribute
{
    public virtual string Redact(object? value) => "REDACTED";
}
