using System.Text.Json.Nodes;

namespace FhirHub.Stores.Oracle;

/// <summary>
/// What values are drawn from. The pools are small, so that resources and queries meet, and lie around edges: borders
/// of days and precisions, case and accents, characters that search itself uses.
/// </summary>
static class Pool
{
    internal static readonly string[] Ids = ["a0", "a1", "A1", "a10", "a2", "b.1", "b-1", "c", "c0", "c00", "d3", "e7"];

    internal static readonly string[] Systems =
        ["http://loinc.org", "http://snomed.info/sct", "http://a.example/cs", "http://a.example/CS", "urn:oid:1.2.3"];

    internal static readonly string[] Codes =
        ["29463-7", "8302-2", "abc", "ABC", "abcd", "a,b", "a|b", "a$b", "a\\b", "x y", "0", "00", "男"];

    internal static readonly string[] Words =
    [
        "Wang", "wang", "WANGER", "Lü", "lu", "Lǚ", "ＬＵ", "José", "JOSE", "Jose\u0301", "张", "張三", "张 三", "Müller",
        "Carreno Quinones", "O'Brien", "Jean-Luc", "a,b", "a|b", "a$b", "a\\b", "Two  Spaces", "陈国华", "陳國華", "W",
    ];

    internal static readonly string[] Dates =
    [
        "2023", "2024", "2024-01", "2024-02", "2024-02-29", "2024-03-01", "2023-12-31", "2024-01-01", "2024-01-02",
        "1988", "1988-07", "1988-07-01", "1999-12-31", "2026-03-01", "2026-02", "2031-05-05",
    ];

    internal static readonly string[] Instants =
    [
        "2024-01-01T00:00:00+08:00", "2023-12-31T16:00:00Z", "2023-12-31T15:59:59Z", "2023-12-31T23:59:59.999+08:00",
        "2024-01-01T00:00:00.000+08:00", "2024-01-01T00:00:00.5+08:00", "2024-01-01T09:30:00-05:00",
        "2024-01-01T22:30:00+08:00", "2024-01-01T22:30:30+08:00", "2024-02-29T12:00:00Z", "2024-01-02T00:00:00+08:00",
        "2026-02-28T23:00:00+08:00", "1988-07-01T00:00:00+09:00", "2024-01-01T00:00:00+14:00",
    ];

    internal static readonly string[] Decimals =
    [
        "0", "1", "2", "2.0", "2.00", "1.95", "2.05", "2.04", "100", "99.5", "100.4", "100.5", "1e2", "1.0E2", "95",
        "105", "150", "-2", "-1.95", "-2.05", "0.5", "5.4e-3", "0.0054", "0.75", "1000000", "36.6", "37.0", "98.6",
        "24.489795918367346", "-0.12345678901234567", "123456789012345678", "1e-20", "1e20",
    ];

    internal static readonly string[] Integers = ["1", "2", "3", "10", "99", "100", "101", "150"];

    internal static readonly (string? System, string? Code, string? Unit)[] Units =
    [
        ("http://unitsofmeasure.org", "g", "g"), ("http://unitsofmeasure.org", "mg", "mg"),
        ("http://unitsofmeasure.org", "kg", "kilogram"), ("http://unitsofmeasure.org", "mm[Hg]", "mmHg"),
        ("http://unitsofmeasure.org", "Cel", "°C"), ("http://unitsofmeasure.org", "[degF]", "°F"),
        ("http://unitsofmeasure.org", "a", "years"), ("http://unitsofmeasure.org", "mo", "months"),
        ("http://a.example/units", "mg", "mg"), (null, null, "mg"), (null, null, null), (null, "mg", null),
    ];

    internal static readonly string[] Uris =
    [
        "http://a.example/fhir/ValueSet/1", "http://a.example/fhir/ValueSet/12", "http://a.example/fhir/ValueSet/1/x",
        "http://a.example/fhir/", "http://A.example/fhir/ValueSet/1", "urn:oid:1.2.3", "urn:oid:1.2.3.4",
        "http://a.example/fhir/ValueSet/1,2", "http://a.example/fhir/CodeSystem/c", "http://b.example/p%20q",
    ];

    internal static readonly string[] Versions = ["1", "1.0", "1.1", "2.0", "10"];

    /// <summary>The URLs of the stored value sets, which no two of them share.</summary>
    internal static readonly string[] ValueSets = [.. Ids.Select(id => $"http://a.example/fhir/ValueSet/{id}")];

    internal static readonly string[] Cities = ["Beijing", "beijing", "北京", "Zürich", "ZURICH", "New York", "York"];

    internal static T Of<T>(Random random, IReadOnlyList<T> values) => values[random.Next(values.Count)];

    internal static bool Chance(Random random, double share) => random.NextDouble() < share;

    /// <summary>A number as JSON, with its digits kept as they are.</summary>
    internal static JsonNode Number(string text) => JsonNode.Parse(text)!; // the pool holds numbers
}
