namespace FhirHub.Fhir.Documents;

/// <summary>
/// A resource's bytes with id, version and time put in, and where the last two stand: whoever learns the true ones only
/// when the bytes are written can still exchange them.
/// </summary>
public sealed record StampedJson(byte[] Json, ByteRange Version, ByteRange Time);

/// <summary>A run of bytes.</summary>
public readonly record struct ByteRange(int Offset, int Length);
