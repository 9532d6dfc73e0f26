using System.Globalization;
using FhirHub.Core.Model;
using FhirHub.Fhir.Documents;

namespace FhirHub.Profiles.Plans;

/// <summary>The MeasureReport of an evaluation: https://hl7.org/fhir/R4/measurereport.html</summary>
sealed class MeasureReportWriter
{
    const string Absent = "http://hl7.org/fhir/StructureDefinition/data-absent-reason";

    /// <summary>Digits behind the point of a score.</summary>
    const int ScoreDigits = 4;

    readonly MeasureRequest _request;
    readonly DateTimeOffset _now;
    readonly FhirBuilder _report;
    int _groups;

    internal MeasureReportWriter(MeasureRequest request, DateTimeOffset now)
    {
        (_request, _now) = (request, now);
        _report = Head(request.Subject is not null ? "individual" : request.ListsSubjects ? "subject-list" : "summary");
        if (request.Subject is { } subject)
        {
            _report.Set("subject.reference", subject);
        }

        if (request.Measure.First("improvementNotation") is { Exists: true } notation)
        {
            _report.Set("improvementNotation", notation);
        }
    }

    internal FhirDocument Build() => _report.Build();

    /// <param name="node">The group of the measure.</param>
    /// <param name="counts">How many there are of each population.</param>
    /// <param name="stratifiers">How they are divided.</param>
    /// <param name="members">What was counted; null where there is too much of it, or nobody needs it.</param>
    internal void Add(
        FhirNode node,
        IReadOnlyList<(MeasurePopulation Population, long Count)> counts,
        IReadOnlyList<MeasureStratifier> stratifiers,
        IReadOnlyList<MeasureMember>? members)
    {
        var lists = _request.ListsSubjects && members is not null ? AddSubjects(node, counts, members) : [];
        _report.Add("group", group =>
        {
            Fill(group, node, counts);
            for (var i = 0; i < lists.Count; i++)
            {
                group.Set($"population[{i}].subjectResults.reference", $"#{lists[i]}");
            }

            foreach (var stratifier in stratifiers)
            {
                group.Add("stratifier", made => Write(made, stratifier, counts, members));
            }
        });
        _groups++;
    }

    /// <summary>
    /// A report of each subject, and for each population a list of the reports of those in it, all of them contained.
    /// </summary>
    List<string> AddSubjects(
        FhirNode node,
        IReadOnlyList<(MeasurePopulation Population, long Count)> counts,
        IReadOnlyList<MeasureMember> members)
    {
        var subjects = members.Where(member => member.Patient is not null)
            .GroupBy(member => CareRecord.Reference(member.Patient!)) // those without one were left out
            .OrderBy(subject => subject.Key, StringComparer.Ordinal).ToList();
        foreach (var (subject, number) in subjects.Select((subject, number) => (subject, number)))
        {
            var own = counts.Select(count => (
                count.Population, subject.LongCount(member => member.Population == count.Population))).ToList();
            var report = Head("individual").Set("id", IdOf(number)).Set("subject.reference", subject.Key);
            report.Add("group", group => Fill(group, node, own));
            _report.Add("contained", report.Build());
        }

        var lists = new List<string>();
        foreach (var (population, _) in counts)
        {
            var list = FhirBuilder.Create("List").Set("id", $"group-{_groups}-{population.Code}")
                .Set("status", "current").Set("mode", "snapshot");
            foreach (var (subject, number) in subjects.Select((subject, number) => (subject, number)))
            {
                if (subject.Any(member => member.Population == population))
                {
                    list.Add("entry", entry => entry.Set("item.reference", $"#{IdOf(number)}"));
                }
            }

            var built = list.Build();
            _report.Add("contained", built);
            lists.Add(built.Root.First("id").Text ?? "");
        }

        return lists;
    }

    string IdOf(int subject) => string.Create(CultureInfo.InvariantCulture, $"group-{_groups}-subject-{subject + 1}");

    FhirBuilder Head(string type)
    {
        var measure = _request.Measure;
        var url = measure.First("url").Text ?? throw new FhirException(
            ProblemKind.Unprocessable, "required", "Measure.url is needed: a report names its measure.", "Measure.url");
        return FhirBuilder.Create("MeasureReport")
            .Set("status", "complete")
            .Set("type", type)
            .Set("measure", measure.First("version").Text is { } version ? $"{url}|{version}" : url)
            .Set("date", _now)
            .Set("period.start", _request.Start)
            .Set("period.end", _request.End);
    }

    void Fill(FhirBuilder group, FhirNode node, IReadOnlyList<(MeasurePopulation Population, long Count)> counts)
    {
        if (node.First("code") is { Exists: true } code)
        {
            group.Set("code", code);
        }

        Write(group, counts);
    }

    void Write(
        FhirBuilder made,
        MeasureStratifier stratifier,
        IReadOnlyList<(MeasurePopulation Population, long Count)> counts,
        IReadOnlyList<MeasureMember>? members)
    {
        made.Add("code", code => code.Set("text", stratifier.Name));
        if (members is null)
        {
            made.AddExtension(Absent, "valueCode", "not-performed");
            return;
        }

        foreach (var stratum in stratifier.Divide(members, [.. counts.Select(count => count.Population)]))
        {
            made.Add("stratum", one =>
            {
                _ = stratum.Value is { Exists: true } value
                    ? one.Set("value", value)
                    : one.Set("value.text", stratum.Text);
                Write(one, stratum.Counts);
            });
        }
    }

    /// <summary>
    /// The counts, and the numerator over the denominator in the unit that rateAggregation names: no score where the
    /// denominator is 0.
    /// </summary>
    void Write(FhirBuilder owner, IReadOnlyList<(MeasurePopulation Population, long Count)> counts)
    {
        foreach (var (population, count) in counts)
        {
            owner.Add("population", made => made
                .Set("code", population.Node.First("code"))
                .Set("count", count.ToString(CultureInfo.InvariantCulture)));
        }

        var above = counts.FirstOrDefault(count => count.Population.Code == "numerator");
        var below = counts.FirstOrDefault(count => count.Population.Code == "denominator");
        if (above.Population is null || below.Population is null || below.Count == 0)
        {
            return;
        }

        var (factor, unit) = _request.Measure.First("rateAggregation").Text switch
        {
            "%" => (100m, "%"),
            "10*-3" => (1_000m, "10*-3"),
            "10*-4" => (10_000m, "10*-4"),
            "10*-5" => (100_000m, "10*-5"),
            _ => (1m, "1"),
        };
        owner.Set("measureScore.value", Math.Round(above.Count * factor / below.Count, ScoreDigits))
            .Set("measureScore.system", "http://unitsofmeasure.org")
            .Set("measureScore.code", unit);
    }
}
