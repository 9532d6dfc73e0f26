using FhirHub.Fhir.Documents;

namespace FhirHub.Unit.Samples;

/// <summary>The checks are written anew from the standards: the generator must not check itself.</summary>
[TestClass]
public sealed class IdentifierTests
{
    const string IdentitySystem = "urn:oid:2.16.156.10011.1.3";
    const string OrganizationSystem = "urn:oid:2.16.156.10011.1.5";

    /// <summary>The counties of Hulunbuir in GB/T 2260.</summary>
    static readonly string[] Counties =
    [
        "150702", "150703", "150721", "150722", "150723", "150724", "150725", "150726", "150727", "150781", "150782",
        "150783", "150784", "150785"
    ];

    [TestMethod]
    [DataRow("11010519491231002X", true)]
    [DataRow("440524188001010014", true)]
    [DataRow("440524188001010015", false)]
    public void The_identity_check_knows_the_published_numbers(string number, bool isValid) =>
        Assert.AreEqual(isValid, IsIdentityNumber(number));

    [TestMethod]
    [DataRow("91350100M000100Y43", true)]
    [DataRow("91350100M000100Y44", false)]
    public void The_credit_check_knows_the_published_code(string code, bool isValid) =>
        Assert.AreEqual(isValid, IsCreditCode(code));

    [TestMethod]
    public void Every_patient_has_an_identity_number_of_its_own()
    {
        var numbers = RegionFiles.Of("Patient").Select(p => Identifier(p, IdentitySystem)).ToList();
        CollectionAssert.AllItemsAreUnique(numbers);
        Assert.IsTrue(numbers.All(IsIdentityNumber));
    }

    [TestMethod]
    public void Identity_numbers_agree_with_birth_date_gender_and_division()
    {
        foreach (var patient in RegionFiles.Of("Patient"))
        {
            var number = Identifier(patient, IdentitySystem);
            Assert.AreEqual(patient.At("birthDate").Text?.Replace("-", "", StringComparison.Ordinal), number[6..14]);
            Assert.AreEqual(patient.At("gender").Text, (number[16] - '0') % 2 == 0 ? "female" : "male");
            CollectionAssert.Contains(Counties, number[..6]);
        }
    }

    [TestMethod]
    public void Mothers_as_related_persons_carry_the_number_they_have_as_patients()
    {
        var patients = RegionFiles.Of("Patient").Select(p => Identifier(p, IdentitySystem)).ToHashSet();
        Assert.IsTrue(RegionFiles.Of("RelatedPerson").All(r => patients.Contains(Identifier(r, IdentitySystem))));
    }

    [TestMethod]
    public void Every_organization_has_a_valid_credit_code()
    {
        var codes = RegionFiles.Of("Organization").Select(o => Identifier(o, OrganizationSystem)).ToList();
        CollectionAssert.AllItemsAreUnique(codes);
        Assert.IsTrue(codes.All(IsCreditCode));
    }

    static string Identifier(FhirNode resource, string system) =>
        resource.All("identifier").Single(i => i.At("system").Text == system).At("value").Text ?? "";

    /// <summary>GB 11643-1999: ISO 7064 MOD 11-2 over all eighteen places leaves one.</summary>
    static bool IsIdentityNumber(string number)
    {
        var rest = number.Aggregate(0, (sum, digit) => ((sum * 2) + (digit == 'X' ? 10 : digit - '0')) % 11);
        return number.Length == 18 && rest == 1;
    }

    /// <summary>GB 32100-2015: the weighted sum of all eighteen places, powers of three, is a multiple of 31.</summary>
    static bool IsCreditCode(string code)
    {
        var sum = code.Select((letter, i) =>
            "0123456789ABCDEFGHJKLMNPQRTUWXY".IndexOf(letter, StringComparison.Ordinal)
                * (i == 17 ? 1 : (int)System.Numerics.BigInteger.ModPow(3, i, 31))).Sum();
        return code.Length == 18 && sum % 31 == 0;
    }
}
