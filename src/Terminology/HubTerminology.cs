using FhirHub.Core.Model;
using FhirHub.Core.Storage;
using FhirHub.Core.Terminology;
using FhirHub.Terminology.CodeSystems;
using FhirHub.Terminology.Content;
using FhirHub.Terminology.Grammars;
using FhirHub.Terminology.Operations;
using FhirHub.Terminology.ValueSets;

namespace FhirHub.Terminology;

/// <summary>The hub's answers about codes, from what is stored in it and what ships with it.</summary>
public sealed partial class HubTerminology : ITerminology
{
    readonly ContentLibrary _library;
    readonly BoundedCache<KeptExpansion> _expansions;
    readonly UnmappedCodes? _unmapped;

    public HubTerminology(
        IResourceStore store,
        ISearchIndex index,
        TimeProvider time,
        TerminologyOptions options,
        TerminologyChanges changes,
        UnmappedCodes unmapped)
        : this(
            new StoredContent(store, index),
            new ShippedContent(typeof(HubTerminology).Assembly) { Packaged = options.Packaged },
            time,
            options,
            changes,
            unmapped)
    {
    }

    internal HubTerminology(
        StoredContent stored,
        ShippedContent shipped,
        TimeProvider time,
        TerminologyOptions options,
        TerminologyChanges? changes = null,
        UnmappedCodes? unmapped = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        _library = new ContentLibrary(stored, shipped, time, options, changes ?? new TerminologyChanges());
        _unmapped = unmapped;
        _expansions = new BoundedCache<KeptExpansion>(
            options.ExpandedCodesMax, kept => 1 + (kept.Answer.Value?.Codes.Count ?? 0));
    }

    public ValueTask<Answer<Expansion>> ExpandAsync(
        string valueSet, ExpansionLimits limits, Caller caller, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(limits);
        ArgumentNullException.ThrowIfNull(caller);
        return AnswerAsync(async () =>
        {
            // 1. What the answer rests on, as it is now.
            var choice = DefinitionChoice.Of(valueSet);
            var basis = await BasisAsync(choice, EditionRules.None, caller, cancel);

            // 2. The same question on the same basis has the same answer.
            return Expanded(choice, basis, EditionRules.None, limits, caller, cancel).Answer;
        });
    }

    public ValueTask<Answer<bool>> ContainsAsync(
        string valueSet, Coding coding, Caller caller, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(caller);
        return AnswerAsync(async () =>
        {
            var (definition, definitions) = await BasisAsync(
                DefinitionChoice.Of(valueSet), EditionRules.None, caller, cancel);
            var composition = new Composition(definitions, cancel);
            var contains = coding.System is null
                ? composition.ContainsCode(definition, coding.Code)
                : composition.Contains(definition, coding);
            return new Answer<bool>(contains, null, composition.Notes);
        });
    }

    public ValueTask<Answer<IReadOnlyList<Coding>>> DescendantsAsync(
        Coding coding, ExpansionLimits limits, Caller caller, CancellationToken cancel) =>
        NeighboursAsync(coding, limits, caller, static (hierarchy, concept) => hierarchy.Descendants(concept), cancel);

    public ValueTask<Answer<IReadOnlyList<Coding>>> AncestorsAsync(
        Coding coding, ExpansionLimits limits, Caller caller, CancellationToken cancel) =>
        NeighboursAsync(coding, limits, caller, static (hierarchy, concept) => hierarchy.Ancestors(concept), cancel);

    public ValueTask<Answer<CodeEntry>> LookupAsync(Coding coding, Caller caller, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(caller);
        return AnswerAsync(async () =>
        {
            var system = await SystemAsync(coding.System, caller, cancel, coding.Code);
            var concept = Find(system, coding.Code);
            return new Answer<CodeEntry>(Composition.Entry(system, concept), null, []);
        });
    }

    /// <summary>A value set and all that it draws on, as they are now.</summary>
    async ValueTask<(ValueSet Definition, DefinitionSet Definitions)> BasisAsync(
        DefinitionChoice valueSet, EditionRules rules, Caller caller, CancellationToken cancel)
    {
        var definition = await _library.ValueSetAsync(caller, valueSet, rules.AsOf, cancel)
            ?? throw new FhirException(
                ProblemKind.NotFound, "not-found", $"The value set {valueSet.Canonical} is not here; store it.");
        return (definition, await _library.GatherAsync(caller, definition, rules, cancel));
    }

    /// <summary>The whole expansion; one of a definition that was sent along is made for it alone.</summary>
    KeptExpansion Expanded(
        DefinitionChoice choice,
        (ValueSet Definition, DefinitionSet Definitions) made,
        EditionRules rules,
        ExpansionLimits limits,
        Caller caller,
        CancellationToken cancel)
    {
        List<long> basis = [made.Definition.Number, .. made.Definitions.Looked];
        var key = $"{caller.Tenant}\n{choice.Canonical ?? $"#{made.Definition.Number}"}\n{limits.CodesMax}\n"
            + $"{limits.ActiveOnly}\n{rules.Key}";
        if (_expansions.TryGet(key, out var kept) && kept is not null && kept.Basis.SequenceEqual(basis))
        {
            return kept;
        }

        kept = new KeptExpansion(basis, Expand(made.Definition, made.Definitions, limits, cancel));
        if (!choice.IsSentAlong)
        {
            _expansions.Set(key, kept);
        }

        return kept;
    }

    static Answer<Expansion> Expand(
        ValueSet definition, DefinitionSet definitions, ExpansionLimits limits, CancellationToken cancel)
    {
        try
        {
            var composition = new Composition(definitions, cancel);
            var codes = composition.Expand(definition, limits);
            return new Answer<Expansion>(
                new Expansion(definition.Url, definition.Version, codes, composition.IsComplete),
                null,
                composition.Notes);
        }
        catch (FhirException refused)
        {
            // Kept like any other answer: what is too costly once would be so at every request.
            return new Answer<Expansion>(null, refused.Problem, []);
        }
    }

    ValueTask<Answer<IReadOnlyList<Coding>>> NeighboursAsync(
        Coding coding,
        ExpansionLimits limits,
        Caller caller,
        Func<Hierarchy, int, IReadOnlyList<int>> neighbours,
        CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(limits);
        ArgumentNullException.ThrowIfNull(caller);
        return AnswerAsync(async () =>
        {
            var system = await SystemAsync(coding.System, caller, cancel, coding.Code);
            var concept = Find(system, coding.Code);
            var found = neighbours(system.Hierarchy, concept);
            if (found.Count > limits.CodesMax)
            {
                throw new FhirException(
                    ProblemKind.Unprocessable, "too-costly",
                    $"{coding} has more than {limits.CodesMax:N0} codes above or below it; name a narrower one.");
            }

            IReadOnlyList<Coding> codings = [.. found.Select(other => new Coding(system.Url, system.Codes[other]))];
            return new Answer<IReadOnlyList<Coding>>(codings, null, NotesOn(system));
        });
    }

    static string[] NotesOn(CodeSystem system) => system.IsComplete
        ? []
        : [$"Only a part of {system.Canonical} is here; codes outside of it are missing."];

    ValueTask<CodeSystem> SystemAsync(
        string? url, Caller caller, CancellationToken cancel, params IEnumerable<string> codes) => SystemAsync(
        url is null ? throw NoSystem() : DefinitionChoice.Of(url), EditionRules.None, caller, cancel, codes);

    /// <param name="choice">Which code system.</param>
    /// <param name="rules">Which editions of it, and as of when.</param>
    /// <param name="caller">Whose definitions are in force.</param>
    /// <param name="cancel">Gives up.</param>
    /// <param name="codes">The codes asked about: of a code system with a grammar there are no others.</param>
    async ValueTask<CodeSystem> SystemAsync(
        DefinitionChoice choice,
        EditionRules rules,
        Caller caller,
        CancellationToken cancel,
        params IEnumerable<string> codes)
    {
        var system = await _library.CodeSystemAsync(caller, choice, rules.AsOf, cancel);
        // Who asks for no code in particular wants a list, and there is none.
        if (system is null or { Content: ContentMode.NotPresent } && codes.Any()
            && CodeGrammar.Of(system?.Url ?? Canonical.Parse(choice.Canonical ?? "").Url) is { } grammar)
        {
            return grammar.With(codes);
        }

        if (system is null)
        {
            var named = Canonical.Parse(choice.Canonical ?? "");
            var other = named.Version is null
                ? null
                : await _library.CodeSystemAsync(caller, DefinitionChoice.Of(named.Url), rules.AsOf, cancel);
            throw new FhirException(
                ProblemKind.NotFound, "not-found",
                $"The code system {named} is not here; "
                    + (other is null ? "store it." : $"store it, or take {other.Canonical}, which is."));
        }

        return system.Content is not ContentMode.Supplement
            ? await _library.SupplementedAsync(caller, system, rules, cancel)
            : throw new FhirException(
                ProblemKind.Unprocessable, "not-supported",
                $"{system.Canonical} is a supplement; name the code system it adds to.");
    }

    static FhirException NoSystem() => new(
        ProblemKind.Unprocessable, "required", "A code alone does not say what it means; name its system.");

    static int Find(CodeSystem system, string code) =>
        system.Find(code) is >= 0 and var concept ? concept : throw NoCode(system, code);

    static FhirException NoCode(CodeSystem system, string code) => system.IsComplete
        ? new FhirException(ProblemKind.Unprocessable, "code-invalid", $"{system.Canonical} has no code '{code}'.")
        : new FhirException(
            ProblemKind.Unprocessable, "incomplete",
            $"Only a part of {system.Canonical} is here, and '{code}' is not in that part.");

    /// <summary>Inside, a problem is an exception, because nobody there has anything to decide about it.</summary>
    static async ValueTask<Answer<T>> AnswerAsync<T>(Func<ValueTask<Answer<T>>> question)
    {
        try
        {
            return await question();
        }
        catch (FhirException refused)
        {
            return new Answer<T>(default, refused.Problem, []);
        }
    }

    /// <summary>An answer, and the numbers of the very definitions it was made from.</summary>
    sealed record KeptExpansion(List<long> Basis, Answer<Expansion> Answer)
    {
        readonly Lock _making = new();
        TextIndex? _texts;

        /// <summary>The texts its codes are found by, made when somebody looks for one.</summary>
        internal TextIndex Texts(Func<TextIndex> make)
        {
            lock (_making)
            {
                return _texts ??= make();
            }
        }
    }
}
