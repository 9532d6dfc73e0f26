using FhirHub.EndToEnd.Hub;
using static System.Net.HttpStatusCode;

namespace FhirHub.EndToEnd.Http;

/// <summary>What a type or everything is labelled with: https://hl7.org/fhir/R4/resource-operation-meta.html</summary>
[TestClass]
public sealed class MetaTests
{
    const int ResourcesMax = 20_000;

    [TestMethod]
    public async Task Every_label_is_told_once_and_a_store_too_large_for_it_says_so()
    {
        await using var hub = await HubProcess.StartAsync(null, "--empty");
        foreach (var code in new[] { "a", "B", "a" })
        {
            await hub.Fhir.PostAsync("Basic", Labelled(code));
        }

        foreach (var path in new[] { "Basic/$meta", "$meta" })
        {
            var meta = (await hub.Fhir.GetAsync(path)).Expect(OK).Json["parameter"]?[0]?["valueMeta"];
            Assert.AreEqual("B a", string.Join(' ', meta?["tag"]?.AsArray().Select(t => t?["code"]?.ToString()) ?? []));
        }

        await FillAsync(hub.Fhir, ResourcesMax - 3);
        (await hub.Fhir.GetAsync("$meta")).Expect(OK);
        await hub.Fhir.PostAsync("Patient", Sample.Patient("p"));
        (await hub.Fhir.GetAsync("$meta")).ExpectProblem(UnprocessableEntity, "too-costly");
        (await hub.Fhir.GetAsync("Basic/$meta")).Expect(OK);
        (await hub.Fhir.GetAsync("Patient/$meta")).Expect(OK);
        await hub.Fhir.PostAsync("Basic", Labelled("c"));
        (await hub.Fhir.GetAsync("Basic/$meta")).ExpectProblem(UnprocessableEntity, "too-costly");
    }

    static async Task FillAsync(FhirClient fhir, int count)
    {
        foreach (var codes in Enumerable.Repeat("a", count).Chunk(5000))
        {
            var entries = codes.Select(code => $$$"""
                {"resource":{{{Labelled(code)}}},"request":{"method":"POST","url":"Basic"}}
                """);
            (await fhir.PostAsync(
                "",
                $$"""{"resourceType":"Bundle","type":"transaction","entry":[{{string.Join(',', entries)}}]}""",
                ("Prefer", "return=minimal"))).Expect(OK);
        }
    }

    static string Labelled(string code) => $$$"""
        {"resourceType":"Basic","meta":{"tag":[{"system":"http://a.example","code":"{{{code}}}"}]},"code":{"text":"x"}}
        """;
}
