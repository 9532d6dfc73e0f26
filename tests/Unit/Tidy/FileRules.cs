using System.Text.RegularExpressions;

namespace FhirHub.Unit.Tidy;

/// <summary>What any file may hold: its size, its leftovers, and where it may lie.</summary>
static class FileRules
{
    internal const int LinesMax = 500;
    internal const int ColumnsMax = 120;

    const string Folders = @"(?<![\w.])/(work|root|home)/\w|(?<![\w.])/Users/\w";
    const string PackageServers = @"://[\w.-]*\b(registry|npmjs|nuget|mirror|proxy|artifactory|nexus)\b";

    static readonly string[] BannedFolders =
        ["Services", "Managers", "Helpers", "Common", "Utils", "Abstractions", "Dtos"];

    internal static IEnumerable<Finding> LongFiles(SourceFile file) =>
        file.IsCSharp && file.Lines.Length > LinesMax && !Allowed.LongFiles.ContainsKey(file.Path)
            ? [file.Finding(LinesMax + 1, $"{file.Lines.Length} lines, at most {LinesMax}")]
            : [];

    /// <summary>
    /// A literal at the end of a line is data and may be as wide as the data is; in a test, one before the end as well.
    /// </summary>
    internal static IEnumerable<Finding> WideLines(SourceFile file)
    {
        if (!IsWrittenByHand(file) || Allowed.WideFiles.ContainsKey(file.Path))
        {
            return [];
        }

        var shown = file.IsCSharp ? file.CSharp.WithoutLiterals.Split('\n') : file.Lines;
        var isTest = file.IsUnder("tests");
        return
            from line in shown.Index()
            where line.Item.TrimEnd().Length > ColumnsMax
                && !(isTest && line.Item.Trim().Replace("  ", "", StringComparison.Ordinal).Length < ColumnsMax)
            select file.Finding(line.Index + 1, $"wider than {ColumnsMax} columns");
    }

    internal static IEnumerable<Finding> BannedFolderNames(SourceFile file) =>
        from folder in file.Folders
        where BannedFolders.Contains(folder)
        select file.Finding(1, $"a folder named {folder} says nothing about the product");

    internal static IEnumerable<Finding> Regions(SourceFile file) =>
        InCode(file, @"^\s*#\s*region\b", "a file that needs regions needs to be two files");

    internal static IEnumerable<Finding> NullableDisabled(SourceFile file) =>
        InCode(file, @"^\s*#\s*nullable\s+disable\b", "nullable stays on");

    internal static IEnumerable<Finding> NotImplemented(SourceFile file) =>
        InCode(file, @"\bNotImplementedException\b", "finish it, or leave it out");

    internal static IEnumerable<Finding> SilentPragmas(SourceFile file)
    {
        if (!file.IsCSharp)
        {
            yield break;
        }

        var comments = file.CSharp.Comments.Split('\n');
        foreach (var pragma in InCode(file, @"^\s*#\s*pragma\s+warning\s+disable\b", "no reason beside it"))
        {
            var reasons = comments[(pragma.Line - 1)..Math.Min(pragma.Line + 1, comments.Length)];
            if (reasons.All(string.IsNullOrWhiteSpace))
            {
                yield return pragma;
            }
        }
    }

    /// <summary>What is left to do carries an issue id: a word, then (#123) or #123.</summary>
    internal static IEnumerable<Finding> LooseEnds(SourceFile file) =>
        IsWrittenByHand(file)
            ? Matches(file, file.IsCSharp ? file.CSharp.Comments : file.Text,
                @"\b(TODO|FIXME|HACK)\b(?!:?\s*\(?#\d+)", "an intention without an issue id")
            : [];

    /// <summary>The project stands alone: no machine's folders, no package server's address.</summary>
    internal static IEnumerable<Finding> PlacesOfOneMachine(SourceFile file) =>
        Matches(file, file.Text, Folders, "a folder of one machine")
            .Concat(Matches(file, file.Text, PackageServers, "the address of a package server"));

    internal static IEnumerable<Finding> Matches(SourceFile file, string view, string pattern, string text) =>
        from match in Regex.Matches(view, pattern, RegexOptions.Multiline)
        select file.Finding(file.LineOf(match.Index + match.Length), $"{match.Value.Trim()}: {text}");

    static IEnumerable<Finding> InCode(SourceFile file, string pattern, string text) =>
        file.IsCSharp ? Matches(file, file.CSharp.Code, pattern, text) : [];

    static bool IsWrittenByHand(SourceFile file) =>
        file.IsCSharp || file.IsBuildFile || file.IsUnder("scripts") || file.IsUnder(".ci")
        || file.Name is "Makefile" or "Dockerfile";
}
