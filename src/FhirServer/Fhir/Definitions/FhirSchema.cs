using System.Diagnostics.CodeAnalysis;

namespace FhirHub.Fhir.Definitions;

/// <summary>
/// All of FHIR R4 as the definitions state it: types, search parameters, compartments. Loaded once from the compiled
/// file inside this assembly and shared by everyone; nothing in it changes after that.
/// </summary>
public sealed class FhirSchema
{
    const string ResourceName = "r4.schema";
    static readonly Lazy<FhirSchema> Shared = new(Load);

    readonly Dictionary<string, TypeSchema> _types = new(StringComparer.Ordinal);
    readonly Dictionary<string, SearchParameterSchema> _searchParameters = new(StringComparer.Ordinal);
    readonly Dictionary<string, List<SearchParameterSchema>> _searchParametersByBase = new(StringComparer.Ordinal);
    readonly Dictionary<string, CompartmentSchema> _compartments = new(StringComparer.Ordinal);

    FhirSchema(SchemaData data)
    {
        FhirVersion = data.FhirVersion;
        var invariants = data.Invariants
            .Select(i => new InvariantSchema(i.Key, i.IsError, i.Human, i.Expression, i.Source))
            .ToArray();
        TypeArray = new TypeSchema[data.Types.Count];
        for (var i = 0; i < TypeArray.Length; i++)
        {
            TypeArray[i] = new TypeSchema((ushort)i, data.Types[i], Pick(invariants, data.Types[i].Invariants));
            _types.Add(TypeArray[i].Name, TypeArray[i]);
        }

        var properties = new List<PropertySchema?> { null };
        foreach (var type in data.Types)
        {
            AddElements(_types[type.Name], type, invariants, properties);
        }

        PropertyArray = [.. properties];
        foreach (var parameter in data.SearchParameters)
        {
            Add(parameter);
        }

        foreach (var compartment in data.Compartments)
        {
            var members = compartment.Members.ToDictionary(m => m.Type, m => m.Parameters, StringComparer.Ordinal);
            _compartments.Add(compartment.Type, new CompartmentSchema(compartment.Type, members));
        }

        ResourceTypes = [.. TypeArray.Where(type => type.IsResource && !type.IsAbstract)];
    }

    /// <summary>The R4 definitions, loaded at first use.</summary>
    public static FhirSchema R4 => Shared.Value;

    /// <summary>The version of the definitions: <c>4.0.1</c>.</summary>
    public string FhirVersion { get; }

    public IReadOnlyList<TypeSchema> Types => TypeArray;

    /// <summary>The types that a resource can be of, in the order of the definitions.</summary>
    public IReadOnlyList<TypeSchema> ResourceTypes { get; }

    public IReadOnlyCollection<SearchParameterSchema> SearchParameters => _searchParameters.Values;

    public IReadOnlyCollection<CompartmentSchema> Compartments => _compartments.Values;

    internal TypeSchema[] TypeArray { get; }

    /// <summary>Properties by <see cref="PropertySchema.Id"/>; the entry at zero is null.</summary>
    internal PropertySchema?[] PropertyArray { get; }

    /// <summary>The type of that name; an unknown name is the caller's mistake.</summary>
    public TypeSchema this[string name] =>
        _types.TryGetValue(name, out var type) ? type : throw new ArgumentException($"FHIR R4 has no type '{name}'.");

    public bool TryGetType(string name, [NotNullWhen(true)] out TypeSchema? type) => _types.TryGetValue(name, out type);

    /// <summary>
    /// The parameters whose base is that type; those of <c>Resource</c> and <c>DomainResource</c> are separate.
    /// </summary>
    public IReadOnlyList<SearchParameterSchema> SearchParametersOf(string baseType) =>
        _searchParametersByBase.TryGetValue(baseType, out var found) ? found : [];

    public bool TryGetSearchParameter(string url, [NotNullWhen(true)] out SearchParameterSchema? parameter) =>
        _searchParameters.TryGetValue(url, out parameter);

    public bool TryGetCompartment(string type, [NotNullWhen(true)] out CompartmentSchema? compartment) =>
        _compartments.TryGetValue(type, out compartment);

    internal bool TryGetResourceType(ReadOnlySpan<byte> name, [NotNullWhen(true)] out TypeSchema? type)
    {
        // Type names are ASCII and short; anything else cannot be one.
        Span<char> chars = stackalloc char[64];
        type = null;
        return name.Length <= chars.Length
            && System.Text.Ascii.ToUtf16(name, chars, out var written) == System.Buffers.OperationStatus.Done
            && _types.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(chars[..written], out type)
            && type.IsResource;
    }

    static FhirSchema Load()
    {
        using var stream = typeof(FhirSchema).Assembly.GetManifestResourceStream(ResourceName)
            ?? throw new InvalidOperationException($"The assembly holds no {ResourceName}; rebuild the project.");
        return new FhirSchema(SchemaFile.Read(stream));
    }

    static T[] Pick<T>(T[] table, IReadOnlyList<int> indexes) =>
        indexes.Count == 0 ? [] : indexes.Select(i => table[i]).ToArray();

    void AddElements(TypeSchema owner, TypeData data, InvariantSchema[] invariants, List<PropertySchema?> properties)
    {
        owner.Base = data.Base is null ? null : _types[data.Base];
        var elements = new ElementSchema[data.Elements.Count];
        var own = new List<PropertySchema>(elements.Length);
        for (var i = 0; i < elements.Length; i++)
        {
            var source = data.Elements[i];
            var element = new ElementSchema
            {
                Name = source.Name,
                Path = source.Path,
                Owner = owner,
                Ordinal = i,
                Min = source.Min,
                Max = source.Max < 0 ? int.MaxValue : source.Max,
                Flags = source.Flags,
                ContentReference = source.ContentReference,
                Binding = source.Binding is { } b ? new BindingSchema(b.Strength, b.ValueSet, b.MaxValueSet) : null,
                Invariants = Pick(invariants, source.Invariants),
                Types = source.Types
                    .Select(t => new TypeReference(_types[t.Type], t.Profiles, t.TargetProfiles))
                    .ToArray(),
            };
            var first = own.Count;
            foreach (var reference in element.Types)
            {
                var name = element.IsChoice ? element.Name + Capitalised(reference.Type.Name) : element.Name;
                own.Add(new PropertySchema((ushort)properties.Count, name, element, reference.Type));
                properties.Add(own[^1]);
            }

            element.Properties = own.GetRange(first, own.Count - first);
            elements[i] = element;
        }

        owner.SetElements(elements, [.. own]);
    }

    void Add(SearchParameterData data)
    {
        var parameter = new SearchParameterSchema(
            data.Url,
            data.Name,
            data.Code,
            data.Type,
            data.Expression,
            data.Base,
            data.Targets,
            data.Components.Select(c => new SearchComponentSchema(c.Definition, c.Expression)).ToArray());
        _searchParameters.Add(data.Url, parameter);
        foreach (var type in data.Base)
        {
            if (!_searchParametersByBase.TryGetValue(type, out var list))
            {
                _searchParametersByBase.Add(type, list = []);
            }

            list.Add(parameter);
        }
    }

    static string Capitalised(string name) => char.ToUpperInvariant(name[0]) + name[1..];
}
