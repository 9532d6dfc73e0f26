using FhirHub.Core.Model;
using FhirHub.Fhir.Documents;

namespace FhirHub.Core.Patches;

/// <summary>
/// A document and a patch make a new document: https://hl7.org/fhir/R4/http.html#patch. Pure: nothing is stored, and
/// either all operations apply or none.
/// </summary>
public static class Patch
{
    /// <summary>The longest patch, in bytes.</summary>
    internal const int BodyBytesMax = 16 * 1024 * 1024;

    /// <summary>The most operations in one patch.</summary>
    internal const int OperationsMax = 10_000;

    /// <summary>The deepest nesting in a patch and in its result; the parser accepts no more in a resource.</summary>
    internal const int DepthMax = 128;

    /// <summary>
    /// The bytes one patch may have read or copied again. Operations are cheap by themselves; a thousand that each
    /// copy or compare the whole of a large resource are not.
    /// </summary>
    internal const long WorkBytesMax = 512L * 1024 * 1024;

    /// <summary>
    /// The patched document, valid in itself; a <see cref="FhirException"/> says which operation failed and why.
    /// <c>meta.versionId</c> and <c>meta.lastUpdated</c> are left for the write to stamp.
    /// </summary>
    public static FhirDocument Apply(FhirDocument document, PatchFormat format, ReadOnlyMemory<byte> body)
    {
        if (body.Length > BodyBytesMax)
        {
            throw PatchFailure.TooLarge($"The patch has {body.Length} bytes; at most {BodyBytesMax} are accepted.");
        }

        var patched = format switch
        {
            PatchFormat.JsonPatch => JsonPatch.Apply(document, body),
            PatchFormat.XmlPatch => XmlPatch.Apply(document, body),
            PatchFormat.FhirPathInJson =>
                FhirPathPatch.Apply(document, FhirDocument.ParseJson(body, ParseOptions.Strict)),
            PatchFormat.FhirPathInXml =>
                FhirPathPatch.Apply(document, FhirDocument.ParseXml(body, ParseOptions.Strict)),
            _ => throw new ArgumentOutOfRangeException(nameof(format)),
        };
        CheckIdentity(document, patched);
        return patched;
    }

    /// <summary>A resource keeps its type and its id for life: https://hl7.org/fhir/R4/resource.html#id</summary>
    static void CheckIdentity(FhirDocument before, FhirDocument after)
    {
        if (before.Type != after.Type)
        {
            throw PatchFailure.Unprocessable(
                $"A patch cannot turn a {before.Type.Name} into a {after.Type.Name}; create a new resource instead.",
                "business-rule");
        }

        if (before.Root.First("id").Text != after.Root.First("id").Text)
        {
            throw PatchFailure.Unprocessable(
                "A patch cannot change, add or remove the resource's id; leave it out of the patch.",
                "business-rule",
                before.Type.Name + ".id");
        }
    }
}
