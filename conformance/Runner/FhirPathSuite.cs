using System.Xml.Linq;
using FhirHub.Fhir.Documents;
using FhirHub.Fhir.FhirPath;

namespace FhirHub.Conformance;

/// <summary>Runs the official FHIRPath suite: https://github.com/HL7/FHIRPath/tree/master/tests</summary>
static class FhirPathSuite
{
    const string Suite = "tests-fhir-r4.xml";

    // The suite holds as() to one item, as the specification does; R4's own expressions need the looser rule.
    static readonly FhirPathEnvironment Environment = new() { AsTakesMany = false };

    internal static int Run(string folder)
    {
        var argued = ArguedTests.Read("fhirpath-r4.tsv");
        var inputs = new Dictionary<string, FhirDocument?>(StringComparer.Ordinal);
        var (passed, failed, skipped) = (0, 0, 0);
        foreach (var element in XDocument.Load(Path.Combine(folder, Suite)).Descendants("test"))
        {
            var test = FhirPathTest.Read(element);
            var input = Load(folder, test.InputFile, inputs);
            var actual = Outcome.Of(test, input, Environment);
            if (argued.TryGetValue(test.Name, out var argument) && actual.Text == argument.Expected)
            {
                skipped++;
                Console.WriteLine($"{test.Name}: differs, argued: {argument.Reason}");
            }
            else if (test.Accepts(actual))
            {
                passed++;
            }
            else
            {
                failed++;
                Console.WriteLine($"{test.Name}: {test.Expression}");
                Console.WriteLine($"  expected {test.Expected}");
                Console.WriteLine($"  actual   {actual.Text}");
            }
        }

        Console.WriteLine($"{passed} passed, {failed} failed, {skipped} skipped");
        return failed == 0 ? 0 : 1;
    }

    /// <summary>The input of a test, if it has one. Not all of them are valid FHIR, and none needs to be.</summary>
    static FhirDocument? Load(string folder, string? file, Dictionary<string, FhirDocument?> inputs)
    {
        if (file is null)
        {
            return null;
        }

        if (!inputs.TryGetValue(file, out var input))
        {
            var bytes = File.ReadAllBytes(Path.Combine(folder, file));
            var isXml = file.EndsWith(".xml", StringComparison.Ordinal);
            var result = isXml
                ? FhirDocument.ParseXml(bytes, ParseOptions.Lenient)
                : FhirDocument.ParseJson(bytes, ParseOptions.Lenient);
            inputs[file] = input = result.OrThrow();
        }

        return input;
    }
}
