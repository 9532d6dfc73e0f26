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
public sealed class MeasureEvaluator(RecordSearch search, MeasureMembers members, TimeProvider time)
{
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

        var divided = groups.ConvertAll(group => MeasureStratifier.Of(measure, group.Node));
        request = request with { Subject = request.Subject is null ? null : await SubjectAsync(request, cancel) };

        // 2. The counts, and where strata or subjects are wanted, what was counted.
        var report = new MeasureReportWriter(request, time.GetUtcNow());
        foreach (var ((node, populations), stratifiers) in groups.Zip(divided))
        {
            var counts = new List<(MeasurePopulation Population, long Count)>();
            foreach (var population in populations)
            {
                counts.Add((population, await CountAsync(population, request, cancel)));
            }

            var one = stratifiers.Count > 0 || request.ListsSubjects
                ? await members.ReadAsync(counts, request, cancel)
                : null;
            if (one is null && request.ListsSubjects)
            {
                throw new FhirException(
                    ProblemKind.Unprocessable, "too-costly",
                    $"'reportType': subject-list lists at most {MeasureMembers.MostFor(request):N0} here, and there "
                        + "are more; ask for population, or with Prefer: respond-async.");
            }

            report.Add(node, counts, stratifiers, one);
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
                    $"counts {population.Type}, and the {within[^1].Code} counts {within[^1].Type}: of a proportion "
                        + "one is part of the other; a measure of two things is a ratio"));
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
        // R4's own examples name a subject by its id alone.
        reference = reference?.Contains('/', StringComparison.Ordinal) == false ? $"Patient/{reference}" : reference;
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

    static Problem Refusal(string element, string why) =>
        new(ProblemKind.NotSupported, "not-supported", $"{element} {why}.", element);
}
