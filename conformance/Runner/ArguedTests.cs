namespace FhirHub.Conformance;

/// <summary>Tests whose published expectation contradicts the specification: what is right instead, and why.</summary>
static class ArguedTests
{
    internal sealed record Argument(string Expected, string Reason);

    internal static Dictionary<string, Argument> Read(string file) =>
        File.ReadLines(Path.Combine(AppContext.BaseDirectory, "expected", file))
            .Where(line => line.Length > 0 && line[0] != '#')
            .Select(line => line.Split('\t'))
            .ToDictionary(parts => parts[0], parts => new Argument(parts[1], parts[2]), StringComparer.Ordinal);
}
