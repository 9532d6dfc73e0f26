using System.Text;
using FhirHub.Fhir.Documents;
using FhirHub.Fhir.FhirPath;

namespace FhirHub.Unit.FhirPath;

/// <summary>Small resources for expressions to look at, and results as one line of text.</summary>
static class Sample
{
    internal static FhirDocument Patient { get; } = Parse("""
        {
          "resourceType": "Patient", "id": "p1", "active": true,
          "contained": [
            { "resourceType": "Organization", "id": "o1", "name": "One" },
            { "resourceType": "Practitioner", "id": "d1", "name": [{ "family": "Doc" }] }
          ],
          "extension": [{ "url": "http://example.org/e", "valueString": "x" }],
          "name": [
            { "use": "official", "family": "Chalmers", "given": ["Peter", "James"] },
            { "use": "usual", "given": ["Jim"] }
          ],
          "gender": "male",
          "birthDate": "1974-12-25",
          "_birthDate": { "extension": [{ "url": "http://example.org/t", "valueDateTime": "1974-12-25T14:35:45-05:00" }] },
          "_deceasedBoolean": { "extension": [{ "url": "http://example.org/why", "valueCode": "unknown" }] },
          "multipleBirthInteger": 2,
          "managingOrganization": { "reference": "#o1" },
          "generalPractitioner": [{ "reference": "#d1" }, { "reference": "Practitioner/away" }]
        }
        """);

    internal static FhirDocument Observation { get; } = Parse("""
        {
          "resourceType": "Observation", "status": "final", "code": { "text": "weight" },
          "effectiveDateTime": "2020-02-29T10:30:00+01:00",
          "valueQuantity": { "value": 185.0, "unit": "lbs", "system": "http://unitsofmeasure.org", "code": "[lb_av]" },
          "referenceRange": [{ "high": { "value": 2, "comparator": "<", "system": "http://unitsofmeasure.org", "code": "kg" } }]
        }
        """);

    internal static FhirDocument Parse(string json) => FhirDocument.ParseJson(Encoding.UTF8.GetBytes(json));

    internal static string Evaluate(string expression, FhirPathEnvironment environment) =>
        Evaluate(expression, Patient, environment);

    /// <summary>The items with commas between them, "" for none, "error" for an expression that ends in one.</summary>
    internal static string Evaluate(
        string expression, FhirDocument? document = null, FhirPathEnvironment? environment = null)
    {
        try
        {
            var items = FhirPathExpression.Compile(expression).Evaluate((document ?? Patient).Root, environment);
            return string.Join(", ", items);
        }
        catch (FhirPathException)
        {
            return "error";
        }
    }
}
