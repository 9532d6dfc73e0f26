using System.Text.Json;
using FhirHub.Fhir.Definitions;

namespace FhirHub.DefinitionsCompiler;

/// <summary>
/// Turns the StructureDefinitions, SearchParameters and CompartmentDefinitions of R4 into the schema.
/// </summary>
sealed class SchemaCompiler
{
    readonly TypeCompiler _types = new();
    readonly List<SearchParameterData> _searchParameters = [];
    readonly List<CompartmentData> _compartments = [];
    string _version = "";

    internal void Add(PackageFile file)
    {
        switch (file.ResourceType)
        {
            case "StructureDefinition" when TypeCompiler.DefinesType(file.Resource):
                _version = file.Resource.GetProperty("fhirVersion").GetString() ?? "";
                _types.Add(file.Resource);
                break;

            // The bundle is the list the specification publishes; the single files also hold examples and drafts.
            case "Bundle" when file.Name == "Bundle-searchParams.json":
                foreach (var entry in file.Resource.GetProperty("entry").EnumerateArray())
                {
                    _searchParameters.Add(SearchParameter(entry.GetProperty("resource")));
                }

                break;

            case "CompartmentDefinition" when file.Name != "CompartmentDefinition-example.json":
                _compartments.Add(Compartment(file.Resource));
                break;
        }
    }

    internal SchemaData Build()
    {
        var types = _types.Build();
        if (types.Count == 0 || _searchParameters.Count == 0 || _compartments.Count == 0)
        {
            throw new PackageException("The R4 package does not hold the definitions it is known for.");
        }

        return new SchemaData(
            _version,
            _types.Invariants,
            types,
            [.. _searchParameters.OrderBy(p => p.Url, StringComparer.Ordinal)],
            [.. _compartments.OrderBy(c => c.Type, StringComparer.Ordinal)]);
    }

    static SearchParameterData SearchParameter(JsonElement resource) => new(
        resource.Text("url") ?? "",
        resource.Text("name") ?? "",
        resource.Text("code") ?? "",
        Enum.Parse<SearchParameterType>(resource.Text("type") ?? "", ignoreCase: true),
        resource.Text("expression"),
        resource.Texts("base"),
        resource.Texts("target"),
        [.. resource.Items("component").Select(c => new SearchComponentData(
            c.Text("definition") ?? "", c.Text("expression") ?? ""))]);

    static CompartmentData Compartment(JsonElement resource) => new(
        resource.Text("code") ?? "",
        [.. from member in resource.Items("resource")
            let parameters = member.Texts("param")
            where parameters.Count > 0
            select new CompartmentMemberData(member.Text("code") ?? "", parameters)]);
}
