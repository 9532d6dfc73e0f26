using System.Text.RegularExpressions;
using FhirHub.EndToEnd.Hub;
using static System.Net.HttpStatusCode;

namespace FhirHub.EndToEnd.Terminology;

/// <summary>The examples of docs/terminology.md, as they stand there.</summary>
[TestClass]
public sealed partial class DocumentTests
{
    const string Base = "http://127.0.0.1:8080/fhir/";

    [TestMethod]
    public async Task Every_example_is_answered()
    {
        var text = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs", "terminology.md"));
        var map = Body().Match(text).Groups[1].Value;
        (await SharedHub.Fhir.PutAsync("ConceptMap/sex", map)).Expect(Created);
        var asked = Question().Matches(text).Select(match => match.Groups[1].Value).ToList();
        Assert.HasCount(5, asked);
        foreach (var address in asked)
        {
            var answer = (await SharedHub.Fhir.GetAsync(address[Base.Length..])).Expect(OK);
            Assert.DoesNotContain("\"result\",\"valueBoolean\":false", answer.Text, address);
        }
    }

    [GeneratedRegex("curl -s '([^']+)'")]
    private static partial Regex Question();

    [GeneratedRegex("-d '([^']+)'")]
    private static partial Regex Body();
}
