using System.Text.RegularExpressions;

namespace FhirHub.Unit.Tidy;

/// <summary>How types are named, documented and built.</summary>
static class TypeRules
{
    internal const int ConstructorParametersMax = 6;

    static readonly string[] BannedSuffixes =
    [
        "Manager", "Helper", "Helpers", "Util", "Utils", "Utility", "Processor", "Handler", "Impl", "Base", "Wrapper",
        "Dto"
    ];

    internal static IEnumerable<Finding> BannedNames(SourceFile file) =>
        from type in Types(file)
        let reason = WhyBanned(type)
        where reason is not null
        select At(file, type, reason);

    internal static IEnumerable<Finding> UnlistedInterfaces(SourceFile file) =>
        from type in Types(file, "src")
        where type.Kind == "interface" && !Allowed.Interfaces.Contains(type.Name)
        select At(file, type, "an interface outside the list; two production implementations, or a forbidden arrow?");

    internal static IEnumerable<Finding> MissingSummaries(SourceFile file) =>
        from type in Types(file, "src")
        where type.IsSeenFromOutside && !IsAspect(file, type) && !HasSummary(file, type)
        select At(file, type, "has no summary sentence");

    /// <summary>Type.cs, or Type.Aspect.cs for a part of it.</summary>
    internal static IEnumerable<Finding> FileNames(SourceFile file) =>
        from type in Types(file).Take(1)
        where file.Name[..file.Name.IndexOf('.')] != type.Name && file.Name != "Program.cs"
        select At(file, type, $"lives in {file.Name}");

    internal static IEnumerable<Finding> TestClassFiles(SourceFile file)
    {
        if (!file.IsCSharp || !file.IsUnder("tests"))
        {
            return [];
        }

        var marks = Regex.Matches(file.CSharp.Code, @"\[\s*TestClass\b");
        var names = Types(file).Where(type => marks.Any(mark => IsMarkOf(file, mark, type))).Select(type => type.Name);
        return marks.Count switch
        {
            0 => [],
            1 => names.SequenceEqual([file.Name[..file.Name.IndexOf('.')]])
                ? []
                : [file.Finding(1, "is not named after its test class")],
            _ => [file.Finding(1, $"{marks.Count} test classes in one file")],
        };
    }

    /// <summary>Records may be as wide as their data; behaviour with seven needs is two behaviours.</summary>
    internal static IEnumerable<Finding> LongConstructors(SourceFile file) =>
        from type in Types(file)
        where !type.IsRecord && type.Kind is "class" or "struct"
        from open in ConstructorParameters(file.CSharp.Code, type)
        let count = CountParameters(file.CSharp.Code, open)
        where count > ConstructorParametersMax
        select At(file, type, $"{count} constructor parameters, at most {ConstructorParametersMax}");

    static IEnumerable<TypeDeclaration> Types(SourceFile file, string? folder = null) =>
        file.IsCSharp && (folder is null || file.IsUnder(folder)) ? TypeDeclaration.In(file) : [];

    static Finding At(SourceFile file, TypeDeclaration type, string text) =>
        file.Finding(file.LineOf(type.Position), $"{type.Name}: {text}");

    static string? WhyBanned(TypeDeclaration type)
    {
        if (Allowed.NumberedNames.Any(name => type.Name.EndsWith(name, StringComparison.Ordinal)))
        {
            return null;
        }

        if (char.IsAsciiDigit(type.Name[^1]))
        {
            return "a number is not a name";
        }

        var suffix = BannedSuffixes.FirstOrDefault(end => type.Name.EndsWith(end, StringComparison.Ordinal));
        // ASP.NET's own word: a class handed to the framework as one of its handlers.
        var isFrameworks = suffix == "Handler" && Regex.IsMatch(type.Bases, @":.*Handler\b", RegexOptions.Singleline);
        return suffix is null || isFrameworks ? null : $"{suffix} says nothing; name what it does";
    }

    static bool IsAspect(SourceFile file, TypeDeclaration type) =>
        type.IsPartial && file.Name.Count(c => c == '.') > 1;

    static bool HasSummary(SourceFile file, TypeDeclaration type)
    {
        for (var line = file.LineOf(type.Position) - 2; line >= 0; line--)
        {
            var text = file.Lines[line].Trim();
            if (text.StartsWith("///", StringComparison.Ordinal))
            {
                if (text.Contains("<summary>", StringComparison.Ordinal)
                    || text.Contains("<inheritdoc", StringComparison.Ordinal))
                {
                    return true;
                }
            }
            else if (text.Length == 0 || text[^1] is ';' or '{' or '}')
            {
                return false;
            }
        }

        return false;
    }

    static bool IsMarkOf(SourceFile file, Match mark, TypeDeclaration type) =>
        mark.Index < type.Position && !file.CSharp.Code[mark.Index..type.Position].AsSpan().ContainsAny(';', '{', '}');

    static IEnumerable<int> ConstructorParameters(string code, TypeDeclaration type)
    {
        var primary = Regex.Match(code[type.Position..], @"^\w+\s*(?:<[^>(]*>\s*)?\(");
        if (primary.Success)
        {
            yield return type.Position + primary.Length;
        }

        var explicitly = $@"^[ \t]*(?:(?:public|internal|protected|private|unsafe)\s+)*{type.Name}\s*\(";
        foreach (Match match in Regex.Matches(code, explicitly, RegexOptions.Multiline))
        {
            yield return match.Index + match.Length;
        }
    }

    // Commas inside generic arguments, tuples, attributes and defaults separate nothing here.
    static int CountParameters(string code, int open)
    {
        var (count, depth) = (0, 1);
        for (var at = open; at < code.Length && depth > 0; at++)
        {
            count += code[at] == ',' && depth == 1 ? 1 : 0;
            count += count == 0 && !char.IsWhiteSpace(code[at]) && code[at] != ')' ? 1 : 0;
            depth += code[at] switch { '(' or '<' or '[' or '{' => 1, ')' or '>' or ']' or '}' => -1, _ => 0 };
        }

        return count;
    }
}
