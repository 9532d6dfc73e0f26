using FhirHub.Core.Model;
using FhirHub.Core.Storage;
using FhirHub.Core.Terminology;
using FhirHub.Host.Http;
using FhirHub.Terminology;
using FhirHub.Terminology.Operations;

namespace FhirHub.Host.Operations;

/// <summary>
/// The codes of a value set: https://hl7.org/fhir/R4/valueset-operation-expand.html; <c>property</c> and
/// <c>useSupplement</c> are R5's (https://hl7.org/fhir/R5/valueset-operation-expand.html).
/// </summary>
static class Expand
{
    internal static readonly string[] OfVersions =
        ["system-version", "check-system-version", "force-system-version", Supplement];

    /// <summary>R5's parameter for supplements to be used.</summary>
    internal const string Supplement = "useSupplement";

    internal static readonly string[] Known =
    [
        "url", "valueSet", "valueSetVersion", "context", "contextDirection", "filter", "date", "offset", "count",
        "includeDesignations",
        "designation", "includeDefinition", "activeOnly", "excludeNested", "excludeNotForUI",
        "excludePostCoordinated", "displayLanguage", "exclude-system", .. OfVersions, "property",
    ];

    internal static void Map(IEndpointRouteBuilder fhir)
    {
        fhir.MapMethods("/ValueSet/$expand", TerminologyParameters.Methods, (
            HttpContext http, HubTerminology terminology, IResourceStore store, TimeProvider time, Caller caller) =>
            HandleAsync(null, http, terminology, store, time, caller));
        fhir.MapMethods("/ValueSet/{id}/$expand", TerminologyParameters.Methods, HandleAsync);
    }

    /// <summary>Which editions count.</summary>
    internal static EditionRules Rules(TerminologyParameters parameters) => new()
    {
        Versions = parameters.Versions("system-version"),
        Checked = parameters.Versions("check-system-version"),
        Forced = parameters.Versions("force-system-version"),
        AsOf = parameters.Moment("date"),
        Supplements = parameters.Texts(Supplement),
    };

    static async Task HandleAsync(
        string? id, HttpContext http, HubTerminology terminology, IResourceStore store, TimeProvider time,
        Caller caller)
    {
        // 1. What is asked.
        var cancel = http.RequestAborted;
        var parameters = await TerminologyParameters.ReadAsync(http, Known, "ValueSet");
        var choice = await parameters.ValueSetAsync(id, terminology, store, caller, cancel);
        var request = Request(parameters);

        // 2. The codes.
        var answer = await terminology.ExpandPageAsync(choice, request, caller, cancel);
        var page = answer.OrThrow();
        var definition = parameters.Flag("includeDefinition")
            ? await terminology.DefinitionAsync(choice, request.Rules, caller, cancel)
            : default;

        // 3. The value set with them.
        await FhirResult.WriteJsonAsync(http, ExpansionWriter.Write(page, request, definition, answer.Notes, time));
    }

    static ExpansionRequest Request(TerminologyParameters parameters)
    {
        _ = parameters.Flag("excludePostCoordinated"); // no code system here has any
        var designations = parameters.Texts("designation").Select(Token).ToList();
        return new ExpansionRequest
        {
            Filter = parameters.Text("filter"),
            Offset = parameters.Number("offset") ?? 0,
            Count = parameters.Number("count"),
            ActiveOnly = parameters.Flag("activeOnly"),
            ExcludesAbstract = parameters.Flag("excludeNotForUI"),
            IsFlat = parameters.Flag("excludeNested"),
            IncludesDesignations = parameters.Flag("includeDesignations", designations.Count > 0),
            Designations = designations,
            DisplayLanguage = parameters.Text("displayLanguage"),
            Properties = parameters.Texts("property"),
            ExcludedSystems = parameters.Texts("exclude-system"),
            Rules = Rules(parameters),
        };
    }

    static Coding Token(string text)
    {
        var bar = text.IndexOf('|', StringComparison.Ordinal);
        return bar > 0 && bar < text.Length - 1
            ? new Coding(text[..bar], text[(bar + 1)..])
            : throw OperationParameters.Refused(
                "'designation' takes a system and a code, such as urn:ietf:bcp:47|zh for a language.");
    }
}
