using System.Text;
using FhirHub.Core.Model;
using FhirHub.Core.Search;
using FhirHub.Core.Storage;
using FhirHub.Fhir.Definitions;
using FhirHub.Fhir.Documents;

namespace FhirHub.Stores;

/// <summary>Commits and searches made from real documents, the way the writer of the hub makes them.</summary>
static class Sample
{
    internal const string Tenant = "hospital";

    static readonly SearchValueExtractor Extractor = new(ParameterCatalog.R4);

    internal static ResourceKey Key(string type, string id, string tenant = Tenant) => new(tenant, type, id);

    internal static CommitEntry Put(string json, string tenant = Tenant, long? expected = null)
    {
        var parsed = FhirDocument.ParseJson(Encoding.UTF8.GetBytes(json), ParseOptions.Lenient).OrThrow();
        var id = parsed.Root.First("id").Text ?? throw new ArgumentException("A sample has an id.");
        var (stamped, version, time) = parsed.Stamp(id, "0", DateTimeOffset.UnixEpoch);
        var (values, compartments) = Extract(stamped);
        return new CommitEntry
        {
            Key = Key(parsed.Type.Name, id, tenant),
            Method = WriteMethod.Put,
            Json = new PendingJson(stamped, (version.Offset, version.Length), (time.Offset, time.Length)),
            ExpectedVersion = expected,
            SearchValues = values,
            Compartments = compartments,
        };
    }

    internal static CommitEntry Delete(string type, string id, long? expected = null) =>
        new() { Key = Key(type, id), Method = WriteMethod.Delete, ExpectedVersion = expected };

    /// <summary>What a resource is found by; its compartments are the patients it refers to.</summary>
    internal static (IReadOnlyList<SearchEntry> Values, IReadOnlyList<Compartment> Compartments) Extract(
        ReadOnlyMemory<byte> json)
    {
        var document = FhirDocument.ParseJson(json, ParseOptions.Lenient).OrThrow();
        var entries = Extractor.Extract(document).Entries;
        var patients = entries.Select(entry => entry.Value).OfType<SearchValue.Reference>()
            .Where(reference => reference.Type.ToString() == "Patient" && !reference.Id.IsEmpty)
            .Select(reference => new Compartment("Patient", reference.Id.ToString())).Distinct();
        return (entries, [.. patients]);
    }

    internal static SearchQuery Query(string type, SearchExpression expression) =>
        new() { Tenant = Tenant, Type = type, Expression = expression, Count = 100, Access = AccessRule.Everything };

    internal static SearchParameterSchema Parameter(string type, string code) =>
        ParameterCatalog.R4.TryGet(type, code, out var parameter)
            ? parameter
            : throw new ArgumentException($"{type} has no parameter {code}.");

    internal static SearchExpression Token(string type, string code, string? system, string? value) =>
        new SearchExpression.Token(Parameter(type, code), system, value);

    internal static SearchExpression All(params SearchExpression[] parts) => new SearchExpression.And(parts);

    internal static SearchExpression Any(params SearchExpression[] parts) => new SearchExpression.Or(parts);

    internal static string Patient(string id, string family = "Wang", string birthDate = "1990-05-17") => $$"""
        {"resourceType":"Patient","id":"{{id}}","identifier":[{"system":"http://ids.example/mrn","value":"mrn-{{id}}"}],
         "active":true,"name":[{"family":"{{family}}","given":["Li"]}],"gender":"female","birthDate":"{{birthDate}}"}
        """;

    /// <summary>An observation of about a kilobyte.</summary>
    internal static string Observation(
        string id, string patient = "p1", string code = "29463-7", string value = "63.5") => $$"""
        {"resourceType":"Observation","id":"{{id}}","identifier":[{"system":"http://ids.example/obs","value":"{{id}}"}],
         "status":"final","category":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/observation-category",
         "code":"vital-signs","display":"Vital Signs"}]}],"code":{"coding":[{"system":"http://loinc.org","code":"{{code}}",
         "display":"Body Weight"},{"system":"http://snomed.info/sct","code":"27113001","display":"Body weight"}],
         "text":"Body weight"},"subject":{"reference":"Patient/{{patient}}","display":"Wang Li"},
         "encounter":{"reference":"Encounter/e1"},"effectiveDateTime":"2026-02-11T09:30:00+08:00",
         "issued":"2026-02-11T09:31:12.000+08:00","performer":[{"reference":"Practitioner/dr1","display":"Dr Zhao"}],
         "valueQuantity":{"value":{{value}},"unit":"kg","system":"http://unitsofmeasure.org","code":"kg"},
         "note":[{"text":"measured without shoes"}]}
        """;
}
