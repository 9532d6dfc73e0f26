using FhirHub.Fhir.Documents;

namespace FhirHub.Profiles.Running;

/// <summary>
/// The entries of a bundle by their full URLs, made once per run: https://hl7.org/fhir/R4/bundle.html#references
/// </summary>
sealed class BundleIndex
{
    readonly Dictionary<string, FhirNode> _byUrl = new(StringComparer.Ordinal);
    readonly Dictionary<string, FhirNode> _byName = new(StringComparer.Ordinal);
    readonly List<(int First, int End, string? Service)> _entries = [];

    internal BundleIndex(FhirNode bundle)
    {
        foreach (var entry in ElementPart.Entry.All(bundle))
        {
            var resource = ElementPart.Resource.First(entry);
            var url = ElementPart.FullUrl.First(entry).Text;
            string? service = null;
            if (resource.Exists)
            {
                var name = $"{resource.Type.Name}/{ElementPart.Id.First(resource).Text}";
                if (url is not null)
                {
                    _byUrl.TryAdd(url, resource);
                    service = url.EndsWith("/" + name, StringComparison.Ordinal) ? url[..^name.Length] : null;
                }

                _byName.TryAdd(name, resource);
            }

            _entries.Add((entry.Index, bundle.Document.Records[entry.Index].Next, service));
        }
    }

    internal FhirNode Find(string reference, FhirNode from)
    {
        var history = reference.IndexOf("/_history/", StringComparison.Ordinal);
        var plain = history < 0 ? reference : reference[..history];
        if (plain.Contains(':', StringComparison.Ordinal))
        {
            return _byUrl.GetValueOrDefault(plain);
        }

        // Relative to the server the entry around it came from; where that is not known, by name.
        return ServiceOf(from.Index) is { } service
            ? _byUrl.GetValueOrDefault(service + plain)
            : _byName.GetValueOrDefault(plain);
    }

    string? ServiceOf(int node)
    {
        var (low, high) = (0, _entries.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = _entries[middle].First <= node ? (middle + 1, high) : (low, middle);
        }

        return low > 0 && node < _entries[low - 1].End ? _entries[low - 1].Service : null;
    }
}
