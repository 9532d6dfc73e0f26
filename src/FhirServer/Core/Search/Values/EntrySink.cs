using FhirHub.Fhir.Definitions;

namespace FhirHub.Core.Search;

/// <summary>
/// Where values go: the extraction's entries, or the component of a composite that is being gathered.
/// </summary>
sealed class EntrySink(SearchZone zone)
{
    const int UsualCount = 32;

    List<SearchProblem>? _problems;

    internal SearchZone Zone { get; } = zone;

    internal List<SearchEntry> Entries { get; } = new(UsualCount);

    internal IReadOnlyList<SearchProblem> Problems => _problems ?? (IReadOnlyList<SearchProblem>)[];

    /// <summary>The parameter the next values belong to.</summary>
    internal SearchParameterSchema? Parameter { get; set; }

    /// <summary>In which element the next values are, as <see cref="SearchEntry.Element"/> says.</summary>
    internal int Element { get; set; }

    /// <summary>The list that takes the values instead of the entries, if any.</summary>
    internal List<SearchValue>? Component { get; set; }

    internal void Add(SearchValue value)
    {
        if (Component is not null)
        {
            Component.Add(value);
        }
        else
        {
            Entries.Add(new SearchEntry(Parameter!, value, Element)); // the walk sets it before it reads a value
        }
    }

    /// <summary>The nodes of <c>Reference.reference</c> that parameters have read, in no order.</summary>
    internal List<int> References { get; } = [];

    /// <summary>A value is that of a literal reference.</summary>
    internal void Tell(int node)
    {
        if (Component is null)
        {
            References.Add(node);
        }
    }

    internal void Report(string text) => (_problems ??= []).Add(new SearchProblem(Parameter!, text)); // as above
}
