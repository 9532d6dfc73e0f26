using System.Text;

namespace FhirHub.Core.Search;

/// <summary>
/// Text as UTF-8 bytes, compared by content. It is usually a slice of the document it was found in: an index row is
/// written from these bytes, so most values never become strings.
/// </summary>
public readonly struct Utf8Text(ReadOnlyMemory<byte> bytes) : IEquatable<Utf8Text>
{
    public ReadOnlyMemory<byte> Bytes { get; } = bytes;

    public ReadOnlySpan<byte> Span => Bytes.Span;

    public bool IsEmpty => Bytes.IsEmpty;

    public static Utf8Text Of(string text) => new(Encoding.UTF8.GetBytes(text));

    public static bool operator ==(Utf8Text left, Utf8Text right) => left.Equals(right);

    public static bool operator !=(Utf8Text left, Utf8Text right) => !left.Equals(right);

    public Utf8Text Slice(int start, int length) => new(Bytes.Slice(start, length));

    public bool Equals(Utf8Text other) => Span.SequenceEqual(other.Span);

    public override bool Equals(object? obj) => obj is Utf8Text other && Equals(other);

    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.AddBytes(Span);
        return hash.ToHashCode();
    }

    public override string ToString() => Encoding.UTF8.GetString(Span);
}
