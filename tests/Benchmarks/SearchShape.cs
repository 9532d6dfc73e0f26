using System.Text;
using System.Text.Json;

namespace FhirHub.Benchmarks;

/// <summary>Searches that differ in their values only.</summary>
/// <param name="Family">What kind of search it is.</param>
/// <param name="Name">What it looks for.</param>
/// <param name="MayBeEmpty">Whether its values need not occur in the store.</param>
/// <param name="Urls">The searches, as addresses behind the base.</param>
/// <param name="Has">What each match of each search has in it, where that is one text.</param>
sealed record SearchShape(string Family, string Name, bool MayBeEmpty, string[] Urls, string?[] Has)
{
    /// <summary>The same as requests to send.</summary>
    internal byte[][] Requests { get; } = Array.ConvertAll(Urls, url => LoadClient.Request("GET", $"/fhir/{url}"));

    readonly byte[]?[] _has = Array.ConvertAll(Has, text => text is null ? null : Encoding.UTF8.GetBytes(text));

    /// <summary>Whether an answer is what that search must bring: matches, and none without what each has in it.</summary>
    internal bool Accepts(int status, ReadOnlySpan<byte> body, int number)
    {
        var matches = body.Count("\"mode\":\"match\""u8);
        return status == 200 && (MayBeEmpty || matches > 0)
            && (_has[number] is not { } text || body.Count(text) >= matches);
    }
}

/// <summary>What the ramp writes with <c>--requests</c>.</summary>
/// <param name="Counted">The search that counts many, whose number the server keeps.</param>
/// <param name="CountedAmong">The same with another token, which is counted each time.</param>
/// <param name="Shapes">The searches that bring pages.</param>
sealed record SearchShapes(string Counted, string CountedAmong, SearchShape[] Shapes)
{
    static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    internal static SearchShapes Read(string path) =>
        JsonSerializer.Deserialize<SearchShapes>(File.ReadAllText(path), Web)
        ?? throw new InvalidOperationException($"{path} is empty.");
}
