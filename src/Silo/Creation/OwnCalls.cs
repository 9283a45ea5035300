namespace Actors.Silo.Creation;

/// <summary>What a call says of its client where there is none.</summary>
internal static class OwnCalls
{
    public const string ProtocolVersion = "2026-07-28";

    public static readonly byte[] NoCapabilities = "{}"u8.ToArray();
}
