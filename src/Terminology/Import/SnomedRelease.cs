using System.Globalization;
using System.Text.RegularExpressions;
using FhirHub.Core.Model;
using FhirHub.Terminology.Operations;
using FhirHub.Terminology.ValueSets;
using FhirHub.Terminology.ValueSets.Ecl;

namespace FhirHub.Terminology.Import;

/// <summary>
/// A snapshot of SNOMED CT in release format 2: concepts, descriptions with language reference sets, inferred
/// relationships with their groups, also those to numbers and texts, and members of reference sets; properties are
/// named as https://hl7.org/fhir/R4/snomedct.html says.
/// </summary>
sealed partial class SnomedRelease
{
    const string Start = "sct2_Concept_Snapshot";
    const string InternationalModule = "900000000000207008";
    const string Licence =
        "This material contains content from SNOMED CT, which is used by permission of SNOMED International. SNOMED CT "
        + "was originally created by the College of American Pathologists. It may be used by holders of a licence.";

    readonly ReleaseFiles _files;
    readonly ImportReport _report = new() { Encoding = "SNOMED CT RF2" };

    SnomedRelease(ReleaseFiles files) => _files = files;

    internal static bool IsIn(ReleaseFiles files) => files.Starting(Start).Any();

    internal static ImportResult Read(ReleaseFiles files, ImportRequest request) =>
        new SnomedRelease(files).Read(request with
        {
            Url = Snomed.Url,
            Version = request.Version ?? VersionOf(files.Starting(Start).First()),
            Name = request.Name ?? "SNOMED_CT",
            Title = request.Title ?? "SNOMED CT",
            IsComplete = true,
            Copyright = Licence,
            HierarchyMeaning = "is-a",
        });

    ImportResult Read(ImportRequest request)
    {
        // 1. Everything about the concepts, as numbers.
        var concepts = ReadConcepts();
        var relations = SnomedRows.Of(concepts, Relations(concepts));
        var values = SnomedValues.Read(_files, concepts, relations.Kinds, _report);
        var memberships = SnomedRows.Of(concepts, Memberships(concepts));
        var terms = new SnomedTerms(_files, concepts);

        // 2. The code system, concept by concept; attributes in the order in which they are declared here, which their
        // groups rest on.
        using var writer = new CodeSystemWriter(request,
        [
            ("sufficientlyDefined", "boolean"),
            ("moduleId", "code"),
            (Snomed.RefsetProperty, "code"),
            (Snomed.GroupsProperty, "string"),
            .. relations.Kinds.Where(kind => kind != Snomed.IsA).Select(kind => (Text(kind), "code")),
            .. values.Kinds.Select(kind => (Text(kind), values.TypeOf(kind))),
        ]);
        for (var at = 0; at < concepts.Count; at++)
        {
            var (display, designations) = terms.Of(at);
            var attributes = Attributes(concepts, relations.Of(at), values, at);
            var groups = EclGroups.TextOf(attributes.Select(one => one.Groups));
            writer.Write(
                new ImportedConcept(Text(concepts.Ids[at]), display)
                {
                    Designations = designations,
                    Properties =
                    [
                        new PropertyValue("sufficientlyDefined", "boolean", concepts.IsDefined[at] ? "true" : "false"),
                        new PropertyValue("moduleId", "code", Text(concepts.Modules[at])),
                        .. attributes.Select(one => one.Value),
                        .. groups is null ? [] : new[] { new PropertyValue(Snomed.GroupsProperty, "string", groups) },
                        .. memberships.Of(at).Select(
                            one => new PropertyValue(Snomed.RefsetProperty, "code", Text(one.Kind))),
                    ],
                    Parents =
                    [
                        .. relations.Of(at).Where(one => one.Kind == Snomed.IsA)
                            .Select(one => one.Value).Distinct().Select(parent => Text(concepts.Ids[parent])),
                    ],
                    IsInactive = !concepts.IsActive[at],
                },
                $"concept {concepts.Ids[at]}");
        }

        if (concepts.Count == 0)
        {
            throw new FhirException(ProblemKind.Invalid, "required", $"There is no concept in {Start}*.");
        }

        var json = writer.End();
        _report.Codes = writer.Count;
        _report.Bytes = json.Length;
        return new ImportResult(
            _report, [new ImportedResource("CodeSystem", CodeImport.IdOf(request), json)]);
    }

    SnomedConcepts ReadConcepts()
    {
        var rows = new List<SnomedConcepts.Row>();
        foreach (var row in _files.Starting(Start).SelectMany(file => NamedRows.Tabs(_files, file)))
        {
            _report.Rows++;
            rows.Add(new SnomedConcepts.Row(
                Id(row, "id"),
                row["active"] == "1",
                row["definitionStatusId"] == Snomed.Defined,
                Id(row, "moduleId")));
        }

        return new SnomedConcepts(rows);
    }

    /// <summary>What a concept has, each with the groups it stands in.</summary>
    static List<(PropertyValue Value, List<int> Groups)> Attributes(
        SnomedConcepts concepts, ArraySegment<SnomedRows.Row> relations, SnomedValues values, int concept)
    {
        var attributes = new List<(PropertyValue Value, List<int> Groups)>();
        foreach (var row in relations.Where(row => row.Kind != Snomed.IsA))
        {
            Add(new PropertyValue(Text(row.Kind), "code", Text(concepts.Ids[row.Value])), row.Group);
        }

        foreach (var (value, group) in values.Of(concept))
        {
            Add(value, group);
        }

        return attributes;

        void Add(PropertyValue value, int group)
        {
            if (attributes.Count > 0 && attributes[^1].Value == value)
            {
                attributes[^1].Groups.Add(group);
            }
            else
            {
                attributes.Add((value, [group]));
            }
        }
    }

    IEnumerable<SnomedRows.Row> Relations(SnomedConcepts concepts)
    {
        var files = _files.Starting("sct2_Relationship_Snapshot");
        foreach (var row in files.SelectMany(file => NamedRows.Tabs(_files, file)))
        {
            // A snapshot may hold stated relationships of old as well.
            if (row["active"] == "1" && row["characteristicTypeId"] != Snomed.Stated
                && concepts.Find(Id(row, "destinationId")) is >= 0 and var value)
            {
                yield return new SnomedRows.Row(
                    concepts.Find(Id(row, "sourceId")), Id(row, "typeId"), value, Group(row));
            }
        }
    }

    /// <summary>Which concepts are in which reference sets; those of descriptions are about words.</summary>
    IEnumerable<SnomedRows.Row> Memberships(SnomedConcepts concepts)
    {
        var files = _files.Starting("der2_").Where(file =>
            file.Contains("Snapshot", StringComparison.OrdinalIgnoreCase)
            && file.Contains("Refset_", StringComparison.OrdinalIgnoreCase)
            && !file.Contains("Language", StringComparison.OrdinalIgnoreCase));
        foreach (var row in files.SelectMany(file => NamedRows.Tabs(_files, file)))
        {
            if (row["active"] == "1" && row["referencedComponentId"] is var component
                && long.TryParse(component, CultureInfo.InvariantCulture, out var concept))
            {
                yield return new SnomedRows.Row(concepts.Find(concept), Id(row, "refsetId"), 0, 0);
            }
        }
    }

    /// <summary>The international edition; others name their module, which only a reader of them knows.</summary>
    static string VersionOf(string file)
    {
        var match = EditionInName().Match(file);
        return match.Success && match.Groups[1].Value == "INT"
            ? $"{Snomed.Url}/{InternationalModule}/version/{match.Groups[2].Value}"
            : throw new FhirException(
                ProblemKind.Invalid, "required",
                $"{file} is not of the international edition; say which version it is: --version "
                    + $"{Snomed.Url}/<module>/version/<date>.");
    }

    internal static long Id(NamedRow row, string column) =>
        long.TryParse(row[column], NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? id
            : throw new FhirException(
                ProblemKind.Invalid, "structure", $"Line {row.Line}: '{column}' is no identifier of SNOMED CT.");

    /// <summary>The group a relationship stands in; 0 where it stands in none.</summary>
    internal static int Group(NamedRow row) =>
        int.TryParse(row["relationshipGroup"], NumberStyles.None, CultureInfo.InvariantCulture, out var group)
            ? group
            : throw new FhirException(
                ProblemKind.Invalid, "structure", $"Line {row.Line}: 'relationshipGroup' is no number.");

    internal static string Text(long id) => id.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"_([A-Z]{2,3}\d*)_(\d{8})\.txt$")]
    private static partial Regex EditionInName();
}
