using FhirHub.Core.Model;

namespace FhirHub.Core.Validation;

/// <summary>
/// Counts what changed the StructureDefinitions there are: commits of this process, and packages. Other processes on
/// the same store are not heard of.
/// </summary>
public sealed class ProfileChanges
{
    long _count;

    public long Count => Interlocked.Read(ref _count);

    /// <summary>Says that profiles have come or gone.</summary>
    public void Note() => Interlocked.Increment(ref _count);

    /// <summary>Takes the versions of a commit that is done.</summary>
    internal void Note(IReadOnlyList<StoredResource> versions)
    {
        if (versions.Any(version => version.Key.Type == "StructureDefinition"))
        {
            Note();
        }
    }
}
