using System.Text;
using FhirHub.Generators;

namespace FhirHub.Unit.Documents;

// A small share of what the conformance runner does a million times, here with the engine's assertions on.
[TestClass]
public sealed class DamagedDocumentTests
{
    const int Seed = 1;
    const int Count = 2_500;

    [TestMethod]
    public void No_damage_breaks_a_parse_and_what_a_lenient_one_keeps_is_valid()
    {
        var corpus = FuzzCorpus.From([]);
        for (var index = 0; index < Count; index++)
        {
            var one = FuzzCase.Make(corpus, Seed, index);
            one.Run();
            Assert.IsNull(one.Problem, $"seed {Seed}, index {index}: {one.Problem}\n{Encoding.UTF8.GetString(one.Bytes)}");
        }
    }
}
