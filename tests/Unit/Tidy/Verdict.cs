namespace FhirHub.Unit.Tidy;

/// <summary>Applies a rule to the whole repository, or to a sample that must break or keep it.</summary>
static class Verdict
{
    internal static void Holds(Func<SourceFile, IEnumerable<Finding>> rule) =>
        AssertNone(SourceTree.Files.SelectMany(rule));

    internal static void Breaks(Func<SourceFile, IEnumerable<Finding>> rule, string path, string text) =>
        Assert.IsNotEmpty(rule(new SourceFile(path, text)), $"nothing found in {path}:\n{text}");

    internal static void Keeps(Func<SourceFile, IEnumerable<Finding>> rule, string path, string text) =>
        AssertNone(rule(new SourceFile(path, text)));

    static void AssertNone(IEnumerable<Finding> findings)
    {
        var lines = findings.Select(finding => finding.ToString()).ToList();
        Assert.IsEmpty(lines, "\n" + string.Join("\n", lines));
    }
}
