using System.Text;
using FhirHub.Core.Search;
using FhirHub.Storage.Sql;

namespace FhirHub.Unit.Storage;

/// <summary>The codes of a value set, sorted to be asked about.</summary>
[TestClass]
public sealed class TokenSetTests
{
    const string Loinc = "http://loinc.org";

    [TestMethod]
    public void A_code_is_in_the_set_with_its_system_and_in_any_case()
    {
        var set = TokenSet.Of(
            [new TokenCode(Loinc, "A1"), new TokenCode("urn:x", "A1"), new TokenCode(null, "any"), new TokenCode("", "none"),
             new TokenCode("urn:unknown", "u"), new TokenCode(Loinc, "汉")], Numbers((Loinc, 7), ("urn:x", 8)));
        Assert.IsTrue(Has(set, "a1", 7) && Has(set, "a1", 8));
        Assert.IsFalse(Has(set, "a1", 9) || Has(set, "a1", 0) || Has(set, "a", 7) || Has(set, "a11", 7) || Has(set, "", 7));
        Assert.IsTrue(Has(set, "a1", -1), "a system that nothing states may be the one");
        Assert.IsTrue(Has(set, "any", 7) && Has(set, "any", 0));
        Assert.IsTrue(Has(set, "none", 0));
        Assert.IsFalse(Has(set, "none", 7));
        Assert.IsFalse(Has(set, "u", 0) || Has(set, "u", 7), "no row has a system that the store does not know");
        Assert.IsTrue(Has(set, "汉", 7));
    }

    [TestMethod]
    public void Any_set_answers_as_a_list_does()
    {
        for (var seed = 1; seed <= 50; seed++)
        {
            var random = new Random(seed);
            var codes = Enumerable.Range(0, random.Next(200))
                .Select(_ => new TokenCode(random.Next(2) == 0 ? Loinc : "urn:x", $"{random.Next(300):x}")).ToList();
            var set = TokenSet.Of(codes, Numbers((Loinc, 7), ("urn:x", 8)));
            for (var code = 0; code < 300; code++)
            {
                Assert.AreEqual(codes.Contains(new TokenCode(Loinc, $"{code:x}")), Has(set, $"{code:x}", 7), $"seed {seed}, {code:x}");
            }
        }
    }

    [TestMethod]
    public void A_set_is_made_once_and_again_when_a_system_has_come_to_have_another_number()
    {
        List<TokenCode> codes = [new TokenCode(Loinc, "a")];
        var before = TokenSet.Of(codes, Numbers());
        Assert.AreSame(before, TokenSet.Of(codes, Numbers()));
        Assert.IsFalse(Has(before, "a", 7));
        var after = TokenSet.Of(codes, Numbers((Loinc, 7)));
        Assert.IsTrue(Has(after, "a", 7));
        Assert.AreEqual("""[["a",7]]""", after.List);
    }

    static bool Has(TokenSet set, string code, long system) =>
        TokenSet.Has(set.Sorted, Encoding.UTF8.GetBytes(code), system);

    static IndexNumbers Numbers(params (string Text, int Number)[] names) => new(
        _ => 0, (_, _) => 0, text => names.FirstOrDefault(name => name.Text == text).Number,
        _ => new Dictionary<string, SharedValues>());
}
