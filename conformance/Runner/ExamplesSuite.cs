using System.Collections.Concurrent;
using FhirHub.Fhir.Definitions;
using FhirHub.Fhir.Documents;
using FhirHub.Generators;

namespace FhirHub.Conformance;

/// <summary>
/// Every published example is accepted and goes through JSON and XML unchanged, but for those listed as breaking the
/// specification, which fail with exactly the issues listed. Types without an example are covered by generated ones.
/// </summary>
static class ExamplesSuite
{
    const string Listed = "r4-examples-invalid.tsv";
    const int GeneratedPerType = 20;

    internal static int Run(string tarball)
    {
        var files = ExamplePackage.Read(tarball);
        var expected = ReadExpected();
        var failures = new ConcurrentBag<string>();
        var seen = new ConcurrentDictionary<string, int>(StringComparer.Ordinal);
        Parallel.ForEach(files, file =>
        {
            var problem = expected.TryGetValue(file.Name, out var listed)
                ? ListedProblem(file.Json, listed)
                : RoundTrip.Problem(file.Json);
            if (problem is not null)
            {
                failures.Add($"{file.Name}: {problem}");
            }

            Count(file.Json, seen);
        });
        foreach (var name in expected.Keys.Except(files.Select(file => file.Name)))
        {
            failures.Add($"{name}: listed in {Listed}, but not in the package");
        }

        var types = RandomDocuments.Types.Where(type => !seen.ContainsKey(type.Name)).ToArray();
        Console.WriteLine($"{files.Count} examples of {seen.Count} of {RandomDocuments.Types.Count} resource types, "
            + $"{expected.Count} of them invalid as listed.");
        Console.WriteLine("No example, so generated ones instead: " + string.Join<TypeSchema>(' ', types));
        var seeds = Enumerable.Range(0, GeneratedPerType);
        var generated = types.SelectMany(type => seeds.Select(seed => (type, seed))).ToArray();
        Parallel.ForEach(generated, one =>
        {
            if (RoundTrip.Problem(RandomDocuments.Json(one.type, one.seed)) is { } problem)
            {
                failures.Add($"{one.type.Name}, generated with seed {one.seed}: {problem}");
            }
        });

        foreach (var failure in failures.Order(StringComparer.Ordinal))
        {
            Console.WriteLine(failure);
        }

        var passed = files.Count + generated.Length - failures.Count;
        Console.WriteLine($"{passed} passed, {failures.Count} failed, 0 skipped");
        return failures.IsEmpty ? 0 : 1;
    }

    /// <summary>Every line: a file, the FHIRPath of one issue it has, and why that breaks the specification.</summary>
    static Dictionary<string, string[]> ReadExpected() =>
        File.ReadLines(Path.Combine(AppContext.BaseDirectory, "expected", Listed))
            .Where(line => line.Length > 0 && line[0] != '#')
            .Select(line => line.Split('\t'))
            .GroupBy(fields => fields[0], fields => fields[1], StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.ToArray(), StringComparer.Ordinal);

    static string? ListedProblem(byte[] json, string[] listed)
    {
        var result = FhirDocument.ParseJson(json, ParseOptions.Strict);
        var found = result.Issues.Select(issue => issue.Expression ?? "").ToArray();
        return result.Document is not null ? $"is accepted; {Listed} says it is invalid"
            : found.Order(StringComparer.Ordinal).SequenceEqual(listed.Order(StringComparer.Ordinal)) ? null
            : $"other issues than in {Listed}:\n  " + string.Join("\n  ", result.Issues);
    }

    static void Count(byte[] json, ConcurrentDictionary<string, int> seen)
    {
        if (FhirDocument.ParseJson(json, ParseOptions.Lenient).Document is { } document)
        {
            seen.AddOrUpdate(document.Type.Name, 1, (_, count) => count + 1);
        }
    }
}
