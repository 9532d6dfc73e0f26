using FhirHub.Core.Model;
using FhirHub.Core.Terminology;
using FhirHub.Fhir.Documents;
using FhirHub.Terminology.CodeSystems;
using FhirHub.Terminology.Content;
using FhirHub.Terminology.Operations;
using FhirHub.Terminology.ValueSets;

namespace FhirHub.Terminology;

/// <summary>The operations of a terminology service: https://hl7.org/fhir/R4/terminology-service.html</summary>
public sealed partial class HubTerminology
{
    const int PagedCodesMax = 1_000_000; // as many as a page is taken from

    /// <summary>https://hl7.org/fhir/R4/codesystem-operation-lookup.html</summary>
    public ValueTask<Answer<ConceptDetails>> DetailsAsync(
        DefinitionChoice system, string code, EditionRules rules, Caller caller, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(system);
        ArgumentNullException.ThrowIfNull(rules);
        ArgumentNullException.ThrowIfNull(caller);
        return AnswerAsync(async () =>
        {
            var found = await SystemAsync(system, rules, caller, cancel, code);
            return new Answer<ConceptDetails>(ConceptDetails.Of(found, Named(found, code)), null, []);
        });
    }

    /// <summary>https://hl7.org/fhir/R4/codesystem-operation-subsumes.html</summary>
    public ValueTask<Answer<Subsumption>> SubsumesAsync(
        DefinitionChoice system, string codeA, string codeB, Caller caller, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(system);
        ArgumentNullException.ThrowIfNull(caller);
        return AnswerAsync(async () =>
        {
            var found = await SystemAsync(system, EditionRules.None, caller, cancel, codeA, codeB);
            return new Answer<Subsumption>(
                Subsumptions.Of(found, Named(found, codeA), Named(found, codeB)), null, NotesOn(found));
        });
    }

    /// <summary>
    /// Which of some codes stand above which, each pair with a new code in it once:
    /// https://hl7.org/fhir/R4/conceptmap-operation-closure.html
    /// </summary>
    public ValueTask<Answer<IReadOnlyList<(string Below, string Above)>>> RelationsAsync(
        DefinitionChoice system,
        IReadOnlyCollection<string> known,
        IReadOnlyCollection<string> added,
        Caller caller,
        CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(system);
        ArgumentNullException.ThrowIfNull(caller);
        return AnswerAsync(async () =>
        {
            var found = await SystemAsync(system, EditionRules.None, caller, cancel, [.. known, .. added]);
            var fresh = added.Select(code => Named(found, code)).ToHashSet();
            // What the system no longer has relates to nothing any more.
            List<int> all = [.. fresh.Union(known.Select(found.Find).Where(concept => concept >= 0))];
            var among = all.ToHashSet();
            IReadOnlyList<(string, string)> pairs =
            [
                .. from below in all
                   from above in found.Hierarchy.Ancestors(below)
                   where above != below && among.Contains(above) && (fresh.Contains(below) || fresh.Contains(above))
                   select (found.Codes[below], found.Codes[above]),
            ];
            return new Answer<IReadOnlyList<(string, string)>>(pairs, null, []);
        });
    }

    /// <summary>
    /// Whether any of a concept's codings is a code of a system, with its display:
    /// https://hl7.org/fhir/R4/codesystem-operation-validate-code.html
    /// </summary>
    public ValueTask<Answer<CodeVerdict>> ValidateInSystemAsync(
        DefinitionChoice system,
        IReadOnlyList<CodeQuestion> codings,
        EditionRules rules,
        Caller caller,
        CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(system);
        ArgumentNullException.ThrowIfNull(codings);
        ArgumentNullException.ThrowIfNull(rules);
        ArgumentNullException.ThrowIfNull(caller);
        return AnswerAsync(async () =>
        {
            var found = await SystemAsync(system, rules, caller, cancel, codings.Select(one => one.Coding.Code));
            return await FirstRightAsync(codings, question => ValueTask.FromResult(Judge(found, question)));
        });
    }

    /// <summary>
    /// Whether any of a concept's codings is in a value set and right in its own system:
    /// https://hl7.org/fhir/R4/valueset-operation-validate-code.html
    /// </summary>
    public ValueTask<Answer<CodeVerdict>> ValidateInSetAsync(
        DefinitionChoice valueSet,
        IReadOnlyList<CodeQuestion> codings,
        EditionRules rules,
        Caller caller,
        CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(valueSet);
        ArgumentNullException.ThrowIfNull(codings);
        ArgumentNullException.ThrowIfNull(rules);
        ArgumentNullException.ThrowIfNull(caller);
        return AnswerAsync(() => FirstRightAsync(codings, async question =>
        {
            // What the coding says of its version counts where the value set leaves it open.
            var own = question is { Version: { } version, Coding.System: { } url } ? rules.With(url, version) : rules;
            var (definition, definitions) = await BasisAsync(valueSet, own, caller, cancel);
            return await JudgeAsync(definition, definitions, question, own, caller, cancel);
        }));
    }

    /// <summary>https://hl7.org/fhir/R4/valueset-operation-expand.html</summary>
    public ValueTask<Answer<ExpansionPage>> ExpandPageAsync(
        DefinitionChoice valueSet, ExpansionRequest request, Caller caller, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(valueSet);
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(caller);
        return AnswerAsync(async () =>
        {
            // Who asks for a page gets it however long the book is; who asks for all must be able to carry it.
            var limits = new ExpansionLimits
            {
                ActiveOnly = request.ActiveOnly,
                CodesMax = request.Count is null && string.IsNullOrWhiteSpace(request.Filter)
                    ? ExpansionLimits.Search.CodesMax
                    : PagedCodesMax,
            };
            var basis = await BasisAsync(valueSet, request.Rules, caller, cancel);
            var kept = Expanded(valueSet, basis, request.Rules, limits, caller, cancel);
            var expansion = kept.Answer.OrThrow();
            var page = new PageMaker(basis.Definition, basis.Definitions, request)
                .Make(expansion, () => kept.Texts(() => TextsOf(expansion, basis.Definitions)));
            if (request.Count is null && page.Codes.Count > ExpansionLimits.Search.CodesMax)
            {
                throw new FhirException(
                    ProblemKind.Unprocessable, "too-costly",
                    $"More than {ExpansionLimits.Search.CodesMax:N0} codes pass the filter; ask for pages by 'count'.");
            }

            return new Answer<ExpansionPage>(page, null, kept.Answer.Notes);
        });
    }

    /// <summary>The definition of a value set as a resource, for an answer that repeats it.</summary>
    public ValueTask<FhirNode> DefinitionAsync(
        DefinitionChoice valueSet, EditionRules rules, Caller caller, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(rules);
        ArgumentNullException.ThrowIfNull(caller);
        return _library.DocumentAsync(caller, "ValueSet", valueSet, rules.AsOf, cancel);
    }

    /// <summary>Every code system that a caller can ask about.</summary>
    public ValueTask<IReadOnlyList<CodeSystemSummary>> CodeSystemsAsync(Caller caller, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(caller);
        return _library.CodeSystemsAsync(caller, cancel);
    }

    static TextIndex TextsOf(Expansion expansion, DefinitionSet definitions) => new(expansion.Codes.Select(entry =>
    {
        var system = definitions.AnyCodeSystem(entry.System, entry.Version);
        var concept = system?.Find(entry.Code) ?? -1;
        var names = system is null || concept < 0
            ? []
            : system.DesignationsOf(concept).Select(one => one.Value);
        return (entry.Code, entry.Display is { } display ? names.Prepend(display) : names);
    }));

    /// <summary>The first verdict that is right, or else the first of all, unless one is open.</summary>
    static async ValueTask<Answer<CodeVerdict>> FirstRightAsync(
        IReadOnlyList<CodeQuestion> codings, Func<CodeQuestion, ValueTask<CodeVerdict>> judge)
    {
        CodeVerdict? first = null;
        FhirException? doubt = null;
        foreach (var question in codings)
        {
            try
            {
                var verdict = await judge(question);
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

        return doubt is not null ? throw doubt : new Answer<CodeVerdict>(first ?? throw NoCoding(), null, []);
    }

    static CodeVerdict Judge(CodeSystem system, CodeQuestion question)
    {
        if ((question.Coding.System ?? system.Url) != system.Url)
        {
            return CodeValidation.NotIn(system.Canonical, question);
        }

        if (question.Version is { } version && version != system.Version)
        {
            throw new FhirException(
                ProblemKind.NotFound, "not-found",
                $"{Canonical.Of(system.Url, version)} is not here; {system.Canonical} is.");
        }

        var asked = question with { Coding = new Coding(system.Url, question.Coding.Code) };
        var concept = system.Find(question.Coding.Code);
        return concept >= 0 ? CodeValidation.Judge(system, concept, asked)
            : system.IsComplete ? CodeValidation.NotIn(system.Canonical, asked)
            : throw NoCode(system, question.Coding.Code);
    }

    async ValueTask<CodeVerdict> JudgeAsync(
        ValueSet definition,
        DefinitionSet definitions,
        CodeQuestion question,
        EditionRules rules,
        Caller caller,
        CancellationToken cancel)
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
            ?? await _library.CodeSystemAsync(caller, DefinitionChoice.Of(url), rules.AsOf, cancel);
        if (asked.Display is { } said && IsListed(definition, system, asked.Coding, said))
        {
            asked = asked with { Display = null }; // the value set has this name for it
        }

        var concept = system?.Find(asked.Coding.Code) ?? -1;
        return system is not null && concept >= 0 ? CodeValidation.Judge(system, concept, asked)
            : system is { IsComplete: true } ? CodeValidation.NotIn(system.Canonical, asked)
            : new CodeVerdict(
                true, $"{url} is not here as a whole, so the display was not checked.", null, asked.Coding);
    }

    /// <summary>Whether the value set itself gives a code that name.</summary>
    static bool IsListed(ValueSet definition, CodeSystem? system, Coding coding, string name) => definition.Include
        .Where(part => part.System == coding.System)
        .Select(part => part.Listed(coding.Code, system))
        .OfType<ListedConcept>()
        .Any(listed => listed.Designations.Select(one => one.Value).Append(listed.Display ?? "")
            .Any(one => CodeValidation.IsSame(one, name)));

    /// <summary>The concept an operation is about; without it there is nothing to tell.</summary>
    static int Named(CodeSystem system, string code)
    {
        try
        {
            return Find(system, code);
        }
        catch (FhirException unknown)
        {
            throw new FhirException(ProblemKind.NotFound, "not-found", unknown.Problem.Text);
        }
    }

    static FhirException NoCoding() =>
        new(ProblemKind.Invalid, "required", "There is no coding to validate; give a code, coding or codeableConcept.");
}
