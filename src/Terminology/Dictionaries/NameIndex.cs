using FhirHub.Terminology.CodeSystems;

namespace FhirHub.Terminology.Dictionaries;

/// <summary>Finds the concepts of a code system whose names are most like a name.</summary>
sealed class NameIndex
{
    const float SoundFactor = 0.9f;
    const float InitialsScore = 0.7f;
    const float DifferenceFactor = 0.7f;
    const int NearMax = 50; // of which the names are compared in earnest
    const int NamesMax = 8; // of a concept
    const int InitialsMax = 100; // concepts with the same ones

    readonly CodeSystem _system;
    readonly List<int> _concepts = [];
    readonly List<string> _names = [];
    readonly Dictionary<string, List<int>> _byInitials = new(StringComparer.Ordinal);
    readonly NameVectors _characters;
    readonly NameVectors _sounds;

    internal NameIndex(CodeSystem system)
    {
        _system = system;
        for (var concept = 0; concept < system.Count; concept++)
        {
            foreach (var name in system.NamesOf(concept).Select(NameFeatures.Plain).Distinct().Take(NamesMax))
            {
                if (name.Length > 0)
                {
                    Add(concept, name);
                }
            }
        }

        _characters = new NameVectors(_names.Select(NameFeatures.OfCharacters));
        _sounds = new NameVectors(_names.Select(NameFeatures.OfSound));
    }

    /// <summary>The nearest concepts, the most similar first.</summary>
    /// <param name="names">What is to be mapped is called.</param>
    /// <param name="without">Codes that are not wanted.</param>
    /// <param name="least">The least score, from 0 to 1.</param>
    /// <param name="count">How many at most.</param>
    internal IReadOnlyList<MappingCandidate> Find(
        IEnumerable<string> names, IReadOnlyCollection<string> without, double least, int count)
    {
        var best = new Dictionary<int, MappingCandidate>();
        foreach (var name in names.Select(NameFeatures.Plain).Where(name => name.Length > 0).Distinct().Take(NamesMax))
        {
            foreach (var (at, score, why) in Near(name))
            {
                var concept = _concepts[at];
                var candidate = Judge(name, at, score, why);
                if (candidate.Score >= least && !without.Contains(candidate.Code)
                    && (!best.TryGetValue(concept, out var known) || known.Score < candidate.Score))
                {
                    best[concept] = candidate;
                }
            }
        }

        return
        [
            .. best.OrderByDescending(pair => pair.Value.Score).ThenBy(pair => pair.Key).Take(count)
                .Select(pair => pair.Value),
        ];
    }

    IEnumerable<(int Name, float Score, MappingReason Reason)> Near(string name)
    {
        foreach (var (at, cosine) in _characters.Near(NameFeatures.OfCharacters(name))
            .OrderByDescending(near => near.Cosine).ThenBy(near => near.Name).Take(NearMax))
        {
            yield return (at, cosine, MappingReason.Characters);
        }

        foreach (var (at, cosine) in _sounds.Near(NameFeatures.OfSound(name))
            .OrderByDescending(near => near.Cosine).ThenBy(near => near.Name).Take(NearMax))
        {
            yield return (at, cosine * SoundFactor, MappingReason.Sound);
        }

        foreach (var at in _byInitials.GetValueOrDefault(name) ?? [])
        {
            yield return (at, InitialsScore, MappingReason.Initials);
        }
    }

    MappingCandidate Judge(string name, int at, float score, MappingReason reason)
    {
        var other = _names[at];
        var isSame = name == other;
        var difference = isSame || reason == MappingReason.Initials ? null : NameFeatures.Difference(name, other);
        var concept = _concepts[at];
        return new MappingCandidate(
            _system.Codes[concept],
            _system.Displays[concept],
            isSame ? 1 : Math.Round((difference is null ? score : score * DifferenceFactor) * 0.999, 3),
            isSame ? MappingReason.SameName : reason)
        {
            Difference = difference,
            IsInactive = (_system.Flags[concept] & ConceptFlags.Inactive) != 0,
        };
    }

    void Add(int concept, string name)
    {
        _concepts.Add(concept);
        _names.Add(name);
        if (NameFeatures.Initials(name) is { } initials)
        {
            if (!_byInitials.TryGetValue(initials, out var having))
            {
                _byInitials.Add(initials, having = []);
            }

            if (having.Count < InitialsMax)
            {
                having.Add(_names.Count - 1);
            }
        }
    }
}
