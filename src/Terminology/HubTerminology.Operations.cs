using FhirHub.Core.Model;
using FhirHub.Core.Terminology;
using FhirHub.Terminology.ConceptMaps;
using FhirHub.Terminology.Operations;
using FhirHub.Terminology.ValueSets;

namespace FhirHub.Terminology;

/// <summary>The operations of a terminology service: https://hl7.org/fhir/R4/terminology-service.html</summary>
public sealed partial class HubTerminology
{
    const int PagedCodesMax = 1_000_000; // as many as a page is taken from

    /// <summary>https://hl7.org/fhir/R4/codesystem-operation-lookup.html</summary>
    public ValueTask<Answer<ConceptDetails>> DetailsAsync(
        Coding coding, string? version, Caller caller, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(caller);
        return AnswerAsync(async () =>
        {
            var (system, concept) = await ConceptAsync(coding, version, caller, cancel);
            return new Answer<ConceptDetails>(ConceptDetails.Of(system, concept), null, []);
        });
    }

    /// <summary>https://hl7.org/fhir/R4/codesystem-operation-subsumes.html</summary>
    public ValueTask<Answer<Subsumption>> SubsumesAsync(
        string system, string codeA, string codeB, string? version, Caller caller, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(caller);
        return AnswerAsync(async () =>
        {
            var (found, a) = await ConceptAsync(new Coding(system, codeA), version, caller, cancel);
            var b = Find(found, codeB);
            return new Answer<Subsumption>(Subsumptions.Of(found, a, b), null, NotesOn(found));
        });
    }

    /// <summary>https://hl7.org/fhir/R4/codesystem-operation-validate-code.html</summary>
    public ValueTask<Answer<CodeVerdict>> ValidateInSystemAsync(
        CodeQuestion question, string? version, Caller caller, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(question);
        ArgumentNullException.ThrowIfNull(caller);
        return AnswerAsync(async () =>
        {
            var system = await SystemAsync(question.Coding, version, caller, cancel);
            var concept = system.Find(question.Coding.Code);
            var verdict = concept >= 0 ? CodeValidation.Judge(system, concept, question)
                : system.IsComplete ? CodeValidation.NotIn(system.Canonical, question)
                : throw NoCode(system, question.Coding.Code);
            return new Answer<CodeVerdict>(verdict, null, []);
        });
    }

    /// <summary>
    /// Whether any of a concept's codings is in a value set and right in its own system:
    /// https://hl7.org/fhir/R4/valueset-operation-validate-code.html
    /// </summary>
    public ValueTask<Answer<CodeVerdict>> ValidateInSetAsync(
        string valueSet, IReadOnlyList<CodeQuestion> codings, Caller caller, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(codings);
        ArgumentNullException.ThrowIfNull(caller);
        return AnswerAsync(async () =>
        {
            var definition = await ValueSetAsync(caller.Tenant, valueSet, cancel);
            var definitions = await _library.GatherAsync(caller.Tenant, definition, cancel);
            CodeVerdict? first = null;
            FhirException? doubt = null;
            foreach (var question in codings)
            {
                try
                {
                    var verdict = await JudgeAsync(definition, definitions, question, caller, cancel);
                    if (verdict.Result)
                    {
                        return new Answer<CodeVerdict>(verdict, null, []);
                    }

                    first ??= verdict;
                }
                catch (FhirException unknown) when (codings.Count > 1)
                {
                    doubt ??= unknown; // another coding may settle it
                }
            }

            return doubt is not null
                ? throw doubt
                : new Answer<CodeVerdict>(first ?? throw NoCoding(), null, []);
        });
    }

    /// <summary>https://hl7.org/fhir/R4/valueset-operation-expand.html</summary>
    public async ValueTask<Answer<ExpansionPage>> ExpandPageAsync(
        string valueSet, ExpansionRequest request, Caller caller, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(request);
        // Who asks for a page gets it however long the book is; who asks for all must be able to carry it.
        var limits = new ExpansionLimits
        {
            ActiveOnly = request.ActiveOnly,
            CodesMax = request.Count is null && request.Filter is null
                ? ExpansionLimits.Search.CodesMax
                : PagedCodesMax,
        };
        var answer = await ExpandAsync(valueSet, limits, caller, cancel);
        return answer.Value is { } expansion
            ? new Answer<ExpansionPage>(ExpansionPage.Of(expansion, request), null, answer.Notes)
            : new Answer<ExpansionPage>(null, answer.Problem, answer.Notes);
    }

    /// <summary>https://hl7.org/fhir/R4/conceptmap-operation-translate.html</summary>
    public ValueTask<Answer<Translation>> TranslateAsync(
        string conceptMap, TranslationRequest request, Caller caller, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(caller);
        return AnswerAsync(async () =>
        {
            var matches = new List<TranslationMatch>();
            var path = new List<string>();
            var next = conceptMap;
            while (next is not null)
            {
                if (path.Contains(next))
                {
                    throw new FhirException(
                        ProblemKind.Unprocessable, "processing",
                        $"These concept maps refer to each other in a circle: {string.Join(" > ", path)} > {next}.");
                }

                path.Add(next);
                var map = await _library.ConceptMapAsync(caller.Tenant, next, cancel)
                    ?? throw new FhirException(
                        ProblemKind.NotFound, "not-found", $"The concept map {next} is not here; store it.");
                next = map.Translate(request, matches);
            }

            return new Answer<Translation>(new Translation(matches), null, []);
        });
    }

    async ValueTask<CodeVerdict> JudgeAsync(
        ValueSet definition, DefinitionSet definitions, CodeQuestion question, Caller caller, CancellationToken cancel)
    {
        var composition = new Composition(definitions, cancel);
        var coding = question.Coding.System is null
            ? composition.SystemOf(definition, question.Coding.Code)
            : composition.Contains(definition, question.Coding) ? question.Coding : (Coding?)null;
        if (coding is not { System: { } url })
        {
            return CodeValidation.NotIn(definition.Canonical, question);
        }

        // Being listed is not enough where the code system is here to be asked.
        var asked = question with { Coding = coding.Value };
        var system = definitions.AnyCodeSystem(url, null)
            ?? await _library.CodeSystemAsync(caller.Tenant, url, cancel);
        var concept = system?.Find(asked.Coding.Code) ?? -1;
        return system is not null && concept >= 0 ? CodeValidation.Judge(system, concept, asked)
            : system is { IsComplete: true } ? CodeValidation.NotIn(system.Canonical, asked)
            : new CodeVerdict(
                true, $"{url} is not here as a whole, so the display was not checked.", null, asked.Coding);
    }

    static FhirException NoCoding() =>
        new(ProblemKind.Invalid, "required", "There is no coding to validate; give a code, coding or codeableConcept.");
}
