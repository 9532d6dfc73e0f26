using FhirHub.Core.Model;
using FhirHub.Core.Storage;
using FhirHub.Core.Terminology;
using FhirHub.Host.Http;
using FhirHub.Terminology;
using FhirHub.Terminology.Operations;

namespace FhirHub.Host.Operations;

/// <summary>
/// Whether a code is in a code system (https://hl7.org/fhir/R4/codesystem-operation-validate-code.html) or in a value
/// set (https://hl7.org/fhir/R4/valueset-operation-validate-code.html).
/// </summary>
static class ValidateCode
{
    internal static readonly string[] OfSystem =
    [
        "url", "codeSystem", "code", "version", "display", "coding", "codeableConcept", "date", "abstract",
        "displayLanguage", Expand.Supplement,
    ];

    /// <summary>Those of R4, and the rules on versions that $expand has: the two must be able to agree.</summary>
    internal static readonly string[] OfSet =
    [
        "url", "context", "valueSet", "valueSetVersion", "code", "system", "systemVersion", "display", "coding",
        "codeableConcept", "date", "abstract", "displayLanguage", .. Expand.OfVersions,
    ];

    internal static void Map(IEndpointRouteBuilder fhir)
    {
        fhir.MapMethods("/CodeSystem/$validate-code", TerminologyParameters.Methods, (
            HttpContext http, HubTerminology terminology, IResourceStore store, Caller caller) =>
            HandleSystemAsync(null, http, terminology, store, caller));
        fhir.MapMethods("/CodeSystem/{id}/$validate-code", TerminologyParameters.Methods, HandleSystemAsync);
        fhir.MapMethods("/ValueSet/$validate-code", TerminologyParameters.Methods, (
            HttpContext http, HubTerminology terminology, IResourceStore store, Caller caller) =>
            HandleSetAsync(null, http, terminology, store, caller));
        fhir.MapMethods("/ValueSet/{id}/$validate-code", TerminologyParameters.Methods, HandleSetAsync);
    }

    static async Task HandleSystemAsync(
        string? id, HttpContext http, HubTerminology terminology, IResourceStore store, Caller caller)
    {
        var cancel = http.RequestAborted;
        var parameters = await TerminologyParameters.ReadAsync(http, OfSystem, "CodeSystem");
        var choice = await parameters.ChoiceAsync("CodeSystem", id, "codeSystem", "version", store, caller, cancel);
        var codings = Questions(parameters, null, "version");
        if (choice is null)
        {
            // A coding says itself which code system it is from.
            choice = codings is [{ Coding.System: { } system } only]
                ? TerminologyParameters.Named(system, parameters.Text("version") ?? only.Version)
                : throw new FhirException(
                    ProblemKind.Invalid, "required", "Say which code system is meant: 'url', or 'codeSystem'.");
        }
        else if (codings is [{ Coding.System: { } system, Version: { } version } only]
            && system == parameters.Text("url") && parameters.Text("version") is null)
        {
            choice = TerminologyParameters.Named(system, version);
        }

        var rules = new EditionRules
        {
            AsOf = parameters.Moment("date"),
            Supplements = parameters.Texts(Expand.Supplement),
        };
        await AnswerAsync(http, await terminology.ValidateInSystemAsync(choice, codings, rules, caller, cancel));
    }

    static async Task HandleSetAsync(
        string? id, HttpContext http, HubTerminology terminology, IResourceStore store, Caller caller)
    {
        var cancel = http.RequestAborted;
        var parameters = await TerminologyParameters.ReadAsync(http, OfSet, "ValueSet");
        var choice = await parameters.ValueSetAsync(id, terminology, store, caller, cancel);
        var codings = Questions(parameters, "system", "systemVersion");
        var rules = Expand.Rules(parameters);
        await AnswerAsync(http, await terminology.ValidateInSetAsync(choice, codings, rules, caller, cancel));
    }

    /// <summary>What is to be validated: a code, a coding, or all the codings of a concept.</summary>
    static List<CodeQuestion> Questions(TerminologyParameters parameters, string? system, string version)
    {
        var coding = parameters.Complex("coding", "Coding");
        var concept = parameters.Complex("codeableConcept", "CodeableConcept");
        var code = parameters.Text("code");
        if ((code is null ? 0 : 1) + (coding.Exists ? 1 : 0) + (concept.Exists ? 1 : 0) != 1)
        {
            throw OperationParameters.Refused("Give one of 'code', 'coding' and 'codeableConcept'.");
        }

        var display = parameters.Text("display");
        var named = system is null ? null : parameters.Text(system) ?? parameters.Text(version);
        if (code is null && (display ?? named) is not null)
        {
            throw OperationParameters.Refused("System, version and display belong to 'code'; a coding has its own.");
        }

        List<CodeQuestion> questions = code is not null
            ?
            [
                new CodeQuestion(new Coding(system is null ? null : parameters.Text(system), code))
                {
                    Version = parameters.Text(version),
                    Display = display,
                },
            ]
            : coding.Exists ? [TerminologyParameters.Question(coding)]
            : [.. concept["coding"].Select(TerminologyParameters.Question)];
        var allowsAbstract = parameters.Flag("abstract");
        var language = parameters.Text("displayLanguage");
        return questions.ConvertAll(question => question with
        {
            AllowsAbstract = allowsAbstract,
            DisplayLanguage = language,
        });
    }

    static async Task AnswerAsync(HttpContext http, Answer<CodeVerdict> answer)
    {
        var verdict = answer.OrThrow();
        using var result = new ParametersWriter();
        result.Add("result", verdict.Result);
        if (verdict.Message is { } message)
        {
            result.Add("message", "valueString", message);
        }

        if (verdict.Display is { } display)
        {
            result.Add("display", "valueString", display);
        }

        await FhirResult.WriteJsonAsync(http, result.End());
    }
}
