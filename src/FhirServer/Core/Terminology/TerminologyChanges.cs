using FhirHub.Core.Model;

namespace FhirHub.Core.Terminology;

/// <summary>
/// Counts the commits of this process that changed a code system, value set or concept map, so that whoever keeps
/// answers about them knows at once that they may be old. Other processes on the same store are not heard of.
/// </summary>
public sealed class TerminologyChanges
{
    long _count;

    public long Count => Interlocked.Read(ref _count);

    /// <summary>Says that definitions have come or gone otherwise, as with a package.</summary>
    public void Note() => Interlocked.Increment(ref _count);

    /// <summary>Takes the versions of a commit that is done.</summary>
    internal void Note(IReadOnlyList<StoredResource> versions)
    {
        if (versions.Any(version => version.Key.Type is "CodeSystem" or "ValueSet" or "ConceptMap"))
        {
            Note();
        }
    }
}
