using FhirHub.Core.Model;
using FhirHub.Core.Storage;
using FhirHub.Fhir.Definitions;

namespace FhirHub.Core.Search;

/// <summary>Which compartments a resource is in: https://hl7.org/fhir/R4/compartmentdefinition.html</summary>
public static class Compartments
{
    public static IReadOnlyList<Compartment> Of(ResourceKey key, IReadOnlyList<SearchEntry> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var found = new List<Compartment>();
        foreach (var compartment in FhirSchema.R4.Compartments)
        {
            // The focus itself belongs to its compartment.
            if (compartment.Type == key.Type)
            {
                Add(found, new Compartment(compartment.Type, key.Id));
            }

            if (!compartment.Members.TryGetValue(key.Type, out var parameters))
            {
                continue;
            }

            foreach (var entry in values)
            {
                // The same type and id on another server are somebody else.
                if (entry.Within is null
                    && entry.Value is SearchValue.Reference
                    {
                        Kind: ReferenceKind.Relative, Id.IsEmpty: false,
                    } reference
                    && parameters.Contains(entry.Parameter.Code)
                    && reference.Type.ToString() == compartment.Type)
                {
                    Add(found, new Compartment(compartment.Type, reference.Id.ToString()));
                }
            }
        }

        return found;
    }

    /// <summary>What the resources of a type must be to be in a compartment.</summary>
    /// <param name="type">The type.</param>
    /// <param name="compartment">The compartment.</param>
    /// <param name="baseUrl">The server's own base, with which references may begin.</param>
    public static SearchExpression Members(string type, Compartment compartment, string? baseUrl)
    {
        var inside = new SearchExpression.InCompartment(compartment.Type, compartment.Id);
        if (baseUrl is null || ParametersOf(type, compartment.Type).ToList() is not { Count: > 0 } parameters)
        {
            return inside;
        }

        var url = $"{baseUrl}/{compartment.Type}/{compartment.Id}";
        return new SearchExpression.Or(
            [inside, .. parameters.Select(parameter => new SearchExpression.Url(parameter, url))]);
    }

    /// <summary>The parameters by which a type's resources are in a compartment.</summary>
    internal static IEnumerable<SearchParameterSchema> ParametersOf(string type, string compartment)
    {
        if (FhirSchema.R4.TryGetCompartment(compartment, out var schema)
            && schema.Members.TryGetValue(type, out var codes))
        {
            foreach (var code in codes)
            {
                if (ParameterCatalog.R4.TryGet(type, code, out var parameter))
                {
                    yield return parameter;
                }
            }
        }
    }

    static void Add(List<Compartment> found, Compartment compartment)
    {
        if (!found.Contains(compartment))
        {
            found.Add(compartment);
        }
    }
}
