using System.Collections.Concurrent;
using FhirHub.Fhir.Definitions;

namespace FhirHub.Fhir.Documents;

/// <summary>
/// A dotted path of element names, checked once against a type: <c>name.given</c> on Patient. A choice is followed by
/// its element name (<c>value</c>) or one of its property names (<c>valueQuantity</c>).
/// </summary>
sealed class ElementPath
{
    // Paths are literals in code, so there are few; the bound only guards against someone building them from input.
    const int CacheMax = 10_000;
    static readonly ConcurrentDictionary<(TypeSchema, string), ElementPath> Cache = new();
    readonly string[] _steps;

    ElementPath(string[] steps) => _steps = steps;

    internal static ElementPath For(TypeSchema type, string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (Cache.TryGetValue((type, path), out var known))
        {
            return known;
        }

        var steps = path.Split('.');
        Check(type, steps);
        var made = new ElementPath(steps);
        if (Cache.Count < CacheMax)
        {
            Cache.TryAdd((type, path), made);
        }

        return made;
    }

    internal FhirNode First(FhirNode from)
    {
        foreach (var node in All(from))
        {
            return node;
        }

        return default;
    }

    internal IEnumerable<FhirNode> All(FhirNode from) => All(from, 0);

    internal static ArgumentException NoSuchElement(TypeSchema type, string name)
    {
        var near = type.Elements.Select(e => e.Name).FirstOrDefault(
            e => e.Equals(name, StringComparison.OrdinalIgnoreCase));
        var hint = near is null
            ? "it has: " + string.Join(", ", type.Elements.Select(e => e.Name))
            : $"did you mean '{near}'?";
        return new ArgumentException($"{type.Name} has no element '{name}'; {hint}");
    }

    IEnumerable<FhirNode> All(FhirNode from, int step)
    {
        if (step == _steps.Length)
        {
            yield return from;
            yield break;
        }

        foreach (var child in from.Children)
        {
            if (child.Element?.Name == _steps[step] || child.Property?.Name == _steps[step])
            {
                foreach (var found in All(child, step + 1))
                {
                    yield return found;
                }
            }
        }
    }

    static void Check(TypeSchema type, ReadOnlySpan<string> steps)
    {
        // Below a choice or an abstract Resource only the document knows the type, so the check follows every
        // candidate.
        HashSet<TypeSchema> candidates = [type];
        foreach (var step in steps)
        {
            if (candidates.Any(t => t.IsResource && t.IsAbstract))
            {
                return;
            }

            var next = candidates.SelectMany(t => t.Properties)
                .Where(p => p.Name == step || p.Element.Name == step)
                .Select(p => p.Type)
                .ToHashSet();
            if (next.Count == 0)
            {
                throw NoSuchElement(candidates.First(), step);
            }

            candidates = next;
        }
    }
}
