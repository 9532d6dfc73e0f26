using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using FhirHub.Core.Model;
using FhirHub.Core.Storage;
using FhirHub.Core.Writes;
using FhirHub.Fhir.Documents;
using FhirHub.Host.Http;
using FhirHub.Terminology;
using FhirHub.Terminology.Operations;

namespace FhirHub.Host.Operations;

/// <summary>
/// Which of a client's codes stand above which, kept up as the client meets new ones:
/// https://hl7.org/fhir/R4/conceptmap-operation-closure.html. A table is a ConceptMap in the store, one group for each
/// system and step, so it survives like everything else; it has no URL, so that nobody translates with it.
/// </summary>
static class Closure
{
    internal static readonly string[] Known = ["name", "concept", "version"];

    const int ConceptsMax = 50_000;

    /// <summary>Each attempt fails only because another request has added to the same table.</summary>
    const int AttemptsMax = 10;

    internal static void Map(IEndpointRouteBuilder fhir) => fhir.MapPost("/$closure", HandleAsync);

    static async Task HandleAsync(
        HttpContext http, HubTerminology terminology, IResourceStore store, Writer writer, Caller caller)
    {
        // 1. What is asked: a new table, codes for it, or what happened since a version.
        var parameters = await TerminologyParameters.ReadAsync(http, Known);
        var name = parameters.Needed("name");
        var concepts = parameters.Codings("concept");
        var since = parameters.Text("version");
        if (since is not null && concepts.Count > 0)
        {
            throw OperationParameters.Refused("Give either 'concept' or 'version'.");
        }

        var table = new Table(name, store, writer, caller);
        if (since is not null)
        {
            var kept = (await table.ReadAsync(http.RequestAborted)).Document;
            await FhirResult.WriteAsync(http, Changes(kept, Number(since, kept)));
            return;
        }

        // 2. The change, with another attempt when somebody else was quicker.
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var changed = concepts.Count == 0
                    ? await table.StartAsync(http.RequestAborted)
                    : await AddAsync(table, concepts, terminology, caller, http.RequestAborted);
                await FhirResult.WriteAsync(http, Changes(changed, VersionOf(changed) - 1));
                return;
            }
            catch (FhirException lost)
                when (lost.Problem.Kind == ProblemKind.PreconditionFailed && attempt < AttemptsMax)
            {
                // Look again at what is there now.
            }
        }
    }

    static async Task<FhirDocument> AddAsync(
        Table table, IReadOnlyList<CodeQuestion> concepts, HubTerminology terminology, Caller caller,
        CancellationToken cancel)
    {
        var (document, version) = await table.ReadAsync(cancel);
        var known = document.Root["group"]
            .SelectMany(group => group["element"], (group, element) => (group, element))
            .ToLookup(pair => pair.group.First("source").Text ?? "", pair => pair.element.First("code").Text ?? "");
        var step = VersionOf(document) + 1;
        var changed = FhirBuilder.From(document).Set("version", Text(step));
        var systems = concepts.GroupBy(concept => concept.Coding.System ?? throw new FhirException(
            ProblemKind.Invalid, "required", "A concept of a closure table needs its system.")).ToList();
        if (known.Sum(system => system.Count()) + concepts.Count > ConceptsMax)
        {
            throw new FhirException(
                ProblemKind.Unprocessable, "too-costly", $"A closure table holds at most {ConceptsMax:N0} concepts.");
        }

        for (var i = 0; i < systems.Count; i++)
        {
            var system = systems[i].Key;
            var old = known[system].ToHashSet(StringComparer.Ordinal);
            var added = systems[i].Select(one => one.Coding.Code).Where(code => !old.Contains(code)).ToHashSet();
            var choice = DefinitionChoice.Of(system, systems[i].First().Version);
            var pairs = (await terminology.RelationsAsync(choice, old, added, caller, cancel)).OrThrow()
                .ToLookup(pair => pair.Below, pair => pair.Above);
            var id = $"step-{Text(step)}-{Text(i)}";
            changed.Add("group", group => AddGroup(group, id, system, added, pairs));
        }

        return await table.WriteAsync(changed.Build(), new Precondition(version, false), cancel);
    }

    /// <summary>All codes of the step, also those above and below none, for later steps.</summary>
    static void AddGroup(
        FhirBuilder group, string id, string system, HashSet<string> added, ILookup<string, string> pairs)
    {
        group.Set("id", id).Set("source", system).Set("target", system);
        foreach (var code in added.Union(pairs.Select(pair => pair.Key)))
        {
            group.Add("element", element =>
            {
                element.Set("code", code);
                foreach (var above in pairs[code])
                {
                    element.Add("target", target => target.Set("code", above).Set("equivalence", "subsumes"));
                }
            });
        }
    }

    /// <summary>What was found out after a version, without the codes that relate to none.</summary>
    static FhirDocument Changes(FhirDocument table, int after)
    {
        var changes = FhirBuilder.Create("ConceptMap")
            .Set("version", table.Root.First("version").Text ?? "0")
            .Set("name", "ClosureTable")
            .Set("title", table.Root.First("title").Text ?? "")
            .Set("status", "active");
        foreach (var step in table.Root["group"].Where(group => StepOf(group) > after))
        {
            var related = step["element"].Where(element => element["target"].Any()).ToList();
            if (related.Count > 0)
            {
                changes.Add("group", group =>
                {
                    group.Set("source", step.First("source")).Set("target", step.First("target"));
                    related.ForEach(element => group.Add("element", element));
                });
            }
        }

        return changes.Build();
    }

    static int StepOf(FhirNode group) => group.First("id").Text?.Split('-') is [_, var step, _]
        ? int.Parse(step, CultureInfo.InvariantCulture)
        : 0;

    static int VersionOf(FhirDocument table) =>
        int.Parse(table.Root.First("version").Text ?? "0", CultureInfo.InvariantCulture);

    static int Number(string version, FhirDocument table) =>
        int.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number <= VersionOf(table)
            ? number
            : throw OperationParameters.Refused(
                $"'version' is one that this closure table had: 0 to {table.Root.First("version").Text}.");

    static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>The resource a table is kept in.</summary>
    sealed class Table(string name, IResourceStore store, Writer writer, Caller caller)
    {
        const int HashLength = 40;

        readonly ResourceKey _key = new(
            caller.Tenant,
            "ConceptMap",
            "closure-" + System.Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)))[..HashLength]);

        internal async Task<(FhirDocument Document, long Version)> ReadAsync(CancellationToken cancel) =>
            await store.ReadAsync(_key, null, caller.Access, cancel) is { IsDeleted: false } stored
                ? (FhirDocument.ParseJson(stored.Json), stored.Version)
                : throw new FhirException(
                    ProblemKind.NotFound, "not-found",
                    "There is no closure table of this name; start one by sending the name alone.");

        internal Task<FhirDocument> StartAsync(CancellationToken cancel) => WriteAsync(
            FhirBuilder.Create("ConceptMap")
                .Set("id", _key.Id)
                .Set("version", "0")
                .Set("name", "ClosureTable")
                .Set("title", name)
                .Set("status", "active")
                .Build(),
            Precondition.None,
            cancel);

        internal async Task<FhirDocument> WriteAsync(
            FhirDocument document, Precondition precondition, CancellationToken cancel)
        {
            await writer.WriteAsync(new Write.Update(document, _key.Id, precondition), caller, cancel);
            return document;
        }
    }
}
