using System.Diagnostics.CodeAnalysis;
using FhirHub.Core.Model;
using FhirHub.Fhir.Definitions;

namespace FhirHub.Core.Search;

/// <summary>
/// The search parameters in force: those of R4 and custom ones. Immutable; a changed set is a new catalog. On one
/// resource type a code means one parameter: the one whose base is most specific, and among those the latest added.
/// </summary>
public sealed class ParameterCatalog
{
    readonly Dictionary<string, SearchParameterSchema> _byUrl;
    readonly Dictionary<string, Dictionary<string, SearchParameterSchema>> _byType = new(StringComparer.Ordinal);

    /// <summary>The issue code of a search by a parameter that is being built.</summary>
    internal const string IsIncomplete = "incomplete";

    IReadOnlyList<(CustomDefinition Definition, Func<string> Progress)> _unfinished = [];

    ParameterCatalog(IEnumerable<SearchParameterSchema> parameters)
    {
        _byUrl = new Dictionary<string, SearchParameterSchema>(StringComparer.Ordinal);
        var byBase = new Dictionary<string, List<SearchParameterSchema>>(StringComparer.Ordinal);
        foreach (var parameter in parameters)
        {
            _byUrl[parameter.Url] = parameter;
        }

        foreach (var parameter in _byUrl.Values)
        {
            foreach (var type in parameter.Base)
            {
                if (!byBase.TryGetValue(type, out var list))
                {
                    byBase.Add(type, list = []);
                }

                list.Add(parameter);
            }
        }

        foreach (var type in FhirSchema.R4.ResourceTypes)
        {
            var codes = new Dictionary<string, SearchParameterSchema>(StringComparer.Ordinal);
            Add(type, byBase, codes);
            _byType.Add(type.Name, codes);
        }
    }

    /// <summary>The parameters of the specification, its slips put right.</summary>
    public static ParameterCatalog R4 { get; } = new(FhirSchema.R4.SearchParameters.Select(Errata.Mend));

    /// <summary>The same without the parameters whose words are not indexed.</summary>
    public static ParameterCatalog R4With(FullTextExtent extent) => extent switch
    {
        FullTextExtent.All => R4,
        FullTextExtent.Narrative => R4.Without(ResourceWords.ContentUrl),
        _ => R4.Without(ResourceWords.ContentUrl).Without(ResourceWords.TextUrl),
    };

    public IReadOnlyCollection<SearchParameterSchema> All => _byUrl.Values;

    /// <summary>
    /// Every parameter that applies to a resource type, those of Resource and DomainResource included.
    /// </summary>
    public IReadOnlyCollection<SearchParameterSchema> Of(string resourceType) =>
        _byType.TryGetValue(resourceType, out var codes) ? codes.Values : [];

    public bool TryGet(string resourceType, string code, [NotNullWhen(true)] out SearchParameterSchema? parameter)
    {
        parameter = null;
        return _byType.TryGetValue(resourceType, out var codes) && codes.TryGetValue(code, out parameter);
    }

    /// <summary>Whether that is a type of resource.</summary>
    public bool IsType(string name) => _byType.ContainsKey(name);

    /// <summary>Finds a parameter by its canonical URL.</summary>
    public bool TryGet(string url, [NotNullWhen(true)] out SearchParameterSchema? parameter) =>
        _byUrl.TryGetValue(url, out parameter);

    /// <summary>A catalog with these as well; one with a known URL takes that one's place.</summary>
    public ParameterCatalog With(params IEnumerable<SearchParameterSchema> parameters)
    {
        var added = parameters.ToList();
        var urls = added.Select(p => p.Url).ToHashSet(StringComparer.Ordinal);
        return new ParameterCatalog(_byUrl.Values.Where(p => !urls.Contains(p.Url)).Concat(added));
    }

    /// <summary>A catalog without the parameter of that URL.</summary>
    public ParameterCatalog Without(string url) => new(_byUrl.Values.Where(p => p.Url != url));

    /// <summary>
    /// The same catalog that knows of parameters it does not have yet, because their index is not complete.
    /// </summary>
    /// <param name="unfinished">The parameters and the text that says how far they are.</param>
    public ParameterCatalog WithUnfinished(
        IReadOnlyList<(CustomDefinition Definition, Func<string> Progress)> unfinished) =>
        new(_byUrl.Values) { _unfinished = unfinished };

    /// <summary>
    /// Why a type has no parameter of that code although it is defined; null when it is not. It is no answer to leave
    /// such a parameter out, so the search has to wait.
    /// </summary>
    internal FhirException? Unfinished(string resourceType, string code)
    {
        foreach (var (definition, progress) in _unfinished)
        {
            if (definition.Schema.Code == code && definition.Types.Contains(resourceType))
            {
                return new FhirException(
                    ProblemKind.Invalid,
                    IsIncomplete,
                    $"The index of '{code}' on {resourceType} is still being built ({progress()}); try again later. "
                        + "GET [base]/$reindex says how far it is.");
            }
        }

        return null;
    }

    /// <summary>The references of a type that are defined and not there yet, and why.</summary>
    internal IEnumerable<(SearchParameterSchema Parameter, Problem Problem)> UnfinishedReferences(
        string resourceType) =>
        from known in _unfinished
        let parameter = known.Definition.Schema
        where parameter.Type == SearchParameterType.Reference && known.Definition.Types.Contains(resourceType)
        let why = Unfinished(resourceType, parameter.Code)
        where why is not null
        select (parameter, why.Problem with { Text = $"'*' leaves out a reference. {why.Problem.Text}" });

    static void Add(
        TypeSchema type,
        Dictionary<string, List<SearchParameterSchema>> byBase,
        Dictionary<string, SearchParameterSchema> codes)
    {
        if (type.Base is not null)
        {
            Add(type.Base, byBase, codes);
        }

        foreach (var parameter in byBase.GetValueOrDefault(type.Name, []))
        {
            codes[parameter.Code] = parameter;
        }
    }
}
