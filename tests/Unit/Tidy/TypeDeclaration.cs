using System.Text.RegularExpressions;

namespace FhirHub.Unit.Tidy;

/// <summary>A type as a C# file declares it; Depth counts the types around it.</summary>
sealed record TypeDeclaration(string Name, string Kind, string Modifiers, int Position, int Depth, string Bases)
{
    const string Modifier =
        "public|internal|private|protected|file|sealed|static|abstract|partial|readonly|ref|unsafe|new";

    const string Pattern =
        $@"^[ \t]*(?:\[[^\]\n]*\]\s*)*(?<modifiers>(?:(?:{Modifier})\s+)*)"
        + @"(?:(?<kind>class|struct|interface|enum|record(?:\s+class|\s+struct)?)\s+(?<name>\w+)"
        + @"|(?<kind>delegate)\s+[\w<>\[\],?. ]+?\s(?<name>\w+)\s*(?:<[\w, ]+>)?\s*\()";

    static readonly Regex Declaration = new(Pattern, RegexOptions.Multiline);

    internal bool IsRecord => Kind.StartsWith("record", StringComparison.Ordinal);
    internal bool IsPartial => Modifiers.Contains("partial", StringComparison.Ordinal);

    /// <summary>A nested type without a modifier is private; a top-level one is internal.</summary>
    internal bool IsSeenFromOutside =>
        Depth == 0 || Modifiers.Contains("public", StringComparison.Ordinal)
        || Modifiers.Contains("internal", StringComparison.Ordinal);

    internal static IEnumerable<TypeDeclaration> In(SourceFile file)
    {
        var (code, depth, seen) = (file.CSharp.Code, 0, 0);
        foreach (Match match in Declaration.Matches(code))
        {
            foreach (var letter in code.AsSpan(seen, match.Index - seen))
            {
                depth += letter switch { '{' => 1, '}' => -1, _ => 0 };
            }

            seen = match.Index;
            var name = match.Groups["name"];
            var end = code.IndexOfAny(['{', ';'], name.Index);
            yield return new TypeDeclaration(name.Value, match.Groups["kind"].Value, match.Groups["modifiers"].Value,
                name.Index, depth, code[name.Index..(end < 0 ? code.Length : end)]);
        }
    }
}
