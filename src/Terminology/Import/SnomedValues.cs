using System.Globalization;
using FhirHub.Terminology.Operations;
using FhirHub.Terminology.ValueSets;

namespace FhirHub.Terminology.Import;

/// <summary>The numbers and texts that are values of concepts, such as strengths: each text is kept once.</summary>
sealed class SnomedValues
{
    readonly SnomedRows _rows;
    readonly List<string> _texts;
    readonly Dictionary<long, string> _types;

    SnomedValues(SnomedRows rows, List<string> texts)
    {
        (_rows, _texts) = (rows, texts);
        _types = rows.Kinds.ToDictionary(kind => kind, _ => "");
    }

    internal IReadOnlyList<long> Kinds => _rows.Kinds;

    /// <param name="files">The release.</param>
    /// <param name="concepts">Its concepts.</param>
    /// <param name="taken">Attributes whose values are concepts; a property has one type only.</param>
    /// <param name="report">Where it is told what is left out.</param>
    internal static SnomedValues Read(
        ReleaseFiles files, SnomedConcepts concepts, IReadOnlyList<long> taken, ImportReport report)
    {
        var texts = new List<string>();
        var values = new SnomedValues(SnomedRows.Of(concepts, Rows(files, concepts, texts, taken, report)), texts);
        for (var concept = 0; concept < concepts.Count; concept++)
        {
            foreach (var row in values._rows.Of(concept))
            {
                values._types[row.Kind] = Common(values._types[row.Kind], TypeOf(texts[row.Value]));
            }
        }

        return values;
    }

    /// <summary>The type that all values of an attribute have.</summary>
    internal string TypeOf(long kind) => _types[kind];

    internal IEnumerable<(PropertyValue Value, int Group)> Of(int concept) => _rows.Of(concept).Select(row => (
        new PropertyValue(SnomedRelease.Text(row.Kind), _types[row.Kind], Plain(_texts[row.Value])), row.Group));

    static IEnumerable<SnomedRows.Row> Rows(
        ReleaseFiles files, SnomedConcepts concepts, List<string> texts, IReadOnlyList<long> taken, ImportReport report)
    {
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var row in files.Starting("sct2_RelationshipConcreteValues_Snapshot")
            .SelectMany(file => NamedRows.Tabs(files, file)))
        {
            if (row["active"] != "1" || row["characteristicTypeId"] == Snomed.Stated)
            {
                continue;
            }

            var kind = SnomedRelease.Id(row, "typeId");
            if (taken.Contains(kind))
            {
                report.Note("the attribute has concepts as values elsewhere", row.Line, SnomedRelease.Text(kind));
                continue;
            }

            var text = row["value"];
            if (!places.TryGetValue(text, out var place))
            {
                places.Add(text, place = texts.Count);
                texts.Add(text);
            }

            yield return new SnomedRows.Row(
                concepts.Find(SnomedRelease.Id(row, "sourceId")), kind, place, SnomedRelease.Group(row));
        }
    }

    static string TypeOf(string text) => text switch
    {
        ['#', .. var number] when int.TryParse(number, NumberStyles.Integer, CultureInfo.InvariantCulture, out _) =>
            "integer",
        ['#', .. var number] when decimal.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out _) =>
            "decimal",
        "true" or "false" => "boolean",
        _ => "string",
    };

    static string Common(string type, string other) =>
        type.Length == 0 || type == other ? other
        : type is "integer" or "decimal" && other is "integer" or "decimal" ? "decimal"
        : "string";

    /// <summary>A number as JSON writes it, or a text without its quotes.</summary>
    static string Plain(string text) => text switch
    {
        ['#', .. var number] when decimal.TryParse(
            number, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) =>
            value.ToString(CultureInfo.InvariantCulture),
        ['"', .. var quoted, '"'] => quoted,
        _ => text,
    };
}
