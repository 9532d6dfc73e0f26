using System.Text;
using System.Text.Json.Nodes;
using FhirHub.Fhir.Definitions;
using FhirHub.Fhir.Documents;

namespace FhirHub.Unit.Profiles;

/// <summary>Profiles damaged at random are told what is wrong with them, or taken as they are; nothing ends.</summary>
[TestClass]
public sealed class DamagedProfileTests
{
    const int Seed = 20261126;
    const int Rounds = 40;

    static readonly string[] Names =
        ["vitalsigns", "bp", "cholesterol", "hlaresult", "provenance-relevant-history", "patient-nationality"];

    [TestMethod]
    public async Task A_damaged_profile_is_an_issue_and_no_fault()
    {
        var random = new Random(Seed);
        var patient = ProfileSource.Parse(
            """{"resourceType":"Patient","extension":[{"url":"http://example.org/damaged","valueString":"x"}]}""");
        var observation = ProfileSource.Parse(
            """
            {"resourceType":"Observation","status":"final","code":{"coding":[{"system":"http://loinc.org","code":"1"}]},
            "category":[{"text":"x"}],"valueQuantity":{"value":1,"code":"x"},"component":[{"code":{"text":"x"}}]}
            """);
        for (var round = 0; round < Rounds; round++)
        {
            var name = Names[random.Next(Names.Length)];
            DefinitionArchive.R4.TryGet(ProfileSource.Base + name, out var published);
            var damaged = Damage(published!, random); // all six are in R4
            try
            {
                var world = new Validating();
                world.Source.Add(damaged);
                _ = await world.IssuesAsync(observation, "http://example.org/damaged");
                _ = await world.IssuesAsync(patient);
                _ = await world.IssuesAsync(FhirDocument.ParseJson(
                    Encoding.UTF8.GetBytes(damaged), ParseOptions.Lenient).OrThrow());
            }
            catch (Exception fault) when (fault is not FhirFormatException)
            {
                Assert.Fail($"seed {Seed}, round {round}, {name}: {fault}\n{damaged}");
            }
        }
    }

    static string Damage(FhirDocument profile, Random random)
    {
        // Leave the snapshot half of the time, so that both ways are walked.
        var json = JsonNode.Parse(profile.Json.Span)!.AsObject(); // it was parsed before
        json["url"] = "http://example.org/damaged";
        var part = random.Next(2) == 0 ? "differential" : "snapshot";
        if (part == "differential")
        {
            json.Remove("snapshot");
        }

        var elements = json[part]!["element"]!.AsArray(); // each of them has both
        for (var i = random.Next(1, 6); i > 0; i--)
        {
            Damage(elements, random);
        }

        return json.ToJsonString();
    }

    static void Damage(JsonArray elements, Random random)
    {
        var at = random.Next(elements.Count);
        var other = elements[random.Next(elements.Count)]!.AsObject();
        var element = elements[at]!.AsObject();
        var members = element.Select(member => member.Key).Where(key => key != "path").ToList();
        switch (random.Next(6))
        {
            case 0 when elements.Count > 1:
                elements.RemoveAt(at);
                break;
            case 1:
                elements.Add(element.DeepClone());
                break;
            case 2 when members.Count > 0:
                element.Remove(members[random.Next(members.Count)]);
                break;
            case 3:
                element["path"] = other["path"]?.ToString() + (random.Next(2) == 0 ? "" : ".extension.value[x]");
                break;
            case 4:
                element["sliceName"] = new[] { "a", "a/b", "@default", "valueQuantity" }[random.Next(4)];
                break;
            default:
                foreach (var member in other.Where(m => m.Key is not ("id" or "path")).ToList())
                {
                    element[member.Key] = member.Value?.DeepClone();
                }

                break;
        }
    }
}
