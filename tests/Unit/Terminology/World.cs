using System.Text;
using FhirHub.Core.Model;
using FhirHub.Core.Terminology;
using FhirHub.Fhir.Documents;
using FhirHub.Terminology.CodeSystems;
using FhirHub.Terminology.Operations;
using FhirHub.Terminology.ValueSets;

namespace FhirHub.Unit.Terminology;

/// <summary>A few definitions, and what they say.</summary>
sealed class World
{
    internal const string Animals = "http://example.org/animals";

    readonly DefinitionSet _definitions = new(EditionRules.None);
    readonly Dictionary<string, ValueSet> _valueSets = [];
    int _unnamed;

    /// <summary>A system of every shape: nesting, a parent property, properties of each type.</summary>
    internal const string AnimalsJson = """
        {"resourceType":"CodeSystem","url":"http://example.org/animals","version":"1","status":"active","caseSensitive":true,
         "content":"complete","hierarchyMeaning":"is-a",
         "property":[{"code":"legs","type":"integer"},{"code":"eats","type":"code"},{"code":"kept","type":"boolean"},
          {"code":"seen","type":"dateTime"},{"code":"class","type":"Coding"},{"code":"call","type":"string"},
          {"code":"belongs","uri":"http://hl7.org/fhir/concept-properties#parent","type":"code"},
          {"code":"inactive","type":"boolean"},{"code":"notSelectable","type":"boolean"}],
         "concept":[
          {"code":"animal","display":"Animal","property":[{"code":"notSelectable","valueBoolean":true}],"concept":[
           {"code":"cat","display":"Cat","property":[{"code":"legs","valueInteger":4},{"code":"kept","valueBoolean":true},
             {"code":"eats","valueCode":"bird"},{"code":"eats","valueCode":"fish"},{"code":"call","valueString":"miaow"}],
            "concept":[{"code":"siamese","display":"Siamese"},{"code":"manx"}]},
           {"code":"bird","display":"Bird","property":[{"code":"legs","valueInteger":2},{"code":"call","valueString":"tweet"},
             {"code":"class","valueCoding":{"system":"http://example.org/taxa","code":"Aves"}}],
            "concept":[{"code":"dodo","display":"Dodo","property":[{"code":"inactive","valueBoolean":true}]}]},
           {"code":"fish","display":"Fish","property":[{"code":"legs","valueInteger":0},{"code":"eats","valueCode":"fish"}]}]},
          {"code":"pet","display":"Pet"},
          {"code":"goldfish","display":"Goldfish","property":[{"code":"belongs","valueCode":"fish"},
            {"code":"belongs","valueCode":"pet"},{"code":"seen","valueDateTime":"2026-01-02"}]}]}
        """;

    internal static World OfAnimals() => new World().Add(AnimalsJson);

    internal World Add(string json)
    {
        var document = Parse(json);
        if (document.Type.Name == "CodeSystem")
        {
            Add(CodeSystemReader.Read(document.Root));
        }
        else
        {
            Add(ValueSetReader.Read(document.Root));
        }

        return this;
    }

    internal void Add(CodeSystem system)
    {
        _definitions.Has(system, system.Url);
        _definitions.Has(system, system.Canonical);
    }

    internal void Add(ValueSet valueSet)
    {
        _valueSets.TryAdd(valueSet.Url, valueSet);
        _definitions.Has(valueSet, valueSet.Url);
        _definitions.Has(valueSet, valueSet.Canonical);
    }

    /// <summary>Adds a value set of that composition and gives its URL.</summary>
    internal string Compose(string compose)
    {
        var url = $"http://example.org/ValueSet/{++_unnamed}";
        Add($$"""{"resourceType":"ValueSet","url":"{{url}}","status":"active","compose":{{compose}}}""");
        return url;
    }

    internal (List<CodeEntry> Codes, Composition Composition) Expand(string url, ExpansionLimits? limits = null)
    {
        var composition = Ask();
        return (composition.Expand(_valueSets[url], limits ?? ExpansionLimits.Search), composition);
    }

    /// <summary>The codes of a composition, and a check that membership agrees about every code of its systems.</summary>
    internal string Codes(string compose)
    {
        var url = Compose(compose);
        var codes = Expand(url).Codes;
        AssertAgreement(url, codes);
        return string.Join(' ', codes.Select(code => code.Code));
    }

    internal string Filtered(string property, string op, string value) => Codes(
        $$"""{"include":[{"system":"{{Animals}}","filter":[{"property":"{{property}}","op":"{{op}}","value":"{{value}}"}]}]}""");

    internal bool Contains(string url, string? system, string code) => system is null
        ? Ask().ContainsCode(_valueSets[url], code)
        : Ask().Contains(_valueSets[url], new Coding(system, code));

    internal void AssertAgreement(string url, List<CodeEntry> expansion)
    {
        var inside = expansion.Select(code => new Coding(code.System, code.Code)).ToHashSet();
        Assert.HasCount(expansion.Count, inside, $"{url} lists a code twice");
        foreach (var url2 in expansion.Select(code => code.System).Append(Animals).Distinct())
        {
            foreach (var code in _definitions.CodeSystem(url2, null)?.Codes ?? [])
            {
                Assert.AreEqual(
                    inside.Contains(new Coding(url2, code)), Contains(url, url2, code), $"{url} and {url2}|{code}");
            }
        }

        foreach (var coding in inside)
        {
            Assert.IsTrue(Contains(url, coding.System, coding.Code), $"{url} and {coding}");
        }
    }

    internal Problem Refusal(string compose)
    {
        var url = Compose(compose);
        return Assert.ThrowsExactly<FhirException>(() => Expand(url)).Problem;
    }

    internal static CodeSystem Read(string json) => CodeSystemReader.Read(Parse(json).Root);

    Composition Ask() => new(_definitions, CancellationToken.None);

    static FhirDocument Parse(string json) => FhirDocument.ParseJson(Encoding.UTF8.GetBytes(json));
}
