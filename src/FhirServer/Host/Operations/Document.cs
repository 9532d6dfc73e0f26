using FhirHub.Core.Model;
using FhirHub.Core.Search;
using FhirHub.Core.Storage;
using FhirHub.Core.Writes;
using FhirHub.Fhir.Documents;
using FhirHub.Host.Http;
using FhirHub.Host.Interactions;

namespace FhirHub.Host.Operations;

/// <summary>
/// A document from a composition and all it refers to, also through others:
/// https://hl7.org/fhir/R4/composition-operation-document.html
/// </summary>
static class Document
{
    /// <summary>More than any document a person could sign.</summary>
    const int ResourcesMax = 5000;

    static readonly string[] Methods = ["GET", "HEAD", "POST"];

    internal static void Map(IEndpointRouteBuilder fhir) =>
        fhir.MapMethods("/Composition/{id}/$document", Methods, HandleAsync);

    static async Task HandleAsync(
        string id, HttpContext http, IResourceStore store, Writer writer, TimeProvider time, Caller caller)
    {
        // 1. What is asked.
        var cancel = http.RequestAborted;
        var parameters = await OperationParameters.ReadAsync(http, "persist");
        var isKept = parameters.Flag("persist");
        var composition = await Read.FindAsync("Composition", id, null, store, caller, cancel);

        // 2. What belongs to it.
        var parts = await PartsAsync(composition, FhirResult.BaseUrl(http), store, caller.Access, cancel);

        // 3. The document, kept if that is wanted.
        var document = Bundle(parts, FhirResult.BaseUrl(http), time);
        if (!isKept)
        {
            await FhirResult.WriteAsync(http, document);
            return;
        }

        if (HttpMethods.IsHead(http.Request.Method))
        {
            throw OperationParameters.Refused("HEAD keeps nothing; use GET or POST with 'persist'.");
        }

        var result = await writer.WriteAsync(new Write.Create(document), caller, cancel);
        await FhirResult.WriteAsync(http, result);
    }

    static async Task<List<FhirDocument>> PartsAsync(
        StoredResource composition,
        string baseUrl,
        IResourceStore store,
        AccessRule access,
        CancellationToken cancel)
    {
        var root = FhirDocument.ParseJson(composition.Json);
        var parts = new List<FhirDocument> { root };
        var seen = new HashSet<ResourceKey> { composition.Key };
        var tenant = composition.Key.Tenant;
        var wanted = References.Of(root, tenant, baseUrl + "/").Where(seen.Add).ToList();
        for (var isDirect = true; wanted.Count > 0; isDirect = false)
        {
            if (seen.Count > ResourcesMax)
            {
                throw new FhirException(
                    ProblemKind.Unprocessable,
                    "too-costly",
                    $"The composition refers to more than {ResourcesMax} resources, directly or through others.");
            }

            var found = new HashSet<ResourceKey>();
            var following = new List<ResourceKey>();
            await foreach (var resource in store.ReadManyAsync(wanted, access, cancel))
            {
                found.Add(resource.Key);
                var part = FhirDocument.ParseJson(resource.Json);
                parts.Add(part);
                following.AddRange(References.Of(part, tenant, baseUrl + "/").Where(seen.Add));
            }

            // The document has to hold what its composition names; what only others name may be elsewhere.
            if (isDirect && wanted.Find(w => !found.Contains(w)) is { Id: not null } missing)
            {
                throw new FhirException(
                    ProblemKind.Unprocessable,
                    "not-found",
                    $"The composition refers to {missing}, which is not here: without it the document is not whole.");
            }

            wanted = following;
        }

        return parts;
    }

    static FhirDocument Bundle(List<FhirDocument> parts, string baseUrl, TimeProvider time)
    {
        var now = time.GetUtcNow();
        var bundle = FhirBuilder.Create("Bundle")
            .Set("identifier.system", "urn:ietf:rfc:3986")
            .Set("identifier.value", $"urn:uuid:{ResourceId.New(time)}")
            .Set("type", "document")
            .Set("timestamp", now);
        foreach (var part in parts)
        {
            bundle.Add("entry", e => e
                .Set("fullUrl", $"{baseUrl}/{part.Type.Name}/{part.Root.First("id").Text}")
                .Set("resource", part));
        }

        return bundle.Build();
    }
}
