using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace FhirHub.EndToEnd.Hub;

/// <summary>What the server answered, whole.</summary>
sealed record Answer(HttpStatusCode Status, IReadOnlyDictionary<string, string> Headers, byte[] Bytes)
{
    internal string Text => Encoding.UTF8.GetString(Bytes);

    /// <summary>The body as JSON; a body that is none fails the test that asks.</summary>
    internal JsonNode Json => JsonNode.Parse(Bytes) ?? throw new AssertFailedException("The body is null.");

    internal string Id => Json["id"]?.ToString() ?? throw new AssertFailedException($"No id in {Text}");

    internal string VersionId => Json["meta"]?["versionId"]?.ToString() ?? "";

    /// <summary>The resources of a bundle that are its matches or versions, in their order.</summary>
    internal IReadOnlyList<JsonNode> Entries =>
    [
        .. (Json["entry"] as JsonArray ?? []).OfType<JsonNode>()
            .Where(e => e["search"]?["mode"]?.ToString() != "outcome"),
    ];

    internal IReadOnlyList<string> Ids =>
        [.. Entries.Select(e => e["resource"]?["id"]?.ToString() ?? "")];

    internal string? Header(string name) => Headers.GetValueOrDefault(name);

    internal string? Link(string relation) => (Json["link"] as JsonArray ?? [])
        .FirstOrDefault(l => l?["relation"]?.ToString() == relation)?["url"]?.ToString();

    internal static async Task<Answer> ReadAsync(HttpResponseMessage response)
    {
        var headers = response.Headers.Concat(response.Content.Headers)
            .ToDictionary(h => h.Key, h => string.Join(", ", h.Value), StringComparer.OrdinalIgnoreCase);
        // The runtime turns Last-Modified and its like back into text; the raw form is what clients see.
        foreach (var (name, values) in response.Content.Headers.NonValidated)
        {
            headers[name] = values.ToString();
        }

        return new Answer(response.StatusCode, headers, await response.Content.ReadAsByteArrayAsync());
    }

    /// <summary>Fails with the whole answer when its status is another.</summary>
    internal Answer Expect(HttpStatusCode status)
    {
        Assert.AreEqual(status, Status, $"The answer was: {Text}");
        return this;
    }

    /// <summary>Fails with the whole answer when it is no success.</summary>
    internal Answer ExpectSuccess()
    {
        Assert.IsTrue((int)Status is >= 200 and < 300, $"{Status}: {Text}");
        return this;
    }

    /// <summary>The status, and an OperationOutcome with an error whose text contains the words.</summary>
    internal Answer ExpectProblem(HttpStatusCode status, params string[] words)
    {
        Expect(status);
        Assert.AreEqual("OperationOutcome", Json["resourceType"]?.ToString(), Text);
        Assert.IsTrue(Json["issue"]?[0]?["severity"]?.ToString() is "error" or "fatal", Text);
        foreach (var word in words)
        {
            Assert.Contains(word, Text);
        }

        return this;
    }
}
