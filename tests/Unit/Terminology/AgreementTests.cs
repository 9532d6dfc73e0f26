using System.Text;
using FhirHub.Core.Model;
using FhirHub.Core.Terminology;
using FhirHub.Fhir.Documents;
using FhirHub.Terminology.ConceptMaps;

namespace FhirHub.Unit.Terminology;

/// <summary>
/// Whatever the definitions: an expansion holds exactly the codes that validation finds in the value set, and what is
/// translated there is translated back. The definitions are made up by a seed, which a failure tells.
/// </summary>
[TestClass]
public sealed class AgreementTests
{
    const int Rounds = 400;
    const string System = "http://example.org/made-up";

    static readonly string[] Operators =
        ["=", "in", "not-in", "is-a", "is-not-a", "descendent-of", "generalizes", "child-of", "descendent-leaf", "exists", "regex"];

    [TestMethod]
    public void An_expansion_and_a_validation_agree_about_every_code()
    {
        var (made, refused) = (0, 0);
        for (var seed = 1; seed <= Rounds; seed++)
        {
            var random = new Random(seed);
            var world = new World();
            var codes = random.Next(1, 30);
            world.Add(World.Read(CodeSystem(random, codes)));
            var imported = world.Compose(Compose(random, codes, null));
            var url = world.Compose(Compose(random, codes, imported));
            List<CodeEntry> expansion;
            try
            {
                expansion = world.Expand(url).Codes;
            }
            catch (FhirException)
            {
                refused++; // such as a filter on a code that a fragment lacks
                continue;
            }

            var inside = expansion.Select(code => code.Code).ToHashSet();
            Assert.HasCount(expansion.Count, inside, $"seed {seed} lists a code twice");
            for (var code = 0; code < codes; code++)
            {
                Assert.AreEqual(inside.Contains($"c{code}"), world.Contains(url, System, $"c{code}"), $"seed {seed}, code c{code}");
                Assert.AreEqual(
                    inside.Contains($"c{code}"), world.Contains(url, null, $"c{code}"), $"seed {seed}, code c{code} alone");
            }

            made++;
        }

        Assert.IsGreaterThan(Rounds / 2, made, $"{refused} were refused");
    }

    [TestMethod]
    public void What_is_translated_is_translated_back_with_the_equivalence_turned_round()
    {
        var back = new Dictionary<string, string>
        {
            ["wider"] = "narrower",
            ["narrower"] = "wider",
            ["subsumes"] = "specializes",
            ["specializes"] = "subsumes",
        };
        for (var seed = 1; seed <= Rounds; seed++)
        {
            var random = new Random(seed);
            var map = ConceptMapReader.Read(Parse(Map(random)));
            for (var code = 0; code < 10; code++)
            {
                var coding = new Coding("urn:from", $"{code}");
                foreach (var match in Translated(map, coding, false).Where(match => match.Concept is not null))
                {
                    var returned = Translated(map, match.Concept!.Value, true).Where(one => one.Concept == coding).ToList();
                    CollectionAssert.Contains(
                        returned.ConvertAll(one => one.Equivalence),
                        back.GetValueOrDefault(match.Equivalence, match.Equivalence),
                        $"seed {seed}, {coding} > {match.Concept}");
                }
            }

            // And nothing comes back that does not go there.
            for (var code = 0; code < 10; code++)
            {
                var target = new Coding("urn:to", $"t{code}");
                foreach (var match in Translated(map, target, true))
                {
                    Assert.IsTrue(
                        Translated(map, match.Concept!.Value, false).Any(one => one.Concept == target), $"seed {seed}, {target}");
                }
            }
        }
    }

    static List<TranslationMatch> Translated(ConceptMap map, Coding coding, bool isReverse)
    {
        var matches = new List<TranslationMatch>();
        map.Translate(new TranslationRequest(coding) { IsReverse = isReverse }, matches);
        return matches;
    }

    /// <summary>A code system in which concepts have none, one or two parents, and properties of each kind.</summary>
    static string CodeSystem(Random random, int codes)
    {
        var concepts = Enumerable.Range(0, codes).Select(code =>
        {
            var properties = new List<string> { $$"""{"code":"size","valueInteger":{{random.Next(4)}} }""" };
            for (var parent = 0; code > 0 && parent < random.Next(3); parent++)
            {
                properties.Add($$"""{"code":"parent","valueCode":"c{{random.Next(code)}}"}""");
            }

            if (random.Next(4) == 0)
            {
                properties.Add("""{"code":"inactive","valueBoolean":true}""");
            }

            if (random.Next(2) == 0)
            {
                properties.Add($$"""{"code":"kin","valueCode":"c{{random.Next(codes)}}"}""");
            }

            return $$"""{"code":"c{{code}}","display":"Concept {{code}}","property":[{{string.Join(',', properties)}}]}""";
        });
        return $$"""
            {"resourceType":"CodeSystem","url":"{{System}}","status":"active","caseSensitive":true,
             "content":"{{(random.Next(5) == 0 ? "fragment" : "complete")}}",
             "property":[{"code":"parent","uri":"http://hl7.org/fhir/concept-properties#parent","type":"code"},{"code":"kin","type":"code"},
              {"code":"size","type":"integer"},{"code":"inactive","type":"boolean"}],"concept":[{{string.Join(',', concepts)}}]}
            """;
    }

    static string Compose(Random random, int codes, string? imported)
    {
        var inactive = random.Next(3) switch { 0 => "\"inactive\":false,", 1 => "\"inactive\":true,", _ => "" };
        var include = string.Join(',', Enumerable.Range(0, random.Next(1, 4)).Select(_ => Part(random, codes, imported)));
        var exclude = random.Next(2) == 0 ? "" : $",\"exclude\":[{Part(random, codes, imported)}]";
        return $$"""{ {{inactive}}"include":[{{include}}]{{exclude}} }""";
    }

    static string Part(Random random, int codes, string? imported)
    {
        var sets = imported is not null && random.Next(3) == 0 ? $"\"valueSet\":[\"{imported}\"]" : null;
        if (sets is not null && random.Next(2) == 0)
        {
            return $$"""{ {{sets}} }""";
        }

        var rest = random.Next(3) switch
        {
            0 => $"\"concept\":[{string.Join(',', Enumerable.Range(0, random.Next(1, 5)).Select(_ => $"{{\"code\":\"c{random.Next(codes)}\"}}"))}]",
            1 => $"\"filter\":[{string.Join(',', Enumerable.Range(0, random.Next(1, 3)).Select(_ => Filter(random, codes)))}]",
            _ => null,
        };
        return "{" + string.Join(',', new[] { $"\"system\":\"{System}\"", rest, sets }.OfType<string>()) + "}";
    }

    static string Filter(Random random, int codes)
    {
        var op = Operators[random.Next(Operators.Length)];
        var (property, value) = op switch
        {
            "exists" => ("kin", random.Next(2) == 0 ? "true" : "false"),
            "regex" => ("concept", "c[0-5]+"),
            "=" => random.Next(2) == 0 ? ("size", $"{random.Next(4)}") : ("parent", $"c{random.Next(codes)}"),
            "in" or "not-in" => random.Next(2) == 0
                ? ("size", $"{random.Next(4)},{random.Next(4)}")
                : ("concept", $"c{random.Next(codes)},c{random.Next(codes)}"),
            "is-a" or "is-not-a" => (random.Next(3) == 0 ? "kin" : "concept", $"c{random.Next(codes)}"),
            _ => ("concept", $"c{random.Next(codes)}"),
        };
        return $$"""{"property":"{{property}}","op":"{{op}}","value":"{{value}}"}""";
    }

    static string Map(Random random)
    {
        string[] equivalences = ["equal", "equivalent", "wider", "narrower", "subsumes", "specializes", "inexact", "relatedto"];
        var elements = Enumerable.Range(0, 10).Where(_ => random.Next(4) > 0).Select(code =>
        {
            var targets = Enumerable.Range(0, random.Next(1, 4)).Select(_ =>
                $$"""{"code":"t{{random.Next(10)}}","equivalence":"{{equivalences[random.Next(equivalences.Length)]}}"}""");
            return $$"""{"code":"{{code}}","target":[{{string.Join(',', targets)}}]}""";
        });
        return $$"""
            {"resourceType":"ConceptMap","url":"urn:map","status":"active","group":[{"source":"urn:from","target":"urn:to","element":[
             {{string.Join(',', elements.Append("""{"code":"last","target":[{"code":"t0","equivalence":"equal"}]}"""))}}]}]}
            """;
    }

    static FhirNode Parse(string json) => FhirDocument.ParseJson(Encoding.UTF8.GetBytes(json)).Root;
}
