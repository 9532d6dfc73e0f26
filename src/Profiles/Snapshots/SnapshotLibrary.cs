using System.Collections.Concurrent;
using FhirHub.Fhir.Documents;
using FhirHub.Profiles.Messages;

namespace FhirHub.Profiles.Snapshots;

/// <summary>
/// The snapshots of StructureDefinitions by canonical URL, each made once. The trees are shared: whoever changes one
/// changes a clone.
/// </summary>
/// <param name="find">
/// The StructureDefinition of a canonical URL; null when there is none. It may throw to say that it has to be fetched.
/// </param>
sealed class SnapshotLibrary(Func<string, FhirDocument?> find)
{
    const int EntriesMax = 1_000;
    const int DepthMax = 40;
    const string CoreDefinitions = "http://hl7.org/fhir/StructureDefinition/";
    readonly ConcurrentDictionary<string, Snapshot?> _snapshots = new(StringComparer.Ordinal);

    /// <summary>The snapshot of a canonical URL; null when there is no such definition.</summary>
    internal Snapshot? Find(string canonical) => Find(canonical, []);

    internal FhirDocument? Definition(string canonical) => find(canonical);

    /// <summary>The snapshot of a type of R4.</summary>
    internal Snapshot? OfType(string type) => Find(CoreDefinitions + type);

    /// <summary>
    /// The snapshot of a definition that is at hand: the published one, or made from the differential.
    /// </summary>
    internal Snapshot Of(FhirNode definition, bool anew = false) => Of(definition, anew, []);

    internal Snapshot? Find(string canonical, IReadOnlyList<string> path)
    {
        if (_snapshots.TryGetValue(canonical, out var known))
        {
            return known;
        }

        if (path.Contains(canonical, StringComparer.Ordinal) || path.Count > DepthMax)
        {
            return new Snapshot(null, [new SnapshotProblem(SnapshotMessages.BaseCircular, path[0], [canonical])]);
        }

        var made = find(canonical) is { } document ? Of(document.Root, false, [.. path, canonical]) : null;
        if (_snapshots.Count >= EntriesMax)
        {
            _snapshots.Clear();
        }

        return _snapshots.GetOrAdd(canonical, made);
    }

    Snapshot Of(FhirNode root, bool anew, IReadOnlyList<string> path)
    {
        var published = anew ? null : ElementTree.Read(root.First("snapshot"));
        var isConstraint = root.First("derivation").Text == "constraint";
        if (published is not null && published.Children.Count > 0)
        {
            return new Snapshot(published, []);
        }

        // A specialisation is written out in full; what it inherits is there.
        return isConstraint
            ? new SnapshotGenerator(this, path).Generate(root)
            : ElementTree.Read(root.First("snapshot")) is { } whole ? new Snapshot(whole, [])
            : new Snapshot(
                null,
                [new SnapshotProblem(SnapshotMessages.Empty, root.First("type").Text ?? "StructureDefinition", [])]);
    }
}
