namespace Actors.Storage.Jobs;

/// <summary>When a column is written.</summary>
internal enum ColumnUse
{
    /// <summary>At creation, never again.</summary>
    Creation,

    /// <summary>By every write.</summary>
    Always,

    /// <summary>At creation and by a write that changes it; it may be large.</summary>
    WhenChanged,
}
