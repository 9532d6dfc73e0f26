using FhirHub.EndToEnd.Hub;
using static System.Net.HttpStatusCode;

namespace FhirHub.EndToEnd.Http;

/// <summary>What a type or everything is labelled with: https://hl7.org/fhir/R4/resource-operation-meta.html</summary>
[TestClass]
public sealed class MetaTests
{
    [TestMethod]
    public async Task Every_label_is_told_once_and_those_of_gone_resources_are_not()
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

        await hub.Fhir.PutAsync("Basic/gone", Labelled("c", "gone"));
        await hub.Fhir.PutAsync("Patient/p", Profiled());
        var all = (await hub.Fhir.GetAsync("$meta")).Expect(OK).Json["parameter"]?[0]?["valueMeta"];
        Assert.AreEqual("http://p.example/a|1 http://p.example/a|2", string.Join(' ', all?["profile"]?.AsArray() ?? []));
        Assert.AreEqual("B a c", string.Join(' ', all?["tag"]?.AsArray().Select(t => t?["code"]?.ToString()) ?? []));
        await hub.Fhir.DeleteAsync("Basic/gone");
        var left = (await hub.Fhir.GetAsync("Basic/$meta")).Expect(OK).Json["parameter"]?[0]?["valueMeta"];
        Assert.AreEqual("B a", string.Join(' ', left?["tag"]?.AsArray().Select(t => t?["code"]?.ToString()) ?? []));
        Assert.IsNull(left?["profile"]);
        (await hub.Fhir.GetAsync("Observation/$meta")).Expect(OK);
    }

    static string Profiled() => """
        {"resourceType":"Patient","id":"p",
        "meta":{"profile":["http://p.example/a|1","http://p.example/a|2","http://p.example/a|1"]}}
        """;

    static string Labelled(string code, string? id = null) => $$$"""
        {"resourceType":"Basic",{{{(id is null ? "" : $"\"id\":\"{id}\",")}}}
        "meta":{"tag":[{"system":"http://a.example","code":"{{{code}}}"}]},"code":{"text":"x"}}
        """;
}
