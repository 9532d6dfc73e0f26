using FhirHub.Core.Model;
using FhirHub.Core.Storage;
using FhirHub.Core.Terminology;
using FhirHub.Core.Validation;
using FhirHub.Fhir.Documents;
using FhirHub.Profiles;
using FhirHub.Profiles.Library;
using FhirHub.Terminology;

namespace FhirHub.Conformance;

/// <summary>Every published example conforms, but for what is listed.</summary>
static class ValidationSuite
{
    const string Listed = "r4-examples-findings.tsv";

    internal static async Task<int> RunAsync(string tarball)
    {
        var files = ExamplePackage.Read(tarball);
        var expected = ExpectedFindings.Read(Listed);
        var validator = Validator(static (_, _) => null);
        var failures = new List<string>();
        var passed = 0;
        foreach (var (name, json) in files)
        {
            // What is wrong in structure and format the suite of examples lists; here the rest of them counts.
            if (FhirDocument.ParseJson(json, ParseOptions.Lenient).Document is not { } document)
            {
                continue;
            }

            var before = failures.Count;
            foreach (var issue in (await ValidateAsync(validator, document)).Where(issue => issue.IsError))
            {
                var place = ExpectedFindings.Plain(issue.Expression);
                if (!expected.Has(name, issue.MessageId, place))
                {
                    failures.Add($"{name}: {issue.MessageId} {issue.Expression}: {issue.Text}");
                }
            }

            passed += failures.Count == before ? 1 : 0;
        }

        failures.AddRange(expected.Unseen.Select(key => $"{key}: listed in {Listed}, but not found"));
        failures.ForEach(Console.WriteLine);
        Console.WriteLine($"{passed} passed, {failures.Count} failed, 0 skipped");
        return failures.Count == 0 ? 0 : 1;
    }

    internal static async ValueTask<IReadOnlyList<ValidationIssue>> ValidateAsync(
        ProfileValidator validator, FhirDocument document)
    {
        var request = new ValidationRequest(document.Root, Caller.Open) { ChecksBestPractice = false };
        return (await validator.ValidateAsync(request, CancellationToken.None)).Issues;
    }

    /// <summary>A validator that knows what ships with the hub and what packages bring.</summary>
    internal static ProfileValidator Validator(Func<string, string, FhirDocument?> packaged)
    {
        var nothing = new NoStore();
        var codes = new TerminologyChanges();
        return new ProfileValidator(
            new ProfileSources { Packaged = packaged },
            new HubTerminology(
                nothing,
                nothing,
                TimeProvider.System,
                new TerminologyOptions { BelievedSeconds = 3600, Packaged = packaged },
                codes,
                new UnmappedCodes(TimeProvider.System)),
            TimeProvider.System,
            new ProfileOptions(),
            new ProfileChanges(),
            codes);
    }
}
