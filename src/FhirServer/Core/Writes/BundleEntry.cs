using System.Globalization;
using FhirHub.Core.Model;
using FhirHub.Fhir.Definitions;
using FhirHub.Fhir.Documents;

namespace FhirHub.Core.Writes;

/// <summary>
/// One request of a batch or transaction: https://hl7.org/fhir/R4/bundle-definitions.html#Bundle.entry.request
/// </summary>
public sealed record BundleEntry
{
    /// <summary>Its place in the bundle, from 0.</summary>
    public required int Index { get; init; }

    /// <summary>GET, HEAD, POST, PUT, PATCH or DELETE.</summary>
    public required string Method { get; init; }

    /// <summary>The path below the server's base, such as <c>Patient/1</c>, without the query.</summary>
    public required string Path { get; init; }

    /// <summary>What stands behind the question mark of the address.</summary>
    public required string Query { get; init; }

    public string? FullUrl { get; init; }

    public string? IfMatch { get; init; }

    public string? IfNoneMatch { get; init; }

    public string? IfNoneExist { get; init; }

    public string? IfModifiedSince { get; init; }

    /// <summary>The resource to write, or missing.</summary>
    public FhirNode Resource { get; init; }

    public bool IsRead => Method is "GET" or "HEAD";

    /// <summary>DELETE, POST, PUT and PATCH, GET and HEAD: https://hl7.org/fhir/R4/http.html#trules</summary>
    public int Rank => Method switch
    {
        "DELETE" => 0,
        "POST" => 1,
        "PUT" or "PATCH" => 2,
        _ => 3,
    };

    /// <summary>The bytes of the resource as they stand in the bundle.</summary>
    public ReadOnlyMemory<byte> ResourceJson => Resource.Exists ? ReferenceResolution.Bytes(Resource) : default;

    /// <summary>Reads an entry; a <see cref="FhirException"/> names the element that is wrong.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="index">Its place in the bundle.</param>
    /// <param name="baseUrl">The server's own base, which an address may begin with.</param>
    public static BundleEntry Read(FhirNode entry, int index, string baseUrl)
    {
        ArgumentNullException.ThrowIfNull(baseUrl);
        var place = PlaceOf(index);
        var request = entry.First("request");
        if (!request.Exists)
        {
            throw Refused("required", "The entry needs a request that says what to do with it.", place + ".request");
        }

        var method = request.First("method").Text ?? "";
        if (method is not ("GET" or "HEAD" or "POST" or "PUT" or "PATCH" or "DELETE"))
        {
            throw Refused(
                "value", "The method is one of GET, HEAD, POST, PUT, PATCH and DELETE.", place + ".request.method");
        }

        var (path, query) = Address(request.First("url").Text ?? "", baseUrl, place + ".request.url");
        var resource = entry.First("resource");
        if (method is "PUT" or "PATCH" && !resource.Exists)
        {
            throw Refused("required", $"A {method} needs a resource.", place + ".resource");
        }

        return new BundleEntry
        {
            Index = index,
            Method = method,
            Path = path,
            Query = query,
            FullUrl = entry.First("fullUrl").Text,
            IfMatch = request.First("ifMatch").Text,
            IfNoneMatch = request.First("ifNoneMatch").Text,
            IfNoneExist = request.First("ifNoneExist").Text,
            IfModifiedSince = request.First("ifModifiedSince").Text,
            Resource = resource,
        };
    }

    public static string PlaceOf(int index) => $"Bundle.entry[{index.ToString(CultureInfo.InvariantCulture)}]";

    /// <summary>What the entry's problem is, told with the entry's place in the bundle.</summary>
    internal FhirException Failed(Problem problem)
    {
        var place = PlaceOf(Index);
        var expression = problem.Expression switch
        {
            null => place,
            var inside when inside.StartsWith("Bundle.", StringComparison.Ordinal) => inside,
            // Patient.id becomes Bundle.entry[0].resource.id
            var inside => $"{place}.resource{inside[Math.Max(0, inside.IndexOf('.', StringComparison.Ordinal))..]}",
        };
        return new FhirException(problem with { Text = $"{place}: {problem.Text}", Expression = expression });
    }

    static (string Path, string Query) Address(string url, string baseUrl, string place)
    {
        var address = url.StartsWith(baseUrl + "/", StringComparison.Ordinal) ? url[baseUrl.Length..] : url;
        var question = address.IndexOf('?', StringComparison.Ordinal);
        var path = (question < 0 ? address : address[..question]).Trim('/');
        if (path.Contains("://", StringComparison.Ordinal))
        {
            throw Refused(
                "value", "The url is relative to this server's base: Patient, Patient/1, Patient?name=a.", place);
        }

        var type = path.Split('/')[0];
        if (type.Length == 0)
        {
            throw Refused("value", "The url names no resource type; a bundle cannot hold another batch.", place);
        }

        var isType = FhirSchema.R4.TryGetType(type, out var schema) && schema.IsResource && !schema.IsAbstract;
        return isType || type[0] is '$' or '_' || type == "metadata"
            ? (path, question < 0 ? "" : address[(question + 1)..])
            : throw Refused("value", $"'{type}' is not a resource type of FHIR R4.", place);
    }

    static FhirException Refused(string code, string text, string expression) =>
        new(ProblemKind.Invalid, code, text, expression);
}
