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
            if (!TryLoad(folder, test.InputFile, inputs, out var input))
            {
                skipped++;
                continue;
            }

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
                Console.WriteLine($"{test.Name}: {test.Expression}\n  expected {test.Expected}\n  actual   {actual.Text}");
            }
        }

        Console.WriteLine($"{passed} passed, {failed} failed, {skipped} skipped");
        return failed == 0 ? 0 : 1;
    }

    /// <summary>The input of a test; null for a test without one, false for a format that is not read here yet.</summary>
    static bool TryLoad(
        string folder, string? file, Dictionary<string, FhirDocument?> inputs, out FhirDocument? input)
    {
        input = null;
        if (file is null || inputs.TryGetValue(file, out input))
        {
            return true;
        }

        var bytes = File.ReadAllBytes(Path.Combine(folder, file));
        if (!file.EndsWith(".json", StringComparison.Ordinal))
        {
            return false;
        }

        inputs[file] = input = FhirDocument.ParseJson(bytes);
        return true;
    }
}
