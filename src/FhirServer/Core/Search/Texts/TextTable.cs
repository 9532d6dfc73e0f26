using System.Diagnostics;

namespace FhirHub.Core.Search;

/// <summary>The rows of an embedded table of this folder.</summary>
static class TextTable
{
    internal static IEnumerable<string[]> Rows(string name)
    {
        using var rows = typeof(TextTable).Assembly.GetManifestResourceStream(name)
            ?? throw new UnreachableException($"{name} is not embedded.");
        using var reader = new StreamReader(rows);
        while (reader.ReadLine() is { } row)
        {
            // The space tells a comment from the row of the number sign.
            if (row.Length > 0 && !row.StartsWith("# ", StringComparison.Ordinal))
                yield return row.Split('\t');
        }
    }
}
