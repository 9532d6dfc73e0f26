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
    // As many resources as it takes until each parameter had a value to agree on.
    const int SeedsMin = 3;
    const int SeedsMax = 200;

    static IEnumerable<object[]> Types =>
        FhirSchema.R4.Types.Where(t => t.IsResource && !t.IsAbstract).Select(t => new object[] { t.Name });

    [TestMethod]
    [DynamicData(nameof(Types))]
    public void A_plan_finds_what_the_evaluator_finds(string typeName)
    {
        var parameters = ParameterCatalog.R4.Of(typeName).Where(p => p.Expression is not null).ToList();
        var unseen = parameters.ToHashSet();
        for (var seed = 0; seed < SeedsMin || (unseen.Count > 0 && seed < SeedsMax); seed++)
        {
            var bytes = new GeneratedResources(seed).Make(FhirSchema.R4[typeName]);
            var document = FhirDocument.ParseJson(bytes, ParseOptions.Lenient).OrThrow();
            var extraction = R4.Extract(document);
            Assert.IsEmpty(extraction.Problems);
            foreach (var parameter in parameters)
            {
                AreSame(parameter, document, Of(extraction, parameter.Code), seed);
            }

            unseen.ExceptWith(extraction.Entries.Where(e => e.Within is null).Select(e => e.Parameter));
        }

        Assert.IsEmpty(unseen, "Nothing generated has a value for " + string.Join(' ', unseen.Select(p => p.Code)));
    }

    static void AreSame(SearchParameterSchema parameter, FhirDocument document, string[] planned, int seed)
    {
        var sink = new EntrySink(SearchZone.China);
        GeneralParameter.For(parameter, ParameterCatalog.R4).Extract(document, new Tape(document), sink);
        Assert.IsEmpty(sink.Problems, parameter.Url);

        // The evaluator goes branch by branch through a union and drops equal items; the plan goes by document order.
        string[] evaluated =
        [
            .. sink.Entries.Where(e => e.Value is not SearchValue.String { Form: not StringForm.Written })
                .Select(e => Show(e.Value)).Distinct().Order(StringComparer.Ordinal),
        ];
        string[] expected = [.. planned.Distinct().Order(StringComparer.Ordinal)];
        Assert.AreEqual(
            string.Join('\n', evaluated), string.Join('\n', expected), $"{parameter.Url} of seed {seed}: {parameter.Expression}");
    }
}
