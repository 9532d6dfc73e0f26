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
/// How one code stands to another: https://hl7.org/fhir/R4/codesystem-operation-subsumes.html
/// </summary>
static class Subsumes
{
    internal static readonly string[] Known = ["codeA", "codeB", "system", "version", "codingA", "codingB"];

    internal static void Map(IEndpointRouteBuilder fhir)
    {
        fhir.MapMethods("/CodeSystem/$subsumes", TerminologyParameters.Methods, (
            HttpContext http, HubTerminology terminology, IResourceStore store, Caller caller) =>
            HandleAsync(null, http, terminology, store, caller));
        fhir.MapMethods("/CodeSystem/{id}/$subsumes", TerminologyParameters.Methods, HandleAsync);
    }

    static async Task HandleAsync(
        string? id, HttpContext http, HubTerminology terminology, IResourceStore store, Caller caller)
    {
        var cancel = http.RequestAborted;
        var parameters = await TerminologyParameters.ReadAsync(http, Known);
        var a = Asked(parameters, "A");
        var b = Asked(parameters, "B");
        var stored = id is null ? null : await Read.FindAsync("CodeSystem", id, null, store, caller, cancel);
        var system = SystemOf(parameters, stored, a, b);
        var outcome = (await terminology.SubsumesAsync(system, a.Coding.Code, b.Coding.Code, caller, cancel)).OrThrow();
        await FhirResult.WriteAsync(http, OperationParameters.Answer("outcome", p => p.Set("valueCode", outcome switch
        {
            Subsumption.Equivalent => "equivalent",
            Subsumption.Subsumes => "subsumes",
            Subsumption.SubsumedBy => "subsumed-by",
            _ => "not-subsumed",
        })));
    }

    static CodeQuestion Asked(TerminologyParameters parameters, string which)
    {
        var coding = parameters.Complex("coding" + which, "Coding");
        var code = parameters.Text("code" + which);
        return (code is not null) == coding.Exists
            ? throw OperationParameters.Refused($"Give either 'code{which}' or 'coding{which}'.")
            : coding.Exists ? TerminologyParameters.Question(coding) : new CodeQuestion(new Coding(null, code ?? ""));
    }

    /// <summary>The one system both codes are from; everything that names one must name the same.</summary>
    static DefinitionChoice SystemOf(
        TerminologyParameters parameters, StoredResource? stored, CodeQuestion a, CodeQuestion b)
    {
        var own = stored is null ? default : FhirDocument.ParseJson(stored.Json, ParseOptions.Lenient).OrThrow().Root;
        var url = One("system", own.First("url").Text, parameters.Text("system"), a.Coding.System, b.Coding.System);
        var version = One("version", own.First("version").Text, parameters.Text("version"), a.Version, b.Version);
        return stored is not null ? DefinitionChoice.Of(stored)
            : url is not null ? TerminologyParameters.Named(url, version)
            : throw new FhirException(
                ProblemKind.Invalid, "required", "Say which code system the codes are from: 'system'.");
    }

    static string? One(string what, params IEnumerable<string?> named) =>
        named.OfType<string>().Distinct().ToList() is var all && all.Count <= 1
            ? all.FirstOrDefault()
            : throw OperationParameters.Refused(
                $"Codes of one {what} can be compared; these are of {string.Join(" and ", all)}.");
}
