using System.Globalization;
using FhirHub.Core.Model;
using FhirHub.Core.Search;
using FhirHub.Fhir.Documents;
using FhirHub.Profiles.Running;

namespace FhirHub.Profiles.Plans;

/// <summary>
/// Evaluates a measure (https://hl7.org/fhir/R4/measure-operation-evaluate-measure.html) whose populations are
/// searches, by counting what each finds. A measure with anything that is not computed is refused as a whole, with all
/// such elements: a report with a part missing would be taken for the number.
/// </summary>
public sealed class MeasureEvaluator(RecordSearch search, MeasureStrata strata, TimeProvider time)
{
    const string Absent = "http://hl7.org/fhir/StructureDefinition/data-absent-reason";

    /// <summary>Digits behind the point of a score.</summary>
    const int ScoreDigits = 4;

    /// <summary>What changes what is counted or what is reported, and is not evaluated.</summary>
    static readonly string[] NotEvaluated = ["library", "supplementalData", "compositeScoring"];

    /// <summary>The populations a scoring needs: https://hl7.org/fhir/R4/measure.html</summary>
    static readonly Dictionary<string, string[]> Needed = new(StringComparer.Ordinal)
    {
        ["proportion"] = ["numerator", "denominator"],
        ["ratio"] = ["numerator", "denominator"],
        ["cohort"] = ["initial-population"],
    };

    public async ValueTask<FhirDocument> EvaluateAsync(MeasureRequest request, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(request);
        var measure = request.Measure;

        // 1. A measure that can be computed, and the patient if it is about one.
        var scoring = ScoringOf(measure);
        var problems = NotEvaluated.Select(measure.First).Where(node => node.Exists)
            .Select(node => Refusal(NodeExpression.Of(measure, node), "is not evaluated here")).ToList();
        var groups = measure["group"].Select(group => Read(request, group, scoring, problems)).ToList();
        if (groups.Count == 0)
        {
            problems.Add(Refusal("Measure.group", "is needed: without one there is nothing to count"));
        }

        if (problems.Count > 0)
        {
            throw new FhirException(problems[0] with { More = problems[1..] });
        }

        var divided = groups.ConvertAll(group => MeasureStrata.Read(measure, group.Node));
        request = request with { Subject = request.Subject is null ? null : await SubjectAsync(request, cancel) };

        // 2. The counts.
        var report = Head(request);
        foreach (var ((node, populations), stratified) in groups.Zip(divided))
        {
            var counts = new List<(MeasurePopulation Population, long Count)>();
            foreach (var population in populations)
            {
                counts.Add((population, await CountAsync(population, request, cancel)));
            }

            var stratifiers = await strata.OfAsync(stratified, counts, request, cancel);
            report.Add("group", group =>
            {
                Write(group, node, counts, measure);
                foreach (var stratifier in stratifiers)
                {
                    group.Add("stratifier", made => Write(made, stratifier, measure));
                }
            });
        }

        return report.Build();
    }

    static string ScoringOf(FhirNode measure)
    {
        var code = measure.First("scoring")["coding"].Select(coding => coding.First("code").Text)
            .FirstOrDefault(text => text is not null);
        return code is not null && Needed.ContainsKey(code)
            ? code
            : throw new FhirException(Refusal(
                "Measure.scoring", $"is '{code ?? "missing"}'; proportion, ratio and cohort are computed"));
    }

    /// <summary>The populations of a group, each with all it is found by; what is wrong goes to the problems.</summary>
    static (FhirNode Node, List<MeasurePopulation> Populations) Read(
        MeasureRequest request, FhirNode group, string scoring, List<Problem> problems)
    {
        var read = new List<MeasurePopulation>();
        foreach (var node in group["population"])
        {
            var element = NodeExpression.Of(request.Measure, node);
            var code = node.First("code")["coding"].Select(coding => coding.First("code").Text)
                .FirstOrDefault(text => text is not null) ?? "";
            if (!Needed[scoring].Contains(code) && code != "initial-population")
            {
                problems.Add(Refusal($"{element}.code", $"is '{code}', which is not computed for a {scoring}"));
                continue;
            }

            var (population, problem) = MeasurePopulation.Of(
                request.Measure, node, code, request.Start, request.End);
            if (population is not null)
            {
                read.Add(population);
            }
            else if (problem is not null)
            {
                problems.Add(problem);
            }
        }

        foreach (var needed in Needed[scoring].Where(code => group["population"].All(
            node => !node.First("code")["coding"].Any(coding => coding.First("code").Text == code))))
        {
            problems.Add(Refusal(
                $"{NodeExpression.Of(request.Measure, group)}.population", $"has no {needed}; a {scoring} needs one"));
        }

        return (group, scoring == "proportion" ? Within(read, problems) : read);
    }

    /// <summary>
    /// Of a proportion each population is part of the one before: the initial population, the denominator, the
    /// numerator. So each is searched for with the criteria of the others, too.
    /// </summary>
    static List<MeasurePopulation> Within(List<MeasurePopulation> populations, List<Problem> problems)
    {
        string[] order = ["initial-population", "denominator", "numerator"];
        var within = new List<MeasurePopulation>();
        foreach (var population in populations.OrderBy(one => Array.IndexOf(order, one.Code)))
        {
            if (within.Count > 0 && within[^1].Type != population.Type)
            {
                problems.Add(Refusal(
                    population.Element,
                    $"counts {population.Type}, and the {within[^1].Code} counts {within[^1].Type}: of a proportion one "
                        + "is part of the other; a measure of two things is a ratio"));
                continue;
            }

            within.Add(within.Count == 0 ? population : population with
            {
                Criteria = [.. within[^1].Criteria, .. population.Criteria],
            });
        }

        return [.. populations.Select(one => within.Find(made => made.Node == one.Node) ?? one)];
    }

    async ValueTask<string> SubjectAsync(MeasureRequest request, CancellationToken cancel)
    {
        var own = request.Caller.BaseUrl is { } url ? url + "/" : null;
        var reference = own is not null && request.Subject?.StartsWith(own, StringComparison.Ordinal) == true
            ? request.Subject[own.Length..]
            : request.Subject;
        if (reference?.Split('/') is not ["Patient", var id])
        {
            throw new FhirException(
                ProblemKind.NotSupported, "not-supported",
                "'subject' takes a Patient, such as Patient/1. A measure does not say what of its counts belongs to a "
                    + "Group, a Practitioner, a Location or an Organization.");
        }

        return await search.ReadAsync("Patient", id, request.Caller, cancel) is null
            ? throw new FhirException(
                ProblemKind.Unprocessable, "not-found", "'subject': there is no Patient of that id here.")
            : reference;
    }

    async ValueTask<long> CountAsync(
        MeasurePopulation population, MeasureRequest request, CancellationToken cancel)
    {
        try
        {
            return await search.CountAsync(
                population.Type, Of(population, request.Subject), request.IsUnhurried, request.Caller, cancel);
        }
        catch (FhirException refused) when (refused.Problem.Kind != ProblemKind.Fault)
        {
            throw new FhirException(refused.Problem with
            {
                Text = $"{population.Element}: {refused.Problem.Text}",
                Expression = population.Element,
            });
        }
    }

    /// <summary>The criteria, and whose it is when one patient is asked about.</summary>
    internal static IEnumerable<KeyValuePair<string, string>> Of(MeasurePopulation population, string? subject)
    {
        if (subject is null)
        {
            return population.Criteria;
        }

        var own = population.Type == "Patient" ? KeyValuePair.Create("_id", subject["Patient/".Length..])
            : ParameterCatalog.R4.TryGet(population.Type, "patient", out _) ? KeyValuePair.Create("patient", subject)
            : throw new FhirException(
                ProblemKind.NotSupported, "not-supported",
                $"'subject': nothing says whose a {population.Type} is, which {population.Element} counts.",
                population.Element);
        return population.Criteria.Append(own);
    }

    FhirBuilder Head(MeasureRequest request)
    {
        var (measure, subject) = (request.Measure, request.Subject);
        var url = measure.First("url").Text ?? throw new FhirException(
            ProblemKind.Unprocessable, "required", "Measure.url is needed: a report names its measure.", "Measure.url");
        var report = FhirBuilder.Create("MeasureReport")
            .Set("status", "complete")
            .Set("type", subject is null ? "summary" : "individual")
            .Set("measure", measure.First("version").Text is { } version ? $"{url}|{version}" : url)
            .Set("date", time.GetUtcNow())
            .Set("period.start", request.Start)
            .Set("period.end", request.End);
        if (subject is not null)
        {
            report.Set("subject.reference", subject);
        }

        return measure.First("improvementNotation") is { Exists: true } notation
            ? report.Set("improvementNotation", notation)
            : report;
    }

    static void Write(
        FhirBuilder group, FhirNode node, List<(MeasurePopulation Population, long Count)> counts, FhirNode measure)
    {
        if (node.First("code") is { Exists: true } code)
        {
            group.Set("code", code);
        }

        foreach (var (population, count) in counts)
        {
            group.Add("population", made => made
                .Set("code", population.Node.First("code"))
                .Set("count", count.ToString(CultureInfo.InvariantCulture)));
        }

        AddScore(group, counts.ToDictionary(count => count.Population.Code, count => count.Count), measure);
    }

    static void Write(FhirBuilder made, MeasureStratifier stratifier, FhirNode measure)
    {
        if (stratifier.Name is { } name)
        {
            made.Add("code", code => code.Set("text", name));
        }

        if (stratifier.Strata is not { } strata)
        {
            made.AddExtension(Absent, "valueCode", "not-performed");
            return;
        }

        foreach (var stratum in strata)
        {
            made.Add("stratum", one =>
            {
                _ = stratum.Value is { Exists: true } value
                    ? one.Set("value", value)
                    : one.Set("value.text", stratum.Text);
                foreach (var (population, count) in stratum.Counts)
                {
                    one.Add("population", p => p
                        .Set("code", population.Node.First("code"))
                        .Set("count", count.ToString(CultureInfo.InvariantCulture)));
                }

                AddScore(one, stratum.Counts.ToDictionary(c => c.Population.Code, c => c.Count), measure);
            });
        }
    }

    /// <summary>
    /// The numerator over the denominator, in the unit that rateAggregation names; none where the denominator is 0.
    /// </summary>
    static void AddScore(FhirBuilder owner, Dictionary<string, long> counts, FhirNode measure)
    {
        if (!counts.TryGetValue("numerator", out var above)
            || !counts.TryGetValue("denominator", out var below) || below == 0)
        {
            return;
        }

        var (factor, unit) = measure.First("rateAggregation").Text switch
        {
            "%" => (100m, "%"),
            "10*-3" => (1_000m, "10*-3"),
            "10*-4" => (10_000m, "10*-4"),
            "10*-5" => (100_000m, "10*-5"),
            _ => (1m, "1"),
        };
        owner.Set("measureScore.value", Math.Round(above * factor / below, ScoreDigits))
            .Set("measureScore.system", "http://unitsofmeasure.org")
            .Set("measureScore.code", unit);
    }

    static Problem Refusal(string element, string why) =>
        new(ProblemKind.NotSupported, "not-supported", $"{element} {why}.", element);
}
