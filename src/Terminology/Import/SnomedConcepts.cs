namespace FhirHub.Terminology.Import;

/// <summary>The concepts of a release in the order of their identifiers, as arrays.</summary>
sealed class SnomedConcepts
{
    internal SnomedConcepts(List<Row> rows)
    {
        rows.Sort(static (one, other) => one.Id.CompareTo(other.Id));
        Ids = [.. rows.Select(row => row.Id)];
        IsActive = [.. rows.Select(row => row.IsActive)];
        IsDefined = [.. rows.Select(row => row.IsDefined)];
        Modules = [.. rows.Select(row => row.Module)];
    }

    internal long[] Ids { get; }

    internal bool[] IsActive { get; }

    /// <summary>Whether its relationships define it sufficiently.</summary>
    internal bool[] IsDefined { get; }

    internal long[] Modules { get; }

    internal int Count => Ids.Length;

    /// <summary>The place of a concept, or a number below zero.</summary>
    internal int Find(long id) => Array.BinarySearch(Ids, id);

    /// <summary>A row of the file of concepts.</summary>
    internal readonly record struct Row(long Id, bool IsActive, bool IsDefined, long Module);
}
