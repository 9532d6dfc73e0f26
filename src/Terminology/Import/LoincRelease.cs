using System.Text.RegularExpressions;
using FhirHub.Core.Model;
using FhirHub.Core.Terminology;
using FhirHub.Terminology.Operations;

namespace FhirHub.Terminology.Import;

/// <summary>
/// A release of LOINC as Regenstrief publishes it: the terms with the Chinese linguistic variant, the parts and their
/// hierarchy, and the answers; properties are named as https://hl7.org/fhir/R4/loinc.html says.
/// </summary>
sealed partial class LoincRelease
{
    internal const string Url = "http://loinc.org";

    const string Table = "Loinc.csv";
    const string Licence =
        "This material contains content from LOINC (http://loinc.org). LOINC is copyright © Regenstrief Institute, Inc. "
        + "and the Logical Observation Identifiers Names and Codes (LOINC) Committee and is available at no cost under "
        + "the license at http://loinc.org/license. LOINC® is a registered United States trademark of Regenstrief "
        + "Institute, Inc.";

    /// <summary>The columns whose values are parts, where the release has the file that says which.</summary>
    static readonly string[] Axes =
        ["COMPONENT", "PROPERTY", "TIME_ASPCT", "SYSTEM", "SCALE_TYP", "METHOD_TYP", "CLASS"];

    static readonly string[] Texts = ["STATUS", "CLASSTYPE", "ORDER_OBS", "EXAMPLE_UCUM_UNITS", "VersionLastChanged"];

    readonly ReleaseFiles _files;
    readonly ImportReport _report = new() { Encoding = "LOINC" };
    readonly HashSet<string> _written = new(StringComparer.Ordinal);
    readonly Dictionary<string, List<string>> _parents = new(StringComparer.Ordinal);
    readonly Dictionary<string, List<(string Axis, string Part)>> _parts = new(StringComparer.Ordinal);
    readonly Dictionary<string, List<string>> _answerLists = new(StringComparer.Ordinal);
    readonly Dictionary<string, List<Designation>> _chinese = new(StringComparer.Ordinal);

    LoincRelease(ReleaseFiles files) => _files = files;

    internal static bool IsIn(ReleaseFiles files) => files.Find(Table) is not null;

    internal static ImportResult Read(ReleaseFiles files, string name, ImportRequest request)
    {
        var version = request.Version ?? VersionOf([name, .. files.Names]) ?? throw new FhirException(
            ProblemKind.Invalid, "required",
            "Neither the name of the file nor of its folder says which version of LOINC this is; say it, as in "
                + "--version 2.78.");
        return new LoincRelease(files).Read(request with
        {
            Url = request.Url.Length > 0 ? request.Url : Url,
            Version = version,
            Name = request.Name ?? "LOINC",
            Title = request.Title ?? "LOINC Code System",
            IsComplete = true,
            Copyright = Licence,
            HierarchyMeaning = "is-a",
        });
    }

    ImportResult Read(ImportRequest request)
    {
        // 1. What belongs to the terms and stands in other files.
        ReadLinks();
        ReadChinese();

        // 2. The code system: terms, parts, answers, and what the hierarchy names besides.
        using var writer = new CodeSystemWriter(request,
        [
            .. Axes.Select(axis => (axis, _parts.Count > 0 ? "Coding" : "string")),
            .. Texts.Select(text => (text, "string")),
            ("answer-list", "Coding"),
            ("PartTypeName", "string"),
        ]);
        WriteTerms(writer);
        WriteParts(writer);
        var answers = new LoincAnswers(_files, request);
        foreach (var (answer, line) in answers.Concepts.Where(one => _written.Add(one.Answer.Code)))
        {
            writer.Write(answer, line);
        }

        WriteRest(writer);
        var json = writer.End();
        _report.Codes = writer.Count;

        // 3. The answer lists as value sets.
        var sets = answers.ValueSets(_report);
        _report.Bytes = json.Length + sets.Sum(set => (long)set.Json.Length);
        return new ImportResult(
            _report, [new ImportedResource("CodeSystem", CodeImport.IdOf(request), json), .. sets]);
    }

    void ReadLinks()
    {
        foreach (var row in NamedRows.Csv(_files, _files.Find("LoincPartLink_Primary.csv")))
        {
            if (AxisOf(row["PartTypeName"]) is { } axis)
            {
                Add(_parts, row["LoincNumber"], (axis, string.Intern(row["PartNumber"])));
            }
        }

        foreach (var row in NamedRows.Csv(_files, _files.Find("ComponentHierarchyBySystem.csv")))
        {
            if (row.Optional("IMMEDIATE_PARENT") is { } parent)
            {
                Add(_parents, row["CODE"], string.Intern(parent));
            }
        }

        foreach (var row in NamedRows.Csv(_files, _files.Find("LoincAnswerListLink.csv")))
        {
            Add(_answerLists, row["LoincNumber"], row["AnswerListId"]);
        }
    }

    /// <summary>The variant for China; its long names are mostly left empty and then made of the parts.</summary>
    void ReadChinese()
    {
        var file = _files.Starting("zhCN").FirstOrDefault(
            name => name.EndsWith("LinguisticVariant.csv", StringComparison.OrdinalIgnoreCase));
        foreach (var row in NamedRows.Csv(_files, file))
        {
            var axes = Axes.SkipLast(1).Select(axis => row.Optional(axis)).ToList();
            var composed = axes.Exists(one => one is not null) ? string.Join(':', axes.OfType<string>()) : null;
            foreach (var (use, name) in new[]
            {
                ("LinguisticVariantDisplayName", row.Optional("LinguisticVariantDisplayName")),
                ("LONG_COMMON_NAME", row.Optional("LONG_COMMON_NAME") ?? composed),
                ("SHORTNAME", row.Optional("SHORTNAME")),
            })
            {
                if (name is not null)
                {
                    Add(_chinese, row["LOINC_NUM"], new Designation("zh-CN", new Coding(Url, use), name));
                }
            }
        }
    }

    void WriteTerms(CodeSystemWriter writer)
    {
        foreach (var row in NamedRows.Csv(_files, _files.Find(Table)))
        {
            _report.Rows++;
            var code = row["LOINC_NUM"];
            if (code.Length == 0 || !_written.Add(code))
            {
                _report.Add("a term without a number, or with one that was there before", row.Line, code);
                continue;
            }

            writer.Write(
                new ImportedConcept(code, row["LONG_COMMON_NAME"])
                {
                    Definition = row.Optional("DefinitionDescription"),
                    Designations =
                    [
                        .. _chinese.GetValueOrDefault(code) ?? [],
                        .. English(row, "SHORTNAME"),
                        .. English(row, "DisplayName"),
                        .. English(row, "CONSUMER_NAME"),
                    ],
                    Properties = [.. Properties(row, code)],
                    Parents = _parents.GetValueOrDefault(code) ?? [],
                    IsInactive = row.Optional("STATUS") == "DEPRECATED",
                },
                $"line {row.Line} of {Table}");
        }
    }

    IEnumerable<PropertyValue> Properties(NamedRow row, string code)
    {
        if (_parts.Count == 0)
        {
            foreach (var axis in Axes)
            {
                if (row.Optional(axis) is { } text)
                {
                    yield return new PropertyValue(axis, "string", text);
                }
            }
        }

        foreach (var (axis, part) in _parts.GetValueOrDefault(code) ?? [])
        {
            yield return new PropertyValue(axis, "Coding", $"{Url}|{part}");
        }

        foreach (var name in Texts)
        {
            if (row.Optional(name) is { } text)
            {
                yield return new PropertyValue(name, "string", text);
            }
        }

        foreach (var list in _answerLists.GetValueOrDefault(code) ?? [])
        {
            yield return new PropertyValue("answer-list", "Coding", $"{Url}|{list}");
        }
    }

    void WriteParts(CodeSystemWriter writer)
    {
        foreach (var row in NamedRows.Csv(_files, _files.Find("Part.csv")))
        {
            var code = row["PartNumber"];
            if (_written.Add(code))
            {
                writer.Write(
                    new ImportedConcept(code, row.Optional("PartDisplayName") ?? row["PartName"])
                    {
                        Properties = [new PropertyValue("PartTypeName", "string", row["PartTypeName"])],
                        Parents = _parents.GetValueOrDefault(code) ?? [],
                        IsInactive = row.Optional("Status") == "DEPRECATED",
                    },
                    $"line {row.Line} of Part.csv");
            }
        }
    }

    /// <summary>Parts that only the hierarchy has.</summary>
    void WriteRest(CodeSystemWriter writer)
    {
        foreach (var row in NamedRows.Csv(_files, _files.Find("ComponentHierarchyBySystem.csv")))
        {
            var code = row["CODE"];
            if (_written.Add(code))
            {
                writer.Write(
                    new ImportedConcept(code, row.Optional("CODE_TEXT"))
                    {
                        Parents = _parents.GetValueOrDefault(code) ?? [],
                    },
                    $"line {row.Line} of the hierarchy");
            }
        }
    }

    static IEnumerable<Designation> English(NamedRow row, string column) => row.Optional(column) is { } text
        ? [new Designation("en", new Coding(Url, column), text)]
        : [];

    /// <summary>Parts are grouped by words, and terms have columns for them.</summary>
    static string? AxisOf(string partType) => partType.ToUpperInvariant() switch
    {
        "COMPONENT" => "COMPONENT",
        "PROPERTY" => "PROPERTY",
        "TIME" or "TIME_ASPCT" => "TIME_ASPCT",
        "SYSTEM" => "SYSTEM",
        "SCALE" or "SCALE_TYP" => "SCALE_TYP",
        "METHOD" or "METHOD_TYP" => "METHOD_TYP",
        "CLASS" => "CLASS",
        _ => null,
    };

    static void Add<T>(Dictionary<string, List<T>> lists, string key, T value)
    {
        if (!lists.TryGetValue(key, out var list))
        {
            lists.Add(key, list = new List<T>(1));
        }

        if (!list.Contains(value))
        {
            list.Add(value);
        }
    }

    static string? VersionOf(IEnumerable<string> names) => names
        .Select(name => VersionInName().Match(name))
        .FirstOrDefault(match => match.Success)?.Groups[1].Value;

    [GeneratedRegex(@"LOINC[_-]?v?(\d+\.\d+)", RegexOptions.IgnoreCase)]
    private static partial Regex VersionInName();
}
