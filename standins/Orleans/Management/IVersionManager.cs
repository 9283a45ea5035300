namespace Orleans;

/// <summary>Declared as the base of IManagementGrain; interface versioning is not covered by the stand-in.</summary>
public interface IVersionManager
{
}
