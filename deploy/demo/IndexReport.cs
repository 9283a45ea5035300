namespace Actors.Demo;

/// <summary>What this demo reads of the structured result of index_docs.</summary>
internal sealed record IndexReport(int Files, int Indexed, int Attempt, int ResumedAfter);
