using System.Globalization;
using FhirHub.Fhir.Documents;

namespace FhirHub.Samples.Generator.Faults;

/// <summary>
/// The kinds of faults. All of them leave the resource a valid one of FHIR: only its content is wrong.
/// </summary>
static class FaultKinds
{
    const string IdentitySystem = "urn:oid:2.16.156.10011.1.3";

    internal static readonly FaultKind[] All =
    [
        new("identity-checksum", "Patient", HasIdentity, (b, r, _) =>
            Replace(b, r, "identifier[0].value", number => number[..17] + (number[17] == '5' ? '6' : '5'))),
        new("identity-birth-date", "Patient", HasIdentity, (b, r, chance) =>
            Replace(b, r, "birthDate", day => Date(day).AddDays(chance.Int(1, 300)).Text())),
        new("identity-sex", "Patient", HasIdentity, (b, r, _) =>
            Replace(b, r, "gender", gender => gender == "male" ? "female" : "male")),
        new("mobile-number", "Patient", r => r.At("telecom.value").Exists, (b, r, _) =>
            Replace(b, r, "telecom[0].value", number => number[..10])),
        new("division-unknown", "Patient", r => r.At("address.extension.valueCoding.code").Exists, (b, r, _) =>
            Replace(b, r, "address[0].extension[0].valueCoding.code", code => "99" + code[2..])),
        new("duplicate-patient", "Patient", HasIdentity, (b, r, chance) =>
        {
            // The same person registered again by somebody who did not see the identity card.
            b.Remove("identifier[0]");
            b.Remove("meta.profile");
            return Replace(b, r, "id", id => $"{id}-again", "identifier[0].value",
                $"{r.All("identifier").Last().At("value").Text?[..12]}{chance.Int(90_000, 99_999)}");
        }) { IsCopy = true },
        new("ends-before-start", "Encounter", r => r.At("period.end").Exists, (b, r, _) =>
            Replace(b, r, "period.end", end => Date(end).AddDays(-30).Text())),
        new("pressure-swapped", "Observation", HasPressure, (b, r, _) =>
        {
            var (upper, lower) = (Component(r, "8480-6"), Component(r, "8462-4"));
            var (systolic, diastolic) = (Value(r, upper), Value(r, lower));
            b.Set($"component[{upper}].valueQuantity.value", diastolic)
                .Set($"component[{lower}].valueQuantity.value", systolic);
            return ("component", $"{systolic}/{diastolic}", $"{diastolic}/{systolic}");
        }),
        new("unit-slip", "Observation", r => Has(r, "29463-7"), (b, r, _) =>
            // Half kilograms, as people weigh themselves, written down as kilograms.
            Replace(b, r, "valueQuantity.value", kilograms => Text(2 * Number(kilograms)))),
        new("implausible-value", "Observation", r => Has(r, "8339-4") || Has(r, "718-7"), (b, r, _) =>
            Replace(b, r, "valueQuantity.value", value => Text(10 * Number(value)))),
        new("due-date-off", "Observation", r => Has(r, "11778-8"), (b, r, chance) =>
            Replace(b, r, "valueDateTime", day => Date(day).AddDays(chance.Int(30, 120)).Text())),
        new("repeated-observation", "Observation", r => r.At("valueQuantity").Exists, (b, r, _) =>
            Replace(b, r, "id", id => $"{id}-again")) { IsCopy = true },
        new("dose-before-birth", "Immunization", r => r.At("occurrenceDateTime").Exists, (b, r, _) =>
            Replace(b, r, "occurrenceDateTime", day => Date(day).AddYears(-8).Text())),
        new("code-missing", "Condition", r => r.At("code.coding").Exists, (b, r, _) =>
        {
            var code = r.At("code.coding.code").Text ?? "";
            b.Remove("code.coding");
            return ("code.coding", code, "");
        }),
    ];

    static bool HasIdentity(FhirNode patient) =>
        patient.First("identifier").At("system").Text == IdentitySystem;

    static bool Has(FhirNode observation, string loinc) =>
        observation.At("code.coding.code").Text == loinc;

    static bool HasPressure(FhirNode observation) =>
        Component(observation, "8480-6") >= 0 && Component(observation, "8462-4") >= 0;

    /// <summary>Where the part of an observation with that code stands; -1 when there is none.</summary>
    static int Component(FhirNode observation, string loinc) =>
        observation.All("component").ToList().FindIndex(c => c.At("code.coding.code").Text == loinc);

    static (string Element, string Was, string Is) Replace(
        FhirBuilder builder, FhirNode resource, string path, Func<string, string> change,
        string? alsoPath = null, string? also = null)
    {
        var was = Read(resource, path);
        var now = change(was);
        builder.Set(path, now);
        if (alsoPath is not null)
        {
            builder.Set(alsoPath, also ?? "");
        }

        return (path, was, now);
    }

    /// <summary>The first value at a path whose indexes are all 0.</summary>
    static string Read(FhirNode resource, string path) =>
        resource.At(path.Replace("[0]", "", StringComparison.Ordinal)).Text
            ?? throw new InvalidOperationException($"{resource.Type.Name} has nothing at {path}.");

    static decimal Value(FhirNode observation, int component) =>
        Number(observation.All("component").ElementAt(component).At("valueQuantity.value").Text ?? "");

    static decimal Number(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);

    static string Text(decimal value) => value.ToString(CultureInfo.InvariantCulture);

    static DateOnly Date(string text) => DateOnly.ParseExact(text[..10], "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
