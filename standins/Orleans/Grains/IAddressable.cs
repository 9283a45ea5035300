namespace Orleans.Runtime;

/// <summary>Anything that can be called by its id.</summary>
public interface IAddressable
{
}
