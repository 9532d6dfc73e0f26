using FhirHub.Core.Model;
using FhirHub.Core.Storage;
using FhirHub.Core.Terminology;
using FhirHub.Fhir.Documents;
using FhirHub.Host.Http;
using FhirHub.Host.Interactions;
using FhirHub.Terminology;
using FhirHub.Terminology.Operations;

namespace FhirHub.Host.Operations;

/// <summary>
/// Codes by their properties: https://hl7.org/fhir/R4/codesystem-operation-find-matches.html. No code system here has
/// a grammar, so a match is always one code, and a property has no parts.
/// </summary>
static class FindMatches
{
    internal static readonly string[] Known = ["system", "version", "property", "exact", "compositional"];

    internal static void Map(IEndpointRouteBuilder fhir)
    {
        fhir.MapMethods("/CodeSystem/$find-matches", TerminologyParameters.Methods, (
            HttpContext http, HubTerminology terminology, IResourceStore store, Caller caller) =>
            HandleAsync(null, http, terminology, store, caller));
        fhir.MapMethods("/CodeSystem/{id}/$find-matches", TerminologyParameters.Methods, HandleAsync);
    }

    static async Task HandleAsync(
        string? id, HttpContext http, HubTerminology terminology, IResourceStore store, Caller caller)
    {
        // 1. What is asked.
        var cancel = http.RequestAborted;
        var parameters = await TerminologyParameters.ReadAsync(http, Known);
        _ = parameters.Needed("exact");
        var isExact = parameters.Flag("exact");
        _ = parameters.Flag("compositional"); // true would give the same: one code each
        if (id is not null && parameters.Text("system") is not null)
        {
            throw OperationParameters.Refused("The address names the code system; leave out 'system'.");
        }

        var system = id is not null
            ? DefinitionChoice.Of(await Read.FindAsync("CodeSystem", id, null, store, caller, cancel))
            : TerminologyParameters.Named(parameters.Needed("system"), parameters.Text("version"));
        var wanted = parameters.Groups("property").Select(Property).ToList();
        if (wanted.Count == 0)
        {
            throw new FhirException(
                ProblemKind.Invalid, "required", "Give at least one 'property' with its parts 'code' and 'value'.");
        }

        // 2. What has it.
        var matches = (await terminology.FindMatchesAsync(system, wanted, isExact, caller, cancel)).OrThrow();
        using var answer = new ParametersWriter();
        foreach (var match in matches)
        {
            Add(answer, match);
        }

        await FhirResult.WriteJsonAsync(http, answer.End());
    }

    static PropertyValue Property(FhirNode parameter)
    {
        string? code = null, text = null, type = null;
        foreach (var part in parameter["part"])
        {
            var value = part.First("value");
            switch (part.First("name").Text)
            {
                case "code":
                    code = value.Text;
                    break;
                case "value" when value.Exists:
                    type = value.Type.Name;
                    text = type == "Coding"
                        ? $"{value.First("system").Text}|{value.First("code").Text}"
                        : value.Text;
                    break;
                case var other:
                    throw OperationParameters.Refused(
                        $"A property has the parts 'code' and 'value'; '{other}' is not supported.");
            }
        }

        return code is not null && text is not null && type is not null
            ? new PropertyValue(code, type, text)
            : throw new FhirException(ProblemKind.Invalid, "required", "A property needs its 'code' and a 'value'.");
    }

    static void Add(ParametersWriter answer, PropertyMatch match)
    {
        answer.Begin("match");
        answer.Add("code", new Coding(match.Entry.System, match.Entry.Code), match.Entry.Version, match.Entry.Display);
        foreach (var missing in match.Unmatched)
        {
            answer.Begin("unmatched");
            answer.Add("code", "valueCode", missing.Code);
            answer.Add("value", missing);
            answer.EndParts();
        }

        answer.EndParts();
    }
}
