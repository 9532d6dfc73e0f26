using System.Text.RegularExpressions;
using FhirHub.Core.Model;
using FhirHub.Fhir.Documents;
using FhirHub.Fhir.FhirPath;
using FhirHub.Fhir.Ucum;
using FhirHub.Profiles.Library;

namespace FhirHub.Profiles.Plans;

/// <summary>
/// What the rules of a standard may ask for, as a code system lists it: of each fact the type, the unit, and where in
/// the record it is found (rules/facts.tsv of the guide).
/// </summary>
sealed partial class FactSources
{
    /// <summary>More than a pregnancy with many visits has; beyond it the newest would have to be guessed at.</summary>
    const int RecordsMax = 5000;

    readonly Dictionary<string, FactSource> _sources;

    FactSources(Dictionary<string, FactSource> sources) => _sources = sources;

    /// <summary>The facts of the code systems that a standard depends on.</summary>
    internal static async ValueTask<FactSources> OfAsync(
        FhirNode standard, ProfileSources definitions, Caller caller, CancellationToken cancel)
    {
        var sources = new Dictionary<string, FactSource>(StringComparer.Ordinal);
        foreach (var artifact in standard["relatedArtifact"].Where(one => one.First("type").Text == "depends-on"))
        {
            if (artifact.First("resource").Text is not { } url
                || await definitions.FindAsync("CodeSystem", url, caller, cancel) is not { } system)
            {
                throw new FhirException(
                    ProblemKind.Unprocessable, "not-found",
                    "PlanDefinition.relatedArtifact: what the standard depends on is not here; install its package.",
                    "PlanDefinition.relatedArtifact.resource");
            }

            foreach (var concept in system.Root["concept"])
            {
                var source = FactSource.Of(concept, url);
                sources[source.Name] = source;
            }
        }

        return new FactSources(sources);
    }

    internal bool Has(string name) => _sources.ContainsKey(name);

    /// <summary>The properties a value of the fact may be told under.</summary>
    internal IReadOnlyList<string> PropertiesOf(string name) => _sources[name].ValueType switch
    {
        "boolean" => ["valueBoolean"],
        "integer" => ["valueInteger"],
        _ => ["valueDecimal", "valueInteger"],
    };

    internal IEnumerable<string> Names => _sources.Keys;

    /// <summary>Adds what is recorded in the pregnancy of the facts that are asked for.</summary>
    internal async ValueTask RecordAsync(
        Facts facts, IEnumerable<string> asked, CareRecord record, RecordSearch search, Caller caller,
        CancellationToken cancel)
    {
        var wanted = asked.Where(name => !facts.Has(name)).Select(name => _sources.GetValueOrDefault(name))
            .OfType<FactSource>().ToList();
        var due = await record.DateAsync("edd", cancel);

        // 1. What follows from dates.
        if (wanted.Exists(source => source.Name == "age")
            && due is { } atBirth && await record.DateAsync("birthDate", cancel) is { } born)
        {
            var age = KnownDate.YearsBetween(born.Value, atBirth.Value);
            facts.Record("age", "valueDecimal", Text(age), record.PatientReference);
        }

        if (wanted.Exists(source => source.Name == "gestationDays") && due is { } counted
            && record.Today.DayNumber - KnownDate.LastPeriodOf(counted.Value).DayNumber is >= 0 and var days)
        {
            facts.Record("gestationDays", "valueInteger", Text(days), counted.Source);
        }

        // 2. What was recorded, newest first.
        foreach (var ofType in wanted.Where(source => source.Type is not null).GroupBy(source => source.Type ?? ""))
        {
            var resources = await ResourcesAsync(ofType.Key, record, due, search, caller, cancel);
            foreach (var source in ofType)
            {
                source.Record(facts, source.IsFirst ? resources.Reverse() : resources);
            }
        }
    }

    static async ValueTask<IReadOnlyList<FhirDocument>> ResourcesAsync(
        string type, CareRecord record, KnownDate? due, RecordSearch search, Caller caller, CancellationToken cancel)
    {
        List<KeyValuePair<string, string>> criteria = [new("patient", record.PatientReference)];
        if (type == "Observation")
        {
            // Only what was found in this pregnancy, and by that day.
            criteria.Add(new("status", "preliminary,final,amended,corrected"));
            criteria.Add(new("date", $"le{Guide.Text(record.Today)}"));
            criteria.Add(new("_sort", "-date"));
            if (due is { } known)
            {
                criteria.Add(new("date", $"ge{Guide.Text(KnownDate.LastPeriodOf(known.Value))}"));
            }
        }

        return await search.FindAsync(type, criteria, RecordsMax, caller, cancel);
    }

    static string Text(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>One fact.</summary>
    sealed partial record FactSource(
        string Name, string ValueType, string? Unit, PlanExpression? Expression, bool IsFirst)
    {
        /// <summary>The type of the resources it is found in; null when it is told or computed.</summary>
        internal string? Type { get; private init; }

        internal static FactSource Of(FhirNode concept, string system)
        {
            var name = concept.First("code").Text ?? "";
            var properties = concept["property"].ToDictionary(
                property => property.First("code").Text ?? "", property => property.First("value").Text ?? "");
            var text = properties.GetValueOrDefault("source");
            return new FactSource(
                name,
                properties.GetValueOrDefault("type", "decimal"),
                properties.GetValueOrDefault("unit"),
                text is null ? null : PlanExpression.Compile(
                    text, $"CodeSystem '{system}' concept '{name}' property 'source'"),
                properties.GetValueOrDefault("pick") == "first")
            {
                Type = text is null ? null : TypeIn().Match(text) is { Success: true } match ? match.Value : null,
            };
        }

        /// <summary>Takes the value of the first resource that has one; a value that says too little is none.</summary>
        internal void Record(Facts facts, IEnumerable<FhirDocument> resources)
        {
            foreach (var resource in resources)
            {
                if (Expression?.Evaluate(resource.Root) is [_, ..] found)
                {
                    if (found.Length == 1 && Value(found[0]) is { } text)
                    {
                        facts.Record(Name, Property, text, CareRecord.Reference(resource));
                    }

                    return;
                }
            }
        }

        string Property => ValueType switch
        {
            "boolean" => "valueBoolean",
            "integer" => "valueInteger",
            _ => "valueDecimal",
        };

        string? Value(FhirPathValue found)
        {
            if (found.Node is { Exists: true, IsPrimitive: false } node)
            {
                return node.Type.Name is "Quantity" or "Age" ? Measured(node) : null;
            }

            var value = found.System;
            return (value.Kind, ValueType) switch
            {
                (FhirPathKind.Boolean, "boolean") => value.ToString(),
                (FhirPathKind.Integer, "integer" or "decimal") => value.ToString(),
                (FhirPathKind.Decimal, "decimal") => value.ToString(),
                _ => null,
            };
        }

        /// <summary>In the unit the rules are written for; less than something, or an unknown unit, is none.</summary>
        string? Measured(FhirNode quantity)
        {
            if (ValueType == "boolean" || quantity.First("comparator").Exists
                || quantity.First("system").Text != "http://unitsofmeasure.org"
                || !decimal.TryParse(
                    quantity.First("value").Text, System.Globalization.CultureInfo.InvariantCulture, out var value)
                || !UcumUnit.TryParse(quantity.First("code").Text ?? "", out var unit, out _)
                || !UcumUnit.TryParse(Unit ?? "1", out var target, out _)
                || !unit.TryConvert(value, target, out var converted))
            {
                return null;
            }

            return ValueType == "integer"
                ? decimal.Truncate(converted).ToString(System.Globalization.CultureInfo.InvariantCulture)
                : converted.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        [GeneratedRegex(@"\b(Observation|Condition|Procedure|FamilyMemberHistory|MedicationStatement)\b")]
        private static partial Regex TypeIn();
    }
}
