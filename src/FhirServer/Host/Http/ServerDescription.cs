using FhirHub.Core.Search;
using FhirHub.Fhir.Definitions;
using FhirHub.Fhir.Documents;

namespace FhirHub.Host.Http;

/// <summary>
/// The capability statement (https://hl7.org/fhir/R4/capabilitystatement.html), made from the routes there are: what is
/// not mapped is not claimed.
/// </summary>
sealed class ServerDescription(RouteTable routes, ParameterCatalog catalog, HubOptions options)
{
    /// <summary>Where a compartment is searched.</summary>
    internal const string CompartmentRoute = "{compartment}/{id}/{member}";

    const string CompartmentDefinitions = "http://hl7.org/fhir/CompartmentDefinition/";
    const string Definitions = "http://hl7.org/fhir/OperationDefinition/";

    /// <summary>The interactions on a type by route, with their codes.</summary>
    internal static readonly (string Method, string Pattern, string Code)[] TypeInteractions =
    [
        ("GET", "{type}/{id}", "read"),
        ("GET", "{type}/{id}/_history/{version}", "vread"),
        ("PUT", "{type}/{id}", "update"),
        ("PATCH", "{type}/{id}", "patch"),
        ("DELETE", "{type}/{id}", "delete"),
        ("GET", "{type}/{id}/_history", "history-instance"),
        ("GET", "{type}/_history", "history-type"),
        ("POST", "{type}", "create"),
        ("GET", "{type}", "search-type"),
    ];

    internal static readonly (string Method, string Pattern, string Code)[] SystemInteractions =
    [
        ("POST", "", "transaction"),
        ("POST", "", "batch"),
        ("GET", "", "search-system"),
        ("GET", "_history", "history-system"),
    ];

    /// <summary>The operations that HL7 does not know.</summary>
    static readonly string[] Own =
    [
        "expunge", "reindex", "propose", "decide", "draft", "submit", "review", "publish", "roll-back", "compare",
        "unmapped", "import-codes", "packages", "install-package", "uninstall-package",
        "evaluate-risk",
    ];

    static readonly string[] PatchFormats =
        ["application/json-patch+json", "application/xml-patch+xml", FhirFormat.Json, FhirFormat.Xml];

    readonly List<FhirRoute> _operations =
        [.. routes.All.Where(r => r.IsOperation && IsAllowed(r.Steps[^1], options))];

    readonly HashSet<(string, string)> _mapped = [.. routes.All.Select(r => (r.Method, r.Pattern))];

    internal FhirDocument Make(CapabilityMode mode, string baseUrl, DateTimeOffset date)
    {
        var statement = FhirBuilder.Create("CapabilityStatement")
            .Set("status", "active")
            .Set("date", date)
            .Set("kind", "instance")
            .Set("software.name", "FhirHub")
            .Set("implementation.description", "FhirHub, a FHIR R4 repository")
            .Set("implementation.url", baseUrl)
            .Set("fhirVersion", FhirSchema.R4.FhirVersion);
        foreach (var format in (string[])[FhirFormat.Json, FhirFormat.Xml, "json", "xml"])
        {
            statement.Add("format", format);
        }

        foreach (var format in PatchFormats)
        {
            statement.Add("patchFormat", format);
        }

        return statement.Add("rest", rest => AddRest(rest, mode)).Build();
    }

    void AddRest(FhirBuilder rest, CapabilityMode mode)
    {
        rest.Set("mode", "server").Set("security.cors", options.CorsOrigins.Length > 0);
        foreach (var type in FhirSchema.R4.ResourceTypes.OrderBy(t => t.Name, StringComparer.Ordinal))
        {
            rest.Add("resource", resource => AddType(resource, type.Name, mode));
        }

        foreach (var (_, _, code) in SystemInteractions.Where(i => _mapped.Contains((i.Method, i.Pattern))))
        {
            rest.Add("interaction", i => i.Set("code", code));
        }

        AddOperations(rest, _operations.Where(r => r.Steps.Count == 1), null);
        if (_mapped.Contains(("GET", CompartmentRoute)))
        {
            foreach (var compartment in FhirSchema.R4.Compartments)
            {
#pragma warning disable CA1308 // The definitions are named in lower case
                rest.Add("compartment", CompartmentDefinitions + compartment.Type.ToLowerInvariant());
#pragma warning restore CA1308
            }
        }
    }

    void AddType(FhirBuilder resource, string type, CapabilityMode mode)
    {
        resource.Set("type", type);
        foreach (var (_, _, code) in TypeInteractions.Where(i => _mapped.Contains((i.Method, i.Pattern))))
        {
            resource.Add("interaction", i => i.Set("code", code));
        }

        resource.Set("versioning", "versioned")
            .Set("readHistory", _mapped.Contains(("GET", "{type}/{id}/_history/{version}")))
            .Set("updateCreate", _mapped.Contains(("PUT", "{type}/{id}")));
        if (mode != CapabilityMode.Normative)
        {
            AddConditions(resource);
        }

        var parameters = catalog.Of(type).Where(SearchParser.Supports);
        foreach (var parameter in parameters.OrderBy(p => p.Code, StringComparer.Ordinal))
        {
            resource.Add("searchParam", p => p
                .Set("name", parameter.Code)
                .Set("definition", parameter.Url)
#pragma warning disable CA1308 // FHIR writes its codes in lower case
                .Set("type", parameter.Type.ToString().ToLowerInvariant()));
#pragma warning restore CA1308
        }

        foreach (var parameter in parameters
            .Where(p => p.Type == SearchParameterType.Reference && !Links.Inline.Contains(p.Url))
            .OrderBy(p => p.Code, StringComparer.Ordinal))
        {
            resource.Add("searchInclude", $"{type}:{parameter.Code}");
        }

        var operations = _operations.Where(r => r.Steps.Count > 1);
        AddOperations(resource, operations.Where(o => o.Steps[0] == FhirRoute.Type || o.Steps[0] == type), type);
    }

    /// <summary>What is for trial use in R4.</summary>
    void AddConditions(FhirBuilder resource) => resource
        .Set("conditionalCreate", _mapped.Contains(("POST", "{type}")))
        .Set("conditionalRead", _mapped.Contains(("GET", "{type}/{id}")) ? "full-support" : "not-supported")
        .Set("conditionalUpdate", _mapped.Contains(("PUT", "{type}")))
        .Set("conditionalDelete", ConditionalDelete());

    string ConditionalDelete() => !_mapped.Contains(("DELETE", "{type}")) ? "not-supported"
        : options.DeletesMany ? "multiple"
        : "single";

    static void AddOperations(FhirBuilder owner, IEnumerable<FhirRoute> operations, string? type)
    {
        var distinct = operations.DistinctBy(o => o.Steps[^1]);
        foreach (var operation in distinct.OrderBy(o => o.Steps[^1], StringComparer.Ordinal))
        {
            var name = operation.Steps[^1][1..];
            owner.Add("operation", o => o
                .Set("name", name)
                .Set("definition", Definition(name, operation.Steps[0] == type ? type : null)));
        }
    }

    /// <summary>Whether the deployment does what an operation does.</summary>
    static bool IsAllowed(string operation, HubOptions options) => operation switch
    {
        "$expunge" => options.AllowsExpunge,
        "$install-package" or "$uninstall-package" => options.AllowsPackages,
        _ => true,
    };

    /// <summary>HL7 names a definition by its type; ours have a name that claims nobody's address.</summary>
    static string Definition(string name, string? type) => name switch
    {
        _ when Own.Contains(name) => $"urn:fhirhub:operation:{name}",
        "process-message" => Definitions + "MessageHeader-process-message",
        "closure" => Definitions + "ConceptMap-closure",
        _ => $"{Definitions}{type ?? "Resource"}-{name}",
    };
}
