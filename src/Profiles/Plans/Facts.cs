using FhirHub.Core.Model;
using FhirHub.Fhir.Documents;

namespace FhirHub.Profiles.Plans;

/// <summary>What is known, by name: the Parameters resource that the expressions of definitions work on.</summary>
sealed class Facts
{
    readonly Dictionary<string, Fact> _known = new(StringComparer.Ordinal);

    /// <summary>What the caller tells, which goes before what is recorded.</summary>
    internal static Facts Told(FhirNode parameters)
    {
        var facts = new Facts();
        foreach (var parameter in parameters.Exists ? parameters["parameter"] : default)
        {
            if (parameter.First("name").Text is not { } name || parameter.First("value") is not { Exists: true } value
                || value.Property is not { } property)
            {
                throw new FhirException(
                    ProblemKind.Invalid, "required", "Each of 'parameters' needs a name and a value.");
            }

            facts._known[name] = value.IsPrimitive
                ? new Fact(property.Name, value.Text ?? "", default, null)
                : new Fact(property.Name, "", value, null);
        }

        return facts;
    }

    internal bool Has(string name) => _known.ContainsKey(name);

    /// <summary>The record a fact was taken from; null when nobody recorded it.</summary>
    internal string? SourceOf(string name) => _known.TryGetValue(name, out var fact) ? fact.Source : null;

    internal IEnumerable<string> Names => _known.Keys;

    /// <summary>The property its value stands under, such as <c>valueDecimal</c>.</summary>
    internal string? PropertyOf(string name) => _known.TryGetValue(name, out var fact) ? fact.Property : null;

    /// <summary>Adds what is recorded, unless the caller has told otherwise.</summary>
    internal void Record(string name, string property, string text, string? source) =>
        _known.TryAdd(name, new Fact(property, text, default, source));

    internal FhirDocument Document()
    {
        var parameters = FhirBuilder.Create("Parameters");
        foreach (var (name, fact) in _known)
        {
            parameters.Add("parameter", p =>
            {
                p.Set("name", name);
                _ = fact.Value.Exists ? p.Set(fact.Property, fact.Value) : p.Set(fact.Property, fact.Text);
            });
        }

        return parameters.Build();
    }

    readonly record struct Fact(string Property, string Text, FhirNode Value, string? Source);
}
