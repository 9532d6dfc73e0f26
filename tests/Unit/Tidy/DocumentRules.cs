using System.Text.RegularExpressions;

namespace FhirHub.Unit.Tidy;

/// <summary>What the documents claim must be so.</summary>
static class DocumentRules
{
    const int ReadmeLinesMax = 150;
    const RegexOptions Across = RegexOptions.Multiline | RegexOptions.Singleline;

    internal static IEnumerable<Finding> LongReadme(SourceFile file) =>
        file.Path is "README.md" or "README.zh-CN.md" && file.Lines.Length > ReadmeLinesMax
            ? [file.Finding(ReadmeLinesMax + 1, $"{file.Lines.Length} lines, at most {ReadmeLinesMax}")]
            : [];

    /// <summary>A backticked word with a slash or a file's extension is a path from the root, and must exist.</summary>
    internal static IEnumerable<Finding> DeadPaths(SourceFile file, Func<string, bool> exists) =>
        file.Path == "docs/architecture.md"
            ? from match in Regex.Matches(WithoutFences(file.Text), @"`([^`\n]+)`")
              let path = match.Groups[1].Value
              where LooksLikePath(path) && !exists(path)
              select file.Finding(file.LineOf(match.Index), $"{path} does not exist")
            : [];

    internal static IEnumerable<Finding> DeadLinks(SourceFile file, Func<string, bool> exists) =>
        file.IsMarkdown
            ? from match in Regex.Matches(WithoutFences(file.Text), @"\]\((?![a-z]+:|#)([^)#\s]+)(?:#[^)]*)?\)")
              let target = Resolve(file.Folders, match.Groups[1].Value)
              where !exists(target)
              select file.Finding(file.LineOf(match.Index), $"links to {target}, which does not exist")
            : [];

    /// <summary>Code in documents is code that compiles: it repeats a marked region of a source file.</summary>
    internal static IEnumerable<Finding> StaleSamples(SourceFile file, Func<string, SourceFile?> find)
    {
        if (!file.IsMarkdown)
        {
            yield break;
        }

        foreach (Match block in Regex.Matches(file.Text, @"^```(?:csharp|cs|c#)\s*\n(.*?)^```", Across))
        {
            var line = file.LineOf(block.Index);
            var marker = Regex.Match(line > 1 ? file.Lines[line - 2] : "", @"^<!-- sample: ([^#\s]+)#([\w-]+) -->$");
            if (!marker.Success)
            {
                yield return file.Finding(line, "code without <!-- sample: path#name --> on the line before it");
            }
            else if (Region(find(marker.Groups[1].Value), marker.Groups[2].Value) is not { } region)
            {
                yield return file.Finding(line, $"no sample {marker.Groups[2].Value} in {marker.Groups[1].Value}");
            }
            else if (region != block.Groups[1].Value.TrimEnd())
            {
                yield return file.Finding(line, $"differs from {marker.Groups[2].Value} in {marker.Groups[1].Value}");
            }
        }
    }

    /// <summary>An interaction opens with the address of the section it implements.</summary>
    internal static IEnumerable<Finding> InteractionsWithoutSpec(SourceFile file) =>
        file.IsCSharp && file.IsUnder("src/FhirServer/Host/Interactions")
            && !Regex.IsMatch(BeforeFirstType(file), @"https?://hl7\.org/fhir/R4/\w+")
            ? [file.Finding(1, "does not open with the address of the section it implements")]
            : [];

    internal static IEnumerable<Finding> UndocumentedOptions(SourceFile options, string configuration) =>
        from match in Regex.Matches(options.CSharp.Code, @"\b(\w+)\s*\{\s*get;\s*(?:init|set);")
        let name = match.Groups[1].Value
        where !Regex.IsMatch(configuration, $@"\b{name}\b")
        select options.Finding(options.LineOf(match.Index), $"{name} is not in docs/configuration.md");

    static bool LooksLikePath(string text) =>
        Regex.IsMatch(text, @"^[\w.-][\w./-]*$") && !Regex.IsMatch(text, @"^\d+/\d+$")
        && (text.Contains('/') || Regex.IsMatch(text, @"^[\w.-]*\w\.(cs|csproj|props|targets|sln|json|md|txt)$"));

    static string Resolve(string[] folders, string link)
    {
        var parts = link.StartsWith('/') ? [] : folders.ToList();
        foreach (var part in link.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(part => part != "."))
        {
            if (part != "..")
            {
                parts.Add(part);
            }
            else if (parts.Count > 0)
            {
                parts.RemoveAt(parts.Count - 1);
            }
        }

        return string.Join('/', parts);
    }

    // Blanked, not cut: line numbers stay right.
    static string WithoutFences(string text) =>
        Regex.Replace(text, @"^```.*?^```", fence => new string('\n', fence.Value.Count(c => c == '\n')),
            Across);

    static string BeforeFirstType(SourceFile file) =>
        TypeDeclaration.In(file).FirstOrDefault() is { } type ? file.Text[..type.Position] : file.Text;

    static string? Region(SourceFile? file, string name)
    {
        var lines = file?.Lines ?? [];
        var start = Array.FindIndex(lines, line => line.Trim() == $"// sample: {name}");
        var end = start < 0 ? -1 : Array.FindIndex(lines, start, line => line.Trim() == "// end");
        if (end < 0)
        {
            return null;
        }

        var region = lines[(start + 1)..end];
        var indent = region.Where(line => line.Trim().Length > 0).Select(line => line.Length - line.TrimStart().Length)
            .DefaultIfEmpty().Min();
        return string.Join('\n', region.Select(line => line.Length < indent ? "" : line[indent..])).TrimEnd();
    }
}
