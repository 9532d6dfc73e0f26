using FhirHub.Core.Terminology;

namespace FhirHub.Unit.Terminology.Dictionaries;

/// <summary>Counting codes that nobody has mapped, in memory.</summary>
[TestClass]
public sealed class UnmappedCodesTests
{
    [TestMethod]
    public void Codes_are_counted_by_tenant_and_system_until_they_are_taken()
    {
        var codes = new UnmappedCodes(TimeProvider.System);
        codes.Note("a", new Coding("urn:s", "1"), "first");
        codes.Note("a", new Coding("urn:s", "1"));
        codes.Note("b", new Coding("urn:s", "1"));
        codes.Note("a", new Coding("urn:t", "1"), " ");
        var taken = codes.Take();
        Assert.AreEqual(
            "a urn:s|1 first 2; a urn:t|1  1; b urn:s|1  1",
            string.Join("; ", taken.Select(one => $"{one.Tenant} {one.Coding} {one.Display} {one.Count}").Order()));
        Assert.IsEmpty(codes.Take());
        codes.Note("a", new Coding("urn:s", "1"), "later");
        codes.PutBack(taken);
        var again = codes.Take().Single(one => one.Tenant == "a" && one.Coding.System == "urn:s");
        Assert.AreEqual((3L, "later"), (again.Count, again.Display));
    }

    [TestMethod]
    public void What_can_be_no_code_is_not_counted_and_memory_has_a_bound()
    {
        var codes = new UnmappedCodes(TimeProvider.System);
        codes.Note("a", new Coding(null, "1"));
        codes.Note("a", new Coding("urn:s", ""));
        codes.Note("a", new Coding("urn:s", new string('x', 201)));
        Assert.IsEmpty(codes.Take());
        for (var i = 0; i < 30_000; i++)
        {
            codes.Note("a", new Coding("urn:s", $"{i}"));
        }

        codes.Note("a", new Coding("urn:s", "0")); // one that is known still counts
        Assert.AreEqual(10_000, codes.LeftOut);
        var taken = codes.Take();
        Assert.HasCount(20_000, taken);
        Assert.AreEqual(2, taken.Single(one => one.Coding.Code == "0").Count);
    }
}
