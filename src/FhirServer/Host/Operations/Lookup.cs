using FhirHub.Core.Model;
using FhirHub.Core.Terminology;
using FhirHub.Fhir.Documents;
using FhirHub.Host.Http;
using FhirHub.Terminology;
using FhirHub.Terminology.Operations;

namespace FhirHub.Host.Operations;

/// <summary>All about a code: https://hl7.org/fhir/R4/codesystem-operation-lookup.html</summary>
static class Lookup
{
    const string LanguageStart = "lang.";

    internal static readonly string[] Known =
        ["code", "system", "version", "coding", "date", "displayLanguage", "property", Expand.Supplement];

    internal static void Map(IEndpointRouteBuilder fhir) =>
        fhir.MapMethods("/CodeSystem/$lookup", TerminologyParameters.Methods, HandleAsync);

    static async Task HandleAsync(HttpContext http, HubTerminology terminology, Caller caller)
    {
        // 1. What is asked.
        var parameters = await TerminologyParameters.ReadAsync(http, Known);
        var coding = parameters.Complex("coding", "Coding");
        var question = Question(parameters, coding);
        if (question.Coding.System is not { } system)
        {
            throw new FhirException(
                ProblemKind.Invalid, "required", "A code alone does not say what it means; give its 'system'.");
        }

        var rules = new EditionRules
        {
            AsOf = parameters.Moment("date"),
            Supplements = parameters.Texts(Expand.Supplement),
        };
        var language = parameters.Text("displayLanguage");
        var wanted = parameters.Texts("property");

        // 2. What is known of it.
        var details = (await terminology.DetailsAsync(
            TerminologyParameters.Named(system, question.Version), question.Coding.Code, rules, caller,
            http.RequestAborted)).OrThrow();

        // 3. As much of it as is wanted.
        using var answer = new ParametersWriter();
        answer.Add("name", "valueString", details.SystemName);
        if (details.Entry.Version is { } version)
        {
            answer.Add("version", "valueString", version);
        }

        answer.Add("display", "valueString", details.DisplayIn(language) ?? details.Entry.Code);
        AddDesignations(answer, details, wanted);
        foreach (var property in details.AllProperties())
        {
            if (wanted.Count == 0 || wanted.Contains(property.Code))
            {
                answer.Begin("property");
                answer.Add("code", "valueCode", property.Code);
                answer.Add("value", property);
                answer.EndParts();
            }
        }

        await FhirResult.WriteJsonAsync(http, answer.End());
    }

    static CodeQuestion Question(TerminologyParameters parameters, FhirNode coding)
    {
        if (!coding.Exists)
        {
            return new CodeQuestion(new Coding(parameters.Text("system"), parameters.Needed("code")))
            {
                Version = parameters.Text("version"),
            };
        }

        return parameters.Text("code") is null && parameters.Text("system") is null
                && parameters.Text("version") is null
            ? TerminologyParameters.Question(coding)
            : throw OperationParameters.Refused("Give either 'coding' or 'code' with 'system' and 'version'.");
    }

    static void AddDesignations(ParametersWriter answer, ConceptDetails details, IReadOnlyList<string> wanted)
    {
        var all = wanted.Count == 0 || wanted.Contains("designation");
        foreach (var designation in details.Designations)
        {
            if (!all && !wanted.Contains(LanguageStart + designation.Language))
            {
                continue;
            }

            answer.Begin("designation");
            if (designation.Language is { } language)
            {
                answer.Add("language", "valueCode", language);
            }

            if (designation.Use is { } use)
            {
                answer.Add("use", use);
            }

            answer.Add("value", "valueString", designation.Value);
            answer.EndParts();
        }
    }
}
