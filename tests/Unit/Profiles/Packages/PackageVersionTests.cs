using FhirHub.Profiles.Packages;

namespace FhirHub.Unit.Profiles.Packages;

[TestClass]
public sealed class PackageVersionTests
{
    [TestMethod]
    [DataRow("1.9.0", "1.10.0")]
    [DataRow("1.0.0-ballot", "1.0.0")]
    [DataRow("1.0.0-a", "1.0.0-b")]
    [DataRow("1.0", "1.0.1")]
    [DataRow(null, "0.1")]
    public void The_later_version_is_found_by_numbers_and_labels(string? earlier, string later)
    {
        Assert.IsLessThan(0, PackageVersion.Compare(earlier, later));
        Assert.IsGreaterThan(0, PackageVersion.Compare(later, earlier));
        Assert.AreEqual(0, PackageVersion.Compare(later, later));
    }

    [TestMethod]
    [DataRow("1.2.3", "1.2.3", true)]
    [DataRow("1.2.3", "1.2.x", true)]
    [DataRow("1.20.3", "1.2.x", false)]
    [DataRow("1.2.3", "1.2.4", false)]
    [DataRow("1.2.3", "latest", true)]
    public void A_dependency_names_one_version_or_all_of_a_row(string version, string wanted, bool satisfies) =>
        Assert.AreEqual(satisfies, PackageVersion.Satisfies(version, wanted));
}
