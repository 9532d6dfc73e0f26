using FhirHub.Core.Model;
using FhirHub.Core.Terminology;
using FhirHub.Terminology.CodeSystems;
using FhirHub.Terminology.Grammars;

namespace FhirHub.Terminology.ValueSets;

/// <summary>
/// What a value set contains: https://hl7.org/fhir/R4/valueset.html#composition. There is one rule for membership, and
/// an expansion is that rule asked about every code that may pass it, so the two cannot disagree. A composition serves
/// one question.
/// </summary>
sealed class Composition(DefinitionSet definitions, CancellationToken cancel)
{
    const int ImportedCodesMax = 1_000_000;
    const int StepsMax = 20_000_000; // some seconds of work; only a definition made to cost gets there
    const int NotesMax = 20;

    readonly Stack<ValueSet> _path = new();
    readonly Dictionary<(ValueSet, Coding), bool?> _known = [];
    readonly Dictionary<ValueSet, List<CodeEntry>> _imported = [];
    readonly List<string> _notes = [];
    FhirException? _doubt;
    int _steps;

    internal IReadOnlyList<string> Notes => _notes;

    /// <summary>Whether everything the value set draws on is here as a whole.</summary>
    internal bool IsComplete { get; private set; } = true;

    /// <summary>All codes, each once; a problem comes as an exception.</summary>
    internal List<CodeEntry> Expand(ValueSet valueSet, ExpansionLimits limits)
    {
        using var inside = Enter(valueSet);
        var codes = new List<CodeEntry>();
        var seen = new HashSet<Coding>();
        foreach (var entry in Candidates(valueSet))
        {
            Step();
            var coding = new Coding(entry.System, entry.Code);
            if (entry.IsInactive && (limits.ActiveOnly || valueSet.Inactive == false)
                || seen.Contains(coding)
                || IsExcluded(valueSet, coding))
            {
                continue;
            }

            if (codes.Count == limits.CodesMax)
            {
                throw new FhirException(
                    ProblemKind.Unprocessable, "too-costly",
                    $"{valueSet.Canonical} has more than {limits.CodesMax:N0} codes; narrow it down.");
            }

            seen.Add(coding);
            codes.Add(entry);
        }

        return codes;
    }

    /// <summary>Whether a code is in the value set; an exception when that cannot be known.</summary>
    internal bool Contains(ValueSet valueSet, Coding coding) => IsCertain(IsMember(valueSet, coding));

    /// <summary>The same for a code nobody named the system of.</summary>
    internal bool ContainsCode(ValueSet valueSet, string code) => SystemOf(valueSet, code) is not null;

    /// <summary>The code with the first system that has it in the value set; null when none has.</summary>
    internal Coding? SystemOf(ValueSet valueSet, string code)
    {
        Coding? found = null;
        var known = Any(Systems(valueSet).Distinct(), system =>
        {
            var coding = new Coding(system, code);
            var member = IsMember(valueSet, coding);
            found = member == true ? coding : found;
            return member;
        });
        return IsCertain(known) ? found : null;
    }

    /// <summary>What is known of a code: from its system, or else only that it was listed.</summary>
    internal CodeEntry Entry(string url, string? version, string code, string? display = null)
    {
        // Display and status may come from another version than the one asked for; whether the code exists may not.
        var system = definitions.AnyCodeSystem(url, version);
        var concept = system?.Find(code) ?? -1;
        if (system is null || concept < 0)
        {
            if (system is { IsComplete: true } && system == definitions.CodeSystem(url, version))
            {
                Note($"{system.Canonical} has no code {code}, which the value set lists.");
            }

            return new CodeEntry(url, version, code, display, false, false);
        }

        return Entry(system, concept) with { Display = display ?? system.Displays[concept] };
    }

    internal static CodeEntry Entry(CodeSystem system, int concept) => new(
        system.Url,
        system.Version,
        system.Codes[concept],
        system.Displays[concept],
        (system.Flags[concept] & ConceptFlags.Inactive) != 0,
        (system.Flags[concept] & ConceptFlags.Abstract) != 0);

    /// <summary>Every code that an include lets pass, in the order of the definition; some more than once.</summary>
    IEnumerable<CodeEntry> Candidates(ValueSet valueSet)
    {
        if (valueSet.Expansion is { } stored)
        {
            return stored.IsWhole
                ? stored.Codes
                : throw Incomplete($"The expansion stored in {valueSet.Canonical} does not hold all of its codes.");
        }

        return valueSet.Include.SelectMany(part => Candidates(valueSet, part));
    }

    IEnumerable<CodeEntry> Candidates(ValueSet valueSet, Inclusion part)
    {
        Check(part);
        if (part is { System: { } url, Concepts.Count: > 0 })
        {
            return part.Concepts
                .Select(concept => Entry(url, part.Version, concept.Code, concept.Display))
                .Where(entry => InImports(valueSet, part, entry));
        }

        if (part.System is null || (part.Filters.Count == 0 && part.ValueSets.Count > 0))
        {
            var imported = Import(valueSet, part.ValueSets[0]) ?? throw Unknown(valueSet, part, part.ValueSets[0]);
            return Imported(imported)
                .Where(entry => IsCertain(Matches(valueSet, part, new Coding(entry.System, entry.Code))));
        }

        var system = Enumerable(part, part.System);
        var filters = part.Compiled(system);
        return Narrowest(system, filters)
            .Where(concept => filters.All(filter => filter.Test(concept)))
            .Select(concept => Entry(system, concept))
            .Where(entry => InImports(valueSet, part, entry));
    }

    /// <summary>The codes of an imported value set, expanded once however often it is imported.</summary>
    List<CodeEntry> Imported(ValueSet valueSet)
    {
        if (!_imported.TryGetValue(valueSet, out var codes))
        {
            codes = Expand(valueSet, new ExpansionLimits { CodesMax = ImportedCodesMax });
            _imported.Add(valueSet, codes);
        }

        return codes;
    }

    /// <summary>The shortest list a filter gives, or all concepts; the filters are then asked about each.</summary>
    static IEnumerable<int> Narrowest(CodeSystem system, IReadOnlyList<CompiledFilter> filters) => filters
        .Select(filter => filter.Candidates?.Invoke())
        .OfType<IReadOnlyList<int>>()
        .MinBy(candidates => candidates.Count) ?? System.Linq.Enumerable.Range(0, system.Count);

    bool InImports(ValueSet valueSet, Inclusion part, CodeEntry entry) =>
        part.ValueSets.Count == 0
        || IsCertain(Imports(valueSet, part, new Coding(entry.System, entry.Code)));

    bool IsExcluded(ValueSet valueSet, Coding coding) =>
        valueSet.Exclude.Count > 0
        && IsCertain(Any(valueSet.Exclude, part => Matches(valueSet, part, coding)));

    /// <summary>The rule of membership; null when it cannot be known.</summary>
    bool? IsMember(ValueSet valueSet, Coding coding)
    {
        Step();
        if (_known.TryGetValue((valueSet, coding), out var known))
        {
            return known;
        }

        using var inside = Enter(valueSet);
        var member = valueSet.Expansion is { } stored
            ? InStored(valueSet, stored, coding)
            : Any(valueSet.Include, part => Matches(valueSet, part, coding));
        if (member != false && valueSet.Inactive == false && IsInactive(valueSet, coding))
        {
            member = false;
        }

        if (member != false && Any(valueSet.Exclude, part => Matches(valueSet, part, coding)) is not false and var left)
        {
            member = left == true ? false : null;
        }

        if (_known.Count >= ImportedCodesMax)
        {
            _known.Clear();
        }

        _known[(valueSet, coding)] = member;
        return member;
    }

    bool? InStored(ValueSet valueSet, StoredExpansion stored, Coding coding) =>
        stored.Find(coding) is not null ? true
        : stored.IsWhole ? false
        : Doubt(Incomplete($"The expansion stored in {valueSet.Canonical} does not hold all of its codes."));

    bool IsInactive(ValueSet valueSet, Coding coding)
    {
        foreach (var part in valueSet.Include)
        {
            if ((part.System is null || part.System == coding.System)
                && definitions.AnyCodeSystem(coding.System ?? "", part.Version) is { } system)
            {
                return system.Find(coding.Code) is >= 0 and var concept
                    && (system.Flags[concept] & ConceptFlags.Inactive) != 0;
            }
        }

        return false;
    }

    /// <summary>Whether a code meets all that an include or exclude says.</summary>
    bool? Matches(ValueSet valueSet, Inclusion part, Coding coding)
    {
        Check(part);
        if (part.System is { } url)
        {
            if (coding.System != url)
            {
                return false;
            }

            var own = part.Concepts.Count > 0
                ? part.Listed(coding.Code, definitions.CodeSystem(url, part.Version)) is not null
                : InSystem(part, url, coding.Code);
            if (own == false || part.ValueSets.Count == 0)
            {
                return own;
            }

            return Imports(valueSet, part, coding) is not true and var inImports ? inImports : own;
        }

        return Imports(valueSet, part, coding);
    }

    /// <summary>Whether a code is of the system and passes the filters.</summary>
    bool? InSystem(Inclusion part, string url, string code)
    {
        var system = definitions.CodeSystem(url, part.Version);
        var concept = system?.Find(code) ?? -1;
        if (system is { Content: not ContentMode.Supplement } && concept >= 0)
        {
            return part.Compiled(system).All(filter => filter.Test(concept));
        }

        if (system is { IsComplete: true })
        {
            return false;
        }

        if (part.Filters.Count == 0 && CodeGrammar.Of(url) is { } grammar)
        {
            return grammar.Has(code);
        }

        if (part.Filters.Count == 0 && part.ValueSets.Count > 0)
        {
            return true; // the imported value sets vouch for the code; nothing here says that the system lacks it
        }

        return Doubt(system is null ? Unknown(part, url) : Incomplete(
            $"Only a part of {system.Canonical} is here ({Word(system.Content)}), and this code is not in that part."));
    }

    /// <summary>Whether a code is in all the value sets an include or exclude imports.</summary>
    bool? Imports(ValueSet valueSet, Inclusion part, Coding coding)
    {
        bool? all = true;
        foreach (var canonical in part.ValueSets)
        {
            var one = Import(valueSet, canonical) is { } imported
                ? IsMember(imported, coding)
                : Doubt(Unknown(valueSet, part, canonical));
            if (one == false)
            {
                return false;
            }

            all = one is null ? null : all;
        }

        return all;
    }

    /// <summary>The whole of a system, or why it is not there to be listed.</summary>
    CodeSystem Enumerable(Inclusion part, string url)
    {
        var system = definitions.CodeSystem(url, part.Version) ?? throw Unknown(part, url);
        switch (system.Content)
        {
            case ContentMode.Complete:
                return system;
            case ContentMode.Fragment:
                IsComplete = false;
                Note($"Only a fragment of {system.Canonical} is here; codes outside of it are missing.");
                return system;
            default:
                throw Incomplete(
                    $"{part.Path} takes codes of {system.Canonical}, of which the content is not here "
                    + $"({Word(system.Content)}); store the code system with its concepts.");
        }
    }

    IEnumerable<string> Systems(ValueSet valueSet)
    {
        var open = new Stack<ValueSet>([valueSet]);
        var seen = new HashSet<ValueSet>();
        while (open.TryPop(out var at))
        {
            if (!seen.Add(at))
            {
                continue;
            }

            foreach (var system in at.Expansion?.Codes.Select(code => code.System) ?? [])
            {
                yield return system;
            }

            foreach (var part in at.Include)
            {
                if (part.System is not null)
                {
                    yield return part.System;
                }

                foreach (var imported in part.ValueSets.Select(canonical => Import(at, canonical)).OfType<ValueSet>())
                {
                    open.Push(imported);
                }
            }
        }
    }

    ValueSet? Import(ValueSet from, string canonical) => definitions.ValueSet(canonical, from);

    /// <summary>Rules the resource itself must keep: https://hl7.org/fhir/R4/valueset.html#invs (vsd-1 to 3)</summary>
    static void Check(Inclusion part)
    {
        var problem = part switch
        {
            { System: null, ValueSets.Count: 0 } => "names neither a system nor a value set",
            { System: null } when part.Concepts.Count + part.Filters.Count > 0 =>
                "has concepts or filters and does not name their system",
            { Concepts.Count: > 0, Filters.Count: > 0 } => "has concepts and filters; make two of it",
            _ => null,
        };
        if (problem is not null)
        {
            throw new FhirException(ProblemKind.Unprocessable, "invariant", $"{part.Path} {problem}.", part.Path);
        }
    }

    Leaving Enter(ValueSet valueSet)
    {
        if (_path.Contains(valueSet))
        {
            var circle = _path.Reverse().SkipWhile(one => one != valueSet).Append(valueSet)
                .Select(one => one.Canonical);
            throw new FhirException(
                ProblemKind.Unprocessable, "processing",
                $"These value sets import each other in a circle: {string.Join(" > ", circle)}.");
        }

        foreach (var supplement in valueSet.Supplements.Where(definitions.LacksSupplement))
        {
            Note($"The supplement {supplement} was left out.");
        }

        _path.Push(valueSet);
        return new Leaving(_path);
    }

    static bool? Any<T>(IEnumerable<T> parts, Func<T, bool?> test)
    {
        bool? any = false;
        foreach (var part in parts)
        {
            switch (test(part))
            {
                case true:
                    return true;
                case null:
                    any = null;
                    break;
            }
        }

        return any;
    }

    bool IsCertain(bool? known) => known ?? throw _doubt!; // whoever answers null says why

    bool? Doubt(FhirException why)
    {
        _doubt = why;
        return null;
    }

    void Step()
    {
        if (++_steps > StepsMax)
        {
            throw new FhirException(
                ProblemKind.Unprocessable, "too-costly",
                "The value set takes too much work; make its imports fewer or its parts smaller.");
        }

        cancel.ThrowIfCancellationRequested();
    }

    void Note(string text)
    {
        if (_notes.Count < NotesMax && !_notes.Contains(text))
        {
            _notes.Add(text);
        }
    }

    static FhirException Incomplete(string text) => new(ProblemKind.Unprocessable, "incomplete", text);

    FhirException Unknown(Inclusion part, string url)
    {
        var other = definitions.AnyCodeSystem(url, part.Version);
        return new FhirException(
            ProblemKind.NotFound, "not-found",
            $"The code system {definitions.Named(url, part.Version)} is not here; "
            + (other is null ? "store it." : $"store it, or take {other.Canonical}, which is."),
            $"{part.Path}.system");
    }

    static FhirException Unknown(ValueSet valueSet, Inclusion part, string canonical) => new(
        ProblemKind.NotFound, "not-found",
        $"{valueSet.Canonical} imports {canonical}, which is not here; store it.", $"{part.Path}.valueSet");

    static string Word(ContentMode mode) => mode switch
    {
        ContentMode.NotPresent => "not-present",
        ContentMode.Example => "example",
        ContentMode.Supplement => "supplement",
        ContentMode.Fragment => "fragment",
        _ => "complete",
    };

    /// <summary>Takes a value set off the path when its turn is over.</summary>
    readonly struct Leaving(Stack<ValueSet> path) : IDisposable
    {
        public void Dispose() => path.Pop();
    }
}
