using System.Globalization;
using System.Text;
using FhirHub.Fhir.Documents;

namespace FhirHub.Unit;

[TestClass]
public sealed class ReadmeTests
{
    [TestMethod]
    public void The_parse_sample_reads_a_family_name()
    {
        var utf8Json = """{"resourceType":"Patient","name":[{"family":"Chalmers","given":["Peter"]}]}"""u8.ToArray();

        // sample: parse
        var patient = FhirDocument.ParseJson(utf8Json).Root;
        var family = patient.At("name.family").Text;
        // end

        Assert.AreEqual("Chalmers", family);
    }

    [TestMethod]
    public void The_issues_sample_names_the_element_and_its_place()
    {
        var utf8Json = """{"resourceType":"Patient","birthDate":"1974-13-45"}"""u8.ToArray();
        var log = new StringBuilder();

        // sample: issues
        var result = FhirDocument.ParseJson(utf8Json, ParseOptions.Strict);
        foreach (var issue in result.Issues)
        {
            log.AppendLine(CultureInfo.InvariantCulture, $"{issue.Line}:{issue.Column} {issue.Expression}: {issue.Text}");
        }
        // end

        StringAssert.StartsWith(log.ToString(), "1:", StringComparison.Ordinal);
        StringAssert.Contains(log.ToString(), "Patient.birthDate", StringComparison.Ordinal);
        Assert.IsNull(result.Document);
    }
}
