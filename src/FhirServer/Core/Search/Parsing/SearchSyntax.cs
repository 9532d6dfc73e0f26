using System.Text;
using FhirHub.Core.Model;
using FhirHub.Fhir.Definitions;

namespace FhirHub.Core.Search.Parsing;

/// <summary>Separators and escapes in search values: https://hl7.org/fhir/R4/search.html#escaping</summary>
static class SearchSyntax
{
    /// <summary>The names of all types of resources.</summary>
    internal static IReadOnlyList<string> AllTypes { get; } = [.. FhirSchema.R4.ResourceTypes.Select(t => t.Name)];

    /// <summary>Parts between separators that are not escaped; their own escapes stay.</summary>
    internal static List<string> Split(string value, char separator)
    {
        var parts = new List<string>();
        var start = 0;
        for (var i = 0; i < value.Length; i++)
        {
            if (value[i] == '\\')
            {
                i++;
            }
            else if (value[i] == separator)
            {
                parts.Add(value[start..i]);
                start = i + 1;
            }
        }

        parts.Add(value[start..]);
        return parts;
    }

    /// <summary>Undoes <c>\, \| \$ \\</c>.</summary>
    internal static string Unescaped(string value)
    {
        if (!value.Contains('\\', StringComparison.Ordinal))
        {
            return value;
        }

        var text = new StringBuilder(value.Length);
        for (var i = 0; i < value.Length; i++)
        {
            if (value[i] == '\\' && i + 1 < value.Length && IsSeparator(value[i + 1]))
            {
                i++;
            }

            text.Append(value[i]);
        }

        return text.ToString();
    }

    /// <summary>Whether every backslash escapes something: "the parameter value xx\xx is illegal".</summary>
    internal static bool IsEscaped(string value)
    {
        for (var i = value.IndexOf('\\', StringComparison.Ordinal); i >= 0; i = value.IndexOf('\\', i + 2))
        {
            if (i + 1 == value.Length || !IsSeparator(value[i + 1]))
            {
                return false;
            }
        }

        return true;
    }

    static bool IsSeparator(char c) => c is ',' or '|' or '$' or '\\';

    /// <summary>A value that <see cref="Unescaped"/> leaves as it is; its bars keep their meaning.</summary>
    internal static string Escaped(string value) => value.Replace("\\", "\\\\", StringComparison.Ordinal);

    /// <summary>Takes the comparison off a value that may begin with one.</summary>
    internal static (Comparison Comparison, string Text) Prefix(string value, string name)
    {
        if (value.Length < 2 || !char.IsAsciiLetter(value[0]))
        {
            return (Comparison.Equal, value);
        }

        Comparison? comparison = value[..2] switch
        {
            "eq" => Comparison.Equal,
            "ne" => Comparison.NotEqual,
            "gt" => Comparison.Greater,
            "lt" => Comparison.Less,
            "ge" => Comparison.GreaterOrEqual,
            "le" => Comparison.LessOrEqual,
            "sa" => Comparison.StartsAfter,
            "eb" => Comparison.EndsBefore,
            "ap" => Comparison.Approximate,
            _ => null,
        };
        return comparison is { } known
            ? (known, value[2..])
            : throw Refused($"'{name}': a value begins with a number or one of eq, ne, gt, lt, ge, le, sa, eb, ap.");
    }

    internal static FhirException Refused(string text) => new(ProblemKind.Invalid, "invalid", text);
}
