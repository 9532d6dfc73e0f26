using FhirHub.Core.Model;
using FhirHub.Core.Terminology;
using FhirHub.Terminology;
using FhirHub.Terminology.Content;

namespace FhirHub.Stores.Terminology;

/// <summary>A store with a terminology on it.</summary>
sealed class TerminologyPair : IAsyncDisposable
{
    internal static readonly Caller Caller = new(Sample.Tenant, "test");

    readonly SqlitePair _pair = SqlitePair.Create();

    internal TerminologyPair() => Hub = new HubTerminology(
        new StoredContent(_pair.Resources, _pair.Search),
        new ShippedContent(typeof(HubTerminology).Assembly, typeof(TerminologyPair).Assembly),
        _pair.Clock,
        new TerminologyOptions { BelievedSeconds = 1 });

    internal HubTerminology Hub { get; }

    public ValueTask DisposeAsync() => _pair.DisposeAsync();

    internal Task PutAsync(string json, string tenant = Sample.Tenant) => _pair.PutAsync(json, tenant);

    internal Task DeleteAsync(string type, string id) => _pair.DeleteAsync(type, id);

    internal void Wait(int seconds) => _pair.Clock.Now = _pair.Clock.Now.AddSeconds(seconds);

    internal async Task<string> CodesAsync(string valueSet, string tenant = Sample.Tenant) =>
        string.Join(' ', (await ExpandAsync(valueSet, tenant)).OrThrow().Codes.Select(code => code.Code));

    internal async Task<Answer<Expansion>> ExpandAsync(string valueSet, string tenant = Sample.Tenant) =>
        await Hub.ExpandAsync(
            valueSet, ExpansionLimits.Search, Caller with { Tenant = tenant }, CancellationToken.None);

    internal async Task<Answer<bool>> ContainsAsync(string valueSet, string? system, string code) =>
        await Hub.ContainsAsync(valueSet, new Coding(system, code), Caller, CancellationToken.None);

    internal async Task<Answer<CodeEntry>> LookupAsync(string? system, string code) =>
        await Hub.LookupAsync(new Coding(system, code), Caller, CancellationToken.None);

    internal async Task<Answer<IReadOnlyList<Coding>>> BelowAsync(string? system, string code, int max = 50_000) =>
        await Hub.DescendantsAsync(
            new Coding(system, code), new ExpansionLimits { CodesMax = max }, Caller, CancellationToken.None);

    internal async Task<Answer<IReadOnlyList<Coding>>> AboveAsync(string? system, string code) =>
        await Hub.AncestorsAsync(new Coding(system, code), ExpansionLimits.Search, Caller, CancellationToken.None);

    internal static string CodeSystem(
        string id, string codes, string? version = null, string status = "active", string url = Urls.Shades) => $$"""
        {"resourceType":"CodeSystem","id":"{{id}}","url":"{{url}}",{{Version(version)}}"status":"{{status}}",
         "caseSensitive":true,"content":"complete",
         "concept":[{{string.Join(',', codes.Split(' ').Select(code => $$"""{"code":"{{code}}"}"""))}}]}
        """;

    internal static string ValueSet(
        string id, string compose, string? version = null, string status = "active", string url = Urls.Colours) => $$"""
        {"resourceType":"ValueSet","id":"{{id}}","url":"{{url}}",{{Version(version)}}"status":"{{status}}",
         "compose":{{compose}} }
        """;

    static string Version(string? version) => version is null ? "" : $"\"version\":\"{version}\",";
}

/// <summary>The definitions the tests are about.</summary>
static class Urls
{
    internal const string Shades = "http://example.org/shades";
    internal const string Colours = "http://example.org/ValueSet/colours";
    internal const string AllShades = """{"include":[{"system":"http://example.org/shades"}]}""";
}
