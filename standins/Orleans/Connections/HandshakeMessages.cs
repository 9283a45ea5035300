using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Orleans.Runtime;

namespace Orleans.Connections;

/// <summary>
/// What the two sides say before the first frame of a call. Each proves that it knows the cluster's secret by an HMAC over
/// everything both have said, nonces included, under a label of its own role; so neither proof can be replayed or turned around.
/// </summary>
internal static class HandshakeMessages
{
    public const int MaxLength = 4096;
    public const int ProofLength = 32;
    private const int NonceLength = 32;
    private const uint Magic = 0x4C_52_4F_53;
    private const ushort Version = 1;

    /// <summary>The caller: who it is, and whom it means to reach.</summary>
    public static byte[] Hello(string clusterId, string serviceId, PeerIdentity self, SiloAddress target)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream, Encoding.UTF8);
        writer.Write(Magic);
        writer.Write(Version);
        writer.Write(RandomNumberGenerator.GetBytes(NonceLength));
        writer.Write(clusterId);
        writer.Write(serviceId);
        writer.Write(self.Address.ToParsableString());
        writer.Write(self.Name);
        writer.Write(target.ToParsableString());
        writer.Flush();
        return stream.ToArray();
    }

    public static HelloRead ReadHello(byte[] message)
    {
        try
        {
            using var reader = new BinaryReader(new MemoryStream(message), Encoding.UTF8);
            if (reader.ReadUInt32() != Magic) throw new BrokenFrameException("what came is no greeting");
            var version = reader.ReadUInt16();
            if (version != Version) return new HelloRead(version, "", "", null!, null!);

            reader.ReadBytes(NonceLength);
            var cluster = reader.ReadString();
            var service = reader.ReadString();
            var address = SiloAddress.Parse(reader.ReadString());
            return new HelloRead(version, cluster, service, new PeerIdentity(address, reader.ReadString()), SiloAddress.Parse(reader.ReadString()));
        }
        catch (Exception exception) when (exception is EndOfStreamException or FormatException or ArgumentException)
        {
            throw new BrokenFrameException("what came is no greeting");
        }
    }

    public static bool IsOurVersion(HelloRead hello) => hello.Version == Version;

    /// <summary>The listener: a nonce and its name.</summary>
    public static byte[] Challenge(string name)
    {
        var text = Encoding.UTF8.GetBytes(name);
        return [.. RandomNumberGenerator.GetBytes(NonceLength), .. text];
    }

    public static string NameIn(ReadOnlySpan<byte> challenge) =>
        challenge.Length >= NonceLength ? Encoding.UTF8.GetString(challenge[NonceLength..]) : throw new BrokenFrameException("what came is no challenge");

    public static byte[] Proof(ReadOnlySpan<byte> secret, string role, byte[] hello, byte[] challenge)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, secret);
        Span<byte> length = stackalloc byte[sizeof(int)];
        foreach (var part in (byte[][])[Encoding.ASCII.GetBytes(role), hello, challenge])
        {
            BinaryPrimitives.WriteInt32LittleEndian(length, part.Length);
            hmac.AppendData(length);
            hmac.AppendData(part);
        }

        return hmac.GetHashAndReset();
    }

    public static bool IsProof(ReadOnlySpan<byte> given, ReadOnlySpan<byte> secret, string role, byte[] hello, byte[] challenge) =>
        CryptographicOperations.FixedTimeEquals(given, Proof(secret, role, hello, challenge));
}
