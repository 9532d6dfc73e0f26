using FhirHub.Fhir.Documents;

namespace FhirHub.Host.Operations;

/// <summary>
/// What <c>$meta-add</c> and <c>$meta-delete</c> do to a resource:
/// https://hl7.org/fhir/R4/resource-operation-meta-add.html
/// </summary>
sealed class MetaChange
{
    static readonly string[] Lists = ["profile", "security", "tag"];

    readonly bool _isAdding;

    MetaChange(bool isAdding) => _isAdding = isAdding;

    internal static MetaChange Add { get; } = new(true);

    internal static MetaChange Delete { get; } = new(false);

    /// <summary>The resource with the change made; null when it is that way already.</summary>
    internal FhirDocument? Apply(FhirDocument resource, FhirNode meta)
    {
        var changed = FhirBuilder.From(resource);
        var current = resource.Root.First("meta");
        var isChanged = false;
        foreach (var list in Lists)
        {
            var wanted = meta[list].DistinctBy(Key).ToList();
            isChanged |= _isAdding ? AddTo(changed, list, current, wanted) : DeleteFrom(changed, list, current, wanted);
        }

        return isChanged ? changed.Build() : null;
    }

    static bool AddTo(FhirBuilder changed, string list, FhirNode current, List<FhirNode> wanted)
    {
        var there = current.Exists ? current[list].Select(Key).ToHashSet() : [];
        wanted.RemoveAll(w => there.Contains(Key(w)));
        wanted.ForEach(w => changed.Add($"meta.{list}", w));
        return wanted.Count > 0;
    }

    static bool DeleteFrom(FhirBuilder changed, string list, FhirNode current, List<FhirNode> wanted)
    {
        var gone = wanted.Select(Key).ToHashSet();
        var all = current.Exists ? current[list].ToList() : [];
        var kept = all.Where(one => !gone.Contains(Key(one))).ToList();
        if (kept.Count == all.Count)
        {
            return false;
        }

        changed.Remove($"meta.{list}");
        kept.ForEach(k => changed.Add($"meta.{list}", k));
        return true;
    }

    /// <summary>A label is the same when its system and code are; a profile by its address.</summary>
    internal static (string?, string?) Key(FhirNode label) => label.IsPrimitive
        ? (null, label.Text)
        : (label.First("system").Text, label.First("code").Text);
}
