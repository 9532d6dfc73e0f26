using System.Text;
using FhirHub.Core.Model;
using FhirHub.Core.Search;
using FhirHub.Core.Terminology;
using FhirHub.Core.Writes;
using FhirHub.Fhir.Documents;
using FhirHub.Terminology;
using FhirHub.Terminology.ConceptMaps;
using FhirHub.Terminology.Content;
using FhirHub.Terminology.Dictionaries;

namespace FhirHub.Stores.Terminology.Dictionaries;

/// <summary>A hospital's dictionary, a standard, and the work of mapping one to the other, on a real store.</summary>
sealed class DictionaryWorld : IAsyncDisposable
{
    internal static readonly Caller Caller = new(Sample.Tenant, "test");

    internal const string Local = "urn:hospital:diagnosis";
    internal const string Standard = "urn:standard:icd";
    internal const string MapUrl = "urn:hospital:map";

    readonly SqlitePair _pair = SqlitePair.Create();
    readonly Writer _writer;

    internal DictionaryWorld()
    {
        var catalogs = new SearchCatalogs(ParameterCatalog.R4, SearchZone.China);
        var changes = new TerminologyChanges();
        _writer = new Writer(_pair.Resources, _pair.Search, catalogs, _pair.Clock, terminology: changes);
        Unmapped = new UnmappedCodes(_pair.Clock);
        Tables = new UnmappedTables(_pair.Resources, _pair.Search, _writer);
        Publishing = new Publishing(_pair.Resources, _pair.Search, _writer, _pair.Clock);
        Hub = new HubTerminology(
            new StoredContent(_pair.Resources, _pair.Search), new ShippedContent(), _pair.Clock,
            new TerminologyOptions(), changes, Unmapped);
    }

    internal HubTerminology Hub { get; }

    internal Publishing Publishing { get; }

    internal UnmappedCodes Unmapped { get; }

    internal UnmappedTables Tables { get; }

    internal DateTimeOffset Now => _pair.Clock.Now;

    public ValueTask DisposeAsync() => _pair.DisposeAsync();

    internal void Wait(int hours) => _pair.Clock.Now = _pair.Clock.Now.AddHours(hours);

    internal async Task<StoredResource> PutAsync(string json)
    {
        var document = FhirDocument.ParseJson(Encoding.UTF8.GetBytes(json));
        var id = document.Root.First("id").Text ?? "";
        return (await _writer.WriteAsync(new Write.Update(document, id, Precondition.None), Caller, default)).Resource
            ?? throw new AssertFailedException("Nothing was stored.");
    }

    internal async Task<StoredResource> ReadAsync(StoredResource resource, long? version = null) =>
        await _pair.Resources.ReadAsync(resource.Key, version, AccessRule.Everything, default)
            ?? throw new AssertFailedException($"{resource.Key} is not there.");

    internal async Task<List<StoredResource>> HistoryAsync(string type) =>
        await _pair.HistoryAsync(new Core.Storage.HistoryQuery
        {
            Tenant = Sample.Tenant,
            Type = type,
            Count = 100,
            Access = AccessRule.Everything,
        });

    internal Task<StoredResource> PutMapAsync(string target, string version = "1", string status = "draft", string id = "m1") =>
        PutAsync($$"""
            {"resourceType":"ConceptMap","id":"{{id}}","url":"{{MapUrl}}","version":"{{version}}","status":"{{status}}",
             "group":[{"source":"{{Local}}","target":"{{Standard}}","element":[
              {"code":"1","target":[{"code":"{{target}}","equivalence":"equivalent"}]}]}]}
            """);

    internal async Task<StoredResource> PublishAsync(StoredResource draft)
    {
        var step = new ReviewStep("author", null);
        var submitted = await Publishing.SubmitAsync(draft, step, Caller, default);
        var approved = await Publishing.ReviewAsync(
            submitted.Resource!, true, step with { By = "reviewer" }, Caller, default);
        return (await Publishing.PublishAsync(approved.Resource!, step, Caller, default)).Resource!;
    }

    /// <summary>What the local code 1 is in the standard.</summary>
    internal async Task<string> TranslatedAsync(string? map = null, DateTimeOffset? asOf = null)
    {
        var answer = await AnswerAsync("1", map, asOf);
        return answer.IsKnown
            ? string.Join(' ', answer.OrThrow().Matches.Select(match => match.Concept?.Code))
            : answer.Problem.IssueCode;
    }

    internal async Task<Answer<Translation>> AnswerAsync(string code, string? map = null, DateTimeOffset? asOf = null) =>
        await Hub.TranslateAsync(
            map is null ? null : FhirHub.Terminology.Operations.DefinitionChoice.Of(map),
            new TranslationRequest(new Coding(Local, code)) { AsOf = asOf }, Caller, default);
}
