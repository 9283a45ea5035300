namespace Orleans.Serialization;

/// <summary>The members that one class of a hierarchy declares.</summary>
/// <param name="Members">By ascending id.</param>
/// <param name="KnownMembers">One more than the highest id: what a reader of another version is told.</param>
internal sealed record SerializedLevel(IReadOnlyList<SerializedMember> Members, ulong KnownMembers);
