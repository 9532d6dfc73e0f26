using System.Globalization;
using FhirHub.Core.Model;
using FhirHub.Core.Storage;
using FhirHub.Fhir.Documents;
using FhirHub.Host.Http;
using FhirHub.Host.Interactions;
using FhirHub.Terminology.Dictionaries;

namespace FhirHub.Host.Operations;

/// <summary>
/// What is different between two versions of a code system, value set or concept map; an operation of this server,
/// described in docs/terminology.md.
/// </summary>
static class Compare
{
    const int CountMax = 1_000;

    static readonly string[] Known = ["with", "with-version", "offset", "count"];

    internal static void Map(IEndpointRouteBuilder fhir)
    {
        foreach (var type in Publishing.Types)
        {
            fhir.MapMethods($"/{type}/{{id}}/$compare", TerminologyParameters.Methods, (
                string id, HttpContext http, IResourceStore store, Caller caller) =>
                HandleAsync(type, id, http, store, caller));
        }
    }

    static async Task HandleAsync(string type, string id, HttpContext http, IResourceStore store, Caller caller)
    {
        // 1. The two: the later one is that of the address.
        var cancel = http.RequestAborted;
        var parameters = await TerminologyParameters.ReadAsync(http, Known);
        var after = await Read.FindAsync(type, id, null, store, caller, cancel);
        var before = await Read.FindAsync(
            type, parameters.Text("with") ?? id, parameters.Number("with-version"), store, caller, cancel);
        if (before.Key == after.Key && before.Version == after.Version)
        {
            throw OperationParameters.Refused(
                $"Say what to compare {after.Key} with: another resource by 'with', an earlier version of it by "
                    + "'with-version', or both.");
        }

        // 2. A part of the differences, and the number of all.
        var offset = parameters.Number("offset") ?? 0;
        var count = Math.Min(parameters.Number("count") ?? CountMax, CountMax);
        var changes = Comparison.Of(Root(before), Root(after)).Changes;
        using var answer = new ParametersWriter();
        answer.Add("before", "valueString", Named(before));
        answer.Add("after", "valueString", Named(after));
        foreach (var kind in Enum.GetValues<DefinitionChangeKind>())
        {
            answer.Add(Word(kind), changes.Count(change => change.Kind == kind));
        }

        foreach (var change in changes.Skip(offset).Take(count))
        {
            answer.Begin("change");
            answer.Add("kind", "valueCode", Word(change.Kind));
            answer.Add("code", "valueString", change.Code);
            foreach (var text in change.Before)
            {
                answer.Add("before", "valueString", text);
            }

            foreach (var text in change.After)
            {
                answer.Add("after", "valueString", text);
            }

            answer.EndParts();
        }

        await FhirResult.WriteJsonAsync(http, answer.End());
    }

    static string Named(StoredResource resource) =>
        $"{resource.Key}/_history/{resource.Version.ToString(CultureInfo.InvariantCulture)}";

    static FhirNode Root(StoredResource resource) =>
        FhirDocument.ParseJson(resource.Json, ParseOptions.Lenient).OrThrow().Root;

    static string Word(DefinitionChangeKind kind) => kind switch
    {
        DefinitionChangeKind.Added => "added",
        DefinitionChangeKind.Removed => "removed",
        _ => "changed",
    };
}
