using FhirHub.Core.Search;
using FhirHub.Fhir.Definitions;
using FhirHub.Fhir.Documents;
using static FhirHub.Unit.Search.Extracting;

namespace FhirHub.Unit.Search;

/// <summary>
/// The plans against the FHIRPath evaluator: two ways to the same values, for every parameter of every type.
/// </summary>
[TestClass]
public sealed class PlanEquivalenceTests
{
    const int ResourcesPerType = 4;

    // The evaluator takes DateTime for a type of its own; the plan reads it as the dateTime that is meant.
    static readonly ParameterCatalog Catalog = ParameterCatalog.R4.With(ParameterCatalog.R4.All
        .Where(p => p.Components.Any(c => c.Expression.Contains("DateTime", StringComparison.Ordinal)))
        .Select(p => p with
        {
            Components = [.. p.Components.Select(c => c with { Expression = c.Expression.Replace("as(DateTime)", "as(dateTime)", StringComparison.Ordinal) })],
        }));

    static IEnumerable<object[]> Types =>
        FhirSchema.R4.Types.Where(t => t.IsResource && !t.IsAbstract).Select(t => new object[] { t.Name });

    [TestMethod]
    [DynamicData(nameof(Types))]
    public void A_plan_finds_what_the_evaluator_finds(string typeName)
    {
        var type = FhirSchema.R4[typeName];
        for (var seed = 0; seed < ResourcesPerType; seed++)
        {
            var bytes = new GeneratedResources(seed).Make(type);
            var document = FhirDocument.ParseJson(bytes, ParseOptions.Lenient).OrThrow();
            var extraction = R4.Extract(document);
            Assert.IsEmpty(extraction.Problems);
            foreach (var parameter in Catalog.Of(typeName).Where(p => p.Expression is not null))
            {
                AreSame(parameter, document, Of(extraction, parameter.Code), seed);
            }
        }
    }

    [TestMethod]
    public void The_generated_resources_have_values_for_nearly_every_parameter()
    {
        var found = new HashSet<string>();
        foreach (var type in FhirSchema.R4.Types.Where(t => t.IsResource && !t.IsAbstract))
        {
            for (var seed = 0; seed < ResourcesPerType; seed++)
            {
                var bytes = new GeneratedResources(seed).Make(type);
                var document = FhirDocument.ParseJson(bytes, ParseOptions.Lenient).OrThrow();
                found.UnionWith(R4.Extract(document).Entries.Select(e => e.Parameter.Url));
            }
        }

        Assert.IsGreaterThan(1_250, found.Count);
    }

    static void AreSame(SearchParameterSchema parameter, FhirDocument document, string[] planned, int seed)
    {
        var sink = new EntrySink(SearchZone.China);
        GeneralParameter.For(parameter, Catalog).Extract(document, new Tape(document), sink);
        Assert.IsEmpty(sink.Problems, parameter.Url);

        // The evaluator goes branch by branch through a union and drops equal items; the plan goes by document order.
        string[] evaluated = [.. sink.Entries.Select(e => Show(e.Value)).Distinct().Order(StringComparer.Ordinal)];
        string[] expected = [.. planned.Distinct().Order(StringComparer.Ordinal)];
        Assert.AreEqual(
            string.Join('\n', evaluated), string.Join('\n', expected), $"{parameter.Url} of seed {seed}: {parameter.Expression}");
    }
}
