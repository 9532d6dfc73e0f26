using System.Text;
using FhirHub.Fhir.Definitions;
using FhirHub.Fhir.Documents;
using FhirHub.Generators;

namespace FhirHub.Unit.Documents;

// Properties that hold for every valid document, tried on a few random ones of each resource type.
[TestClass]
public sealed class RandomDocumentTests
{
    const int SeedsPerType = 3;

    static IEnumerable<object[]> Types => RandomDocuments.Types.Select(type => new object[] { type.Name });

    [TestMethod]
    [DynamicData(nameof(Types))]
    public void What_the_definitions_allow_is_accepted_and_survives_JSON_and_XML(string type)
    {
        for (var seed = 0; seed < SeedsPerType; seed++)
        {
            var json = RandomDocuments.Json(FhirSchema.R4[type], seed);
            var problem = RoundTrip.Problem(json);
            Assert.IsNull(problem, $"{type}, seed {seed}: {problem}\n{Encoding.UTF8.GetString(json)}");
        }
    }

    [TestMethod]
    [DynamicData(nameof(Types))]
    public void Every_element_of_every_resource_type_is_reached(string type)
    {
        var missing = FhirSchema.R4[type].Elements.Select(element => element.Name).ToHashSet(StringComparer.Ordinal);
        for (var seed = 0; seed < 100 && missing.Count > 0; seed++)
        {
            foreach (var child in FhirDocument.ParseJson(RandomDocuments.Json(FhirSchema.R4[type], seed)).Root.Children)
            {
                missing.Remove(child.Name);
            }
        }

        Assert.IsEmpty(missing, string.Join(' ', missing));
    }
}
