using FhirHub.Core.Model;
using FhirHub.Core.Patches;
using FhirHub.Core.Search;

namespace FhirHub.Core.Writes;

/// <summary>A writing entry of a transaction, taken apart and checked as far as that needs no store.</summary>
/// <param name="Entry">The entry as it came.</param>
/// <param name="Type">The type it is about.</param>
/// <param name="Id">The id its address names; null for a create and for a conditional write.</param>
/// <param name="Search">The text of its condition; null for none.</param>
/// <param name="Query">The condition, parsed.</param>
/// <param name="Precondition">What must be true of the resource.</param>
/// <param name="DeletesMany">Whether a conditional delete may delete several resources.</param>
sealed record TransactionWrite(
    BundleEntry Entry,
    string Type,
    string? Id,
    string? Search,
    SearchQuery? Query,
    Precondition Precondition,
    bool DeletesMany)
{
    /// <summary>The condition as a conditional reference would have it.</summary>
    internal string? Condition => Search is null ? null : $"{Type}?{Search}";

    internal static async ValueTask<TransactionWrite> ReadAsync(
        BundleEntry entry, Conditions conditions, Caller caller, bool deletesMany, CancellationToken cancel)
    {
        var place = BundleEntry.PlaceOf(entry.Index);
        try
        {
            var steps = entry.Path.Split('/');
            var id = steps.Length == 2 ? steps[1] : null;
            CheckAddress(entry, steps, place + ".request.url");
            if (entry.Method is "POST" or "PUT" && entry.Resource.Type.Name != steps[0])
            {
                throw new FhirException(
                    ProblemKind.Invalid,
                    "invalid",
                    $"The url names a {steps[0]}, the resource is a {entry.Resource.Type.Name}.",
                    place + ".resource");
            }

            var search = entry.Method == "POST" ? SearchOf(entry.IfNoneExist) : id is null ? entry.Query : null;
            var query = search is null ? null : await conditions.ReadAsync(caller, steps[0], search, cancel);
            var precondition = entry.Method == "POST"
                ? Precondition.None
                : Precondition.Parse(entry.IfMatch, entry.IfNoneMatch);
            return new TransactionWrite(entry, steps[0], id, search, query, precondition, deletesMany);
        }
        catch (FhirException problem)
        {
            throw entry.Failed(problem.Problem);
        }
    }

    /// <summary>
    /// The patch of an entry: Parameters as they are, with their links replaced, or what a Binary holds
    /// (https://hl7.org/fhir/R4/http.html#patch).
    /// </summary>
    internal PatchBody Patch(ReadOnlyMemory<byte> resource)
    {
        var place = $"{BundleEntry.PlaceOf(Entry.Index)}.resource";
        if (Entry.Resource.Type.Name == "Parameters")
        {
            return new PatchBody(PatchFormat.FhirPathInJson, resource);
        }

        if (Entry.Resource.Type.Name != "Binary")
        {
            throw new FhirException(
                ProblemKind.Invalid, "value", "A PATCH needs Parameters, or a Binary with a patch in it.", place);
        }

        var named = (Entry.Resource.First("contentType").Text ?? "").Split(';')[0].Trim();
        return named switch
        {
            "application/json-patch+json" => new PatchBody(PatchFormat.JsonPatch, BinaryContent()),
            "application/xml-patch+xml" => new PatchBody(PatchFormat.XmlPatch, BinaryContent()),
            "application/fhir+json" => new PatchBody(PatchFormat.FhirPathInJson, BinaryContent()),
            "application/fhir+xml" => new PatchBody(PatchFormat.FhirPathInXml, BinaryContent()),
            _ => throw new FhirException(
                ProblemKind.UnsupportedMediaType,
                "not-supported",
                "The contentType of a patch is application/json-patch+json, application/xml-patch+xml, "
                    + "application/fhir+json or application/fhir+xml.",
                place + ".contentType"),
        };
    }

    // The parser has found the characters to be those of base64; white space among them is allowed.
    byte[] BinaryContent() => Convert.FromBase64String(Entry.Resource.First("data").Text ?? "");

    static string? SearchOf(string? ifNoneExist)
    {
        if (string.IsNullOrEmpty(ifNoneExist))
        {
            return null;
        }

        // The specification wants what stands behind the question mark; some clients send what is before it too.
        return ifNoneExist[(ifNoneExist.IndexOf('?', StringComparison.Ordinal) + 1)..];
    }

    static void CheckAddress(BundleEntry entry, string[] steps, string place)
    {
        var isOperation = steps.Any(step => step.Length > 0 && step[0] is '$' or '_');
        if (isOperation)
        {
            throw new FhirException(
                ProblemKind.NotSupported,
                "not-supported",
                $"A {entry.Method} of an operation or a search cannot be part of a transaction; send it in a batch.",
                place);
        }

        var (isRight, right) = entry.Method switch
        {
            "POST" => (steps.Length == 1, steps[0]),
            _ => (
                steps.Length == 2 || (steps.Length == 1 && entry.Query.Length > 0),
                $"{steps[0]}/[id] or {steps[0]}?[search]"),
        };
        if (!isRight)
        {
            throw new FhirException(ProblemKind.Invalid, "value", $"The url of a {entry.Method} is {right}.", place);
        }

        if (entry.Method == "POST" && !entry.Resource.Exists)
        {
            var where = BundleEntry.PlaceOf(entry.Index) + ".resource";
            throw new FhirException(ProblemKind.Invalid, "required", "A POST needs a resource.", where);
        }
    }
}
