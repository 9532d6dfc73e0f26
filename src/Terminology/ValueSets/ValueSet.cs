using FhirHub.Core.Terminology;

namespace FhirHub.Terminology.ValueSets;

/// <summary>A value set as it is defined: https://hl7.org/fhir/R4/valueset.html#composition</summary>
sealed class ValueSet
{
    static long _last;

    /// <summary>Another one for each definition read, so that answers can remember what they rest on.</summary>
    internal long Number { get; } = Interlocked.Increment(ref _last);

    internal required string Url { get; init; }

    internal string? Version { get; init; }

    /// <summary>What <c>compose.inactive</c> says of inactive codes; null when it says nothing.</summary>
    internal bool? Inactive { get; init; }

    internal IReadOnlyList<Inclusion> Include { get; init; } = [];

    internal IReadOnlyList<Inclusion> Exclude { get; init; } = [];

    /// <summary>The codes of the expansion that came with the resource, where it has no composition.</summary>
    internal StoredExpansion? Expansion { get; init; }

    /// <summary>Value sets inside the resource, by their ids, for references such as <c>#colours</c>.</summary>
    internal IReadOnlyDictionary<string, ValueSet> Contained { get; init; } = new Dictionary<string, ValueSet>();

    /// <summary>Supplements the value set asks for, as canonicals.</summary>
    internal IReadOnlyList<string> Supplements { get; init; } = [];

    /// <summary>What an expansion repeats of the definition.</summary>
    internal ValueSetHead Head { get; init; } = new(null, null, null, false);

    /// <summary>URL and version as a canonical.</summary>
    internal string Canonical => Version is null ? Url : $"{Url}|{Version}";

    internal IEnumerable<Inclusion> Parts => Include.Concat(Exclude);
}

/// <summary>What a value set says of itself.</summary>
public sealed record ValueSetHead(string? Name, string? Title, string? Status, bool IsExperimental);

/// <summary>An expansion somebody else made.</summary>
sealed class StoredExpansion(IReadOnlyList<CodeEntry> codes, bool isWhole)
{
    readonly Dictionary<Coding, CodeEntry> _byCoding = codes
        .DistinctBy(code => new Coding(code.System, code.Code))
        .ToDictionary(code => new Coding(code.System, code.Code));

    internal IReadOnlyCollection<CodeEntry> Codes => _byCoding.Values;

    /// <summary>Whether it holds every code of the value set.</summary>
    internal bool IsWhole => isWhole;

    internal CodeEntry? Find(Coding coding) => _byCoding.GetValueOrDefault(coding);
}
