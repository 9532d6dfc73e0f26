using System.Buffers;

namespace FhirHub.Core.Model;

/// <summary>Logical ids: what one may be, and where new ones come from.</summary>
public static class ResourceId
{
    const int LengthMax = 64;

    static readonly SearchValues<char> Allowed = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-.");

    /// <summary>https://hl7.org/fhir/R4/datatypes.html#id</summary>
    public static bool IsValid(string id) =>
        id.Length is > 0 and <= LengthMax && !id.AsSpan().ContainsAnyExcept(Allowed);

    /// <summary>A new id that sorts behind those made before it, which keeps the store's indexes compact.</summary>
    public static string New(TimeProvider time) => Guid.CreateVersion7(time.GetUtcNow()).ToString();
}
