using System.Globalization;
using FhirHub.Fhir.Ucum;

namespace FhirHub.Unit.Ucum;

/// <summary>The cache of parsed units: shared, bounded and safe to use from many threads.</summary>
[TestClass]
public sealed class UcumCaching
{
    [TestMethod]
    public void The_same_code_parses_once() =>
        Assert.AreSame(Units.Parse("mg/dL{cached}"), Units.Parse("mg/dL{cached}"));

    [TestMethod]
    public void Units_of_the_same_code_are_equal()
    {
        Assert.AreEqual(Units.Parse("mg"), Units.Parse("mg"));
        Assert.AreNotEqual(Units.Parse("mg"), Units.Parse("g"));
        Assert.AreEqual("mg", Units.Parse("mg").ToString());
    }

    [TestMethod]
    public void The_cache_forgets_what_is_not_used_and_keeps_what_is()
    {
        var cache = new UcumCache(generationSize: 100);
        var used = Units.Parse("m");
        cache.Add(used);
        for (var index = 1; index <= 1000; index++)
        {
            cache.Add(Units.Parse(index.ToString(CultureInfo.InvariantCulture)));
            Assert.AreSame(used, cache.Find("m"));
            Assert.IsLessThanOrEqualTo(200, cache.Count);
        }
        Assert.IsNull(cache.Find("1"));
    }

    [TestMethod]
    public void Many_threads_parse_the_same_and_different_codes_at_once()
    {
        var wrong = 0;
        Parallel.For(0, 50_000, new ParallelOptions { MaxDegreeOfParallelism = 16 }, index =>
        {
            var number = (index % 6000) + 1;
            var code = string.Create(CultureInfo.InvariantCulture, $"{number}.mg/dL");
            if (!UcumUnit.TryParse(code, out var unit, out _)
                || !unit.TryConvert(1, Units.Parse("g/m3"), out var result) || result != number * 10)
                Interlocked.Increment(ref wrong);
        });
        Assert.AreEqual(0, wrong);
    }
}
