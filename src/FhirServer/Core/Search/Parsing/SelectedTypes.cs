using FhirHub.Fhir.Definitions;
using FhirHub.Fhir.FhirPath;

namespace FhirHub.Core.Search.Parsing;

/// <summary>Which data types a parameter's expression can select on a type of resource.</summary>
static class SelectedTypes
{
    /// <summary>Whether values of that data type are among them; true as well where nobody can tell.</summary>
    internal static bool Has(string resourceType, SearchParameterSchema parameter, string dataType)
    {
        if (parameter.Expression is not { } expression)
        {
            return true;
        }

        var root = new PlanNode(FhirSchema.R4[resourceType]);
        var places = new PathCompiler(root, root, []).Select(FhirPathExpression.Get(expression).Syntax);
        return places is null || places.Exists(place => place.Type.IsAbstract || place.Type.Name == dataType);
    }
}
