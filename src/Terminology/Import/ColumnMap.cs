using FhirHub.Core.Model;

namespace FhirHub.Terminology.Import;

/// <summary>
/// What the columns of a file are: <c>code</c>, <c>display</c>, <c>definition</c>, <c>parent</c>, <c>inactive</c>,
/// <c>designation:language</c> or <c>property:name</c>.
/// </summary>
sealed class ColumnMap
{
    internal const string Designation = "designation:";
    internal const string Property = "property:";

    static readonly string[] Simple = ["code", "display", "definition", "parent", "inactive"];

    /// <summary>Headers that files of this country and LOINC's have.</summary>
    static readonly (string Meaning, string[] Headers)[] Usual =
    [
        ("code", ["code", "代码", "编码", "主要编码", "诊断编码", "诊断代码", "疾病编码", "手术编码", "手术操作编码", "LOINC_NUM"]),
        ("display", ["display", "name", "名称", "诊断名称", "疾病名称", "手术名称", "手术操作名称", "中文名称", "LONG_COMMON_NAME"]),
        ("definition", ["definition", "定义", "说明"]),
        ("parent", ["parent", "上级代码", "上级编码", "父代码"]),
        ("inactive", ["inactive", "停用"]),
        (Designation + "en", ["english", "英文名称"]),
    ];

    readonly string?[] _meanings;

    ColumnMap(string?[] meanings) => _meanings = meanings;

    internal IReadOnlyList<string?> Meanings => _meanings;

    internal IEnumerable<string> Properties => _meanings.OfType<string>()
        .Where(meaning => meaning.StartsWith(Property, StringComparison.Ordinal))
        .Select(meaning => meaning[Property.Length..]);

    internal static ColumnMap Of(IReadOnlyList<string> headers, IReadOnlyDictionary<string, string> named)
    {
        foreach (var (header, meaning) in named)
        {
            if (!headers.Contains(header))
            {
                throw Wrong($"there is no column '{header}'; the columns are {string.Join(", ", headers)}");
            }

            if (!Simple.Contains(meaning) && !IsNamed(meaning, Designation) && !IsNamed(meaning, Property))
            {
                throw Wrong($"'{meaning}' is none of {string.Join(", ", Simple)}, designation:LANGUAGE, property:NAME");
            }
        }

        // What was named takes the place of what would be guessed.
        var guessed = Usual.Where(usual => !named.Values.Contains(usual.Meaning)).ToList();
        var meanings = headers
            .Select(header => named.GetValueOrDefault(header) ?? guessed
                .Find(usual => usual.Headers.Contains(header, StringComparer.OrdinalIgnoreCase)).Meaning)
            .ToArray<string?>();
        foreach (var meaning in meanings.OfType<string>().Where(meaning => Simple.Contains(meaning)))
        {
            if (meanings.Count(other => other == meaning) > 1)
            {
                throw Wrong($"several columns could be '{meaning}'; say which one is");
            }
        }

        return meanings.Contains("code")
            ? new ColumnMap(meanings)
            : throw Wrong($"none of {string.Join(", ", headers)} is known as the code; say which one is");
    }

    internal string? Value(Row row, string meaning) =>
        Array.IndexOf(_meanings, meaning) is >= 0 and var at && row.Values[at].Length > 0 ? row.Values[at] : null;

    internal IEnumerable<(string Name, string Value)> Values(Row row, string start)
    {
        for (var i = 0; i < _meanings.Length; i++)
        {
            if (_meanings[i] is { } meaning && meaning.StartsWith(start, StringComparison.Ordinal)
                && row.Values[i].Length > 0)
            {
                yield return (meaning[start.Length..], row.Values[i]);
            }
        }
    }

    static bool IsNamed(string meaning, string start) =>
        meaning.Length > start.Length && meaning.StartsWith(start, StringComparison.Ordinal);

    static FhirException Wrong(string text) => new(ProblemKind.Invalid, "value", $"Columns: {text}.");
}
