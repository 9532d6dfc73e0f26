using FhirHub.Core.Model;
using FhirHub.Core.Storage;
using FhirHub.Core.Terminology;
using FhirHub.Fhir.Documents;
using FhirHub.Host.Http;
using FhirHub.Terminology;
using FhirHub.Terminology.ConceptMaps;
using FhirHub.Terminology.Operations;

namespace FhirHub.Host.Operations;

/// <summary>
/// A code in another code system: https://hl7.org/fhir/R4/conceptmap-operation-translate.html
/// </summary>
static class Translate
{
    /// <summary>Those of R4, and <c>date</c>, which the other terminology operations have.</summary>
    internal static readonly string[] Known =
    [
        "url", "conceptMap", "conceptMapVersion", "code", "system", "version", "source", "coding",
        "codeableConcept", "target", "targetsystem", "dependency", "reverse", "date",
    ];

    internal static void Map(IEndpointRouteBuilder fhir)
    {
        fhir.MapMethods("/ConceptMap/$translate", TerminologyParameters.Methods, (
            HttpContext http, HubTerminology terminology, IResourceStore store, Caller caller) =>
            HandleAsync(null, http, terminology, store, caller));
        fhir.MapMethods("/ConceptMap/{id}/$translate", TerminologyParameters.Methods, HandleAsync);
    }

    static async Task HandleAsync(
        string? id, HttpContext http, HubTerminology terminology, IResourceStore store, Caller caller)
    {
        // 1. What is asked.
        var cancel = http.RequestAborted;
        var parameters = await TerminologyParameters.ReadAsync(http, Known, "ConceptMap");
        var choice = await parameters.ChoiceAsync(
            "ConceptMap", id, "conceptMap", "conceptMapVersion", store, caller, cancel);
        var requests = Requests(parameters);

        // 2. What it translates to; of a concept, what any of its codings does.
        var matches = new List<TranslationMatch>();
        Problem? problem = null;
        var isAnswered = false;
        foreach (var request in requests)
        {
            var answer = await terminology.TranslateAsync(choice, request, caller, cancel);
            problem ??= answer.Problem;
            isAnswered |= answer.IsKnown;
            matches.AddRange(answer.Value?.Matches ?? []);
        }

        if (!isAnswered && problem is not null)
        {
            throw new FhirException(problem);
        }

        await FhirResult.WriteAsync(http, Answer(new Translation(matches)));
    }

    static List<TranslationRequest> Requests(TerminologyParameters parameters)
    {
        var coding = parameters.Complex("coding", "Coding");
        var concept = parameters.Complex("codeableConcept", "CodeableConcept");
        var code = parameters.Text("code");
        if ((code is null ? 0 : 1) + (coding.Exists ? 1 : 0) + (concept.Exists ? 1 : 0) != 1)
        {
            throw OperationParameters.Refused("Give one of 'code' with 'system', 'coding' and 'codeableConcept'.");
        }

        if (parameters.Text("target") is not null && parameters.Text("targetsystem") is not null)
        {
            throw OperationParameters.Refused("Give either 'target' or 'targetsystem'.");
        }

        List<CodeQuestion> codings = code is not null
            ? [new CodeQuestion(new Coding(parameters.Needed("system"), code)) { Version = parameters.Text("version") }]
            : coding.Exists ? [TerminologyParameters.Question(coding)]
            : [.. concept["coding"].Select(TerminologyParameters.Question)];
        if (codings.Count == 0)
        {
            throw new FhirException(ProblemKind.Invalid, "required", "The codeableConcept has no coding.");
        }

        var asOf = parameters.Moment("date");
        List<Dependency> dependencies = [.. parameters.Groups("dependency").SelectMany(Dependencies)];
        return codings.ConvertAll(one => new TranslationRequest(one.Coding)
        {
            Version = one.Version,
            Display = one.Display,
            AsOf = asOf,
            SourceSet = parameters.Text("source"),
            TargetSet = parameters.Text("target"),
            TargetSystem = parameters.Text("targetsystem"),
            IsReverse = parameters.Flag("reverse"),
            Dependencies = dependencies,
        });
    }

    static IEnumerable<Dependency> Dependencies(FhirNode parameter)
    {
        var parts = parameter["part"].ToLookup(part => part.First("name").Text);
        var element = parts["element"].FirstOrDefault().First("value").Text ?? throw new FhirException(
            ProblemKind.Invalid, "required", "A dependency needs its 'element' and its 'concept'.");
        foreach (var coding in parts["concept"].FirstOrDefault().First("value") switch
        {
            { Exists: true, Type.Name: "CodeableConcept" } concept => concept["coding"].ToList(),
            { Exists: true, Type.Name: "Coding" } one => [one],
            _ => throw OperationParameters.Refused("The 'concept' of a dependency is a CodeableConcept."),
        })
        {
            yield return new Dependency(element, coding.First("system").Text, coding.First("code").Text ?? "");
        }
    }

    static FhirDocument Answer(Translation translation)
    {
        var answer = FhirBuilder.Create("Parameters")
            .Add("parameter", p => p.Set("name", "result").Set("valueBoolean", translation.Result));
        if (!translation.Result)
        {
            answer.Add("parameter", p => p.Set("name", "message")
                .Set("valueString", "The concept maps asked have no translation for this code."));
        }

        foreach (var match in translation.Matches)
        {
            answer.Add("parameter", p => Add(p.Set("name", "match"), match));
        }

        return answer.Build();
    }

    static void Add(FhirBuilder parameter, TranslationMatch match)
    {
        parameter.Add("part", p => p.Set("name", "equivalence").Set("valueCode", match.Equivalence));
        if (match.Concept is { } concept)
        {
            parameter.Add("part", p => AddCoding(p.Set("name", "concept"), concept, match.Version, match.Display));
        }

        foreach (var product in match.Products)
        {
            parameter.Add("part", part => part
                .Set("name", "product")
                .Add("part", p => p.Set("name", "element").Set("valueUri", product.Element))
                .Add("part", p => AddCoding(
                    p.Set("name", "concept"), new Coding(product.System, product.Value), null, product.Display)));
        }

        if (match.Map.Length > 0)
        {
            parameter.Add("part", p => p.Set("name", "source").Set("valueUri", match.Map));
        }
    }

    static void AddCoding(FhirBuilder part, Coding coding, string? version, string? display)
    {
        if (coding.System is { } system)
        {
            part.Set("valueCoding.system", system);
        }

        if (version is not null)
        {
            part.Set("valueCoding.version", version);
        }

        part.Set("valueCoding.code", coding.Code);
        if (display is not null)
        {
            part.Set("valueCoding.display", display);
        }
    }
}
