using FhirHub.Core.Search;
using FhirHub.Fhir.Definitions;

namespace FhirHub.Unit.Search;

// https://hl7.org/fhir/R4/search.html#revinclude
[TestClass]
public sealed class IncludeTests
{
    static readonly SearchParameterSchema Friend = new(
        "http://example.org/friend",
        "friend",
        "friend",
        SearchParameterType.Reference,
        "Patient.link.other",
        ["Patient"],
        ["Patient"],
        []);

    static readonly ParameterCatalog Building = ParameterCatalog.R4.WithUnfinished(
        [(new CustomDefinition("friend", Friend), () => "3 of 10")]);

    [TestMethod]
    [DataRow("_include=*", 1)]
    [DataRow("_include=Patient:*", 1)]
    [DataRow("_revinclude=*", 1)]
    [DataRow("_include=*&_include:iterate=Patient:*", 1)]
    [DataRow("_include=Patient:link", 0)]
    [DataRow("_revinclude=Observation:*", 0)]
    public void What_an_asterisk_cannot_follow_yet_is_told(string search, int count)
    {
        var parser = new SearchParser(Building, SearchZone.China, TimeProvider.System);
        var request = parser.Parse("t", "Patient", ConditionalQuery.Pairs(search), isLenient: false);
        Assert.HasCount(count, request.Ignored);
        if (count > 0)
        {
            StringAssert.Contains(request.Ignored[0].Text, "'friend' on Patient is still being built (3 of 10)");
            StringAssert.StartsWith(request.Ignored[0].Text, "'*' leaves out a reference");
        }
    }
}
