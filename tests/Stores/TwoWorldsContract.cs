using System.Globalization;
using System.Text;
using FhirHub.Core.Model;
using FhirHub.Core.Patches;
using FhirHub.Core.Search;
using FhirHub.Core.Storage;
using FhirHub.Core.Writes;
using FhirHub.Fhir.Documents;
using FhirHub.Stores.Oracle;

namespace FhirHub.Stores;

/// <summary>
/// Nothing that a caller may not see can be inferred: a store that has it and one that has not give the same answers to
/// generated requests of all kinds. FHIRHUB_WORLD_REQUESTS asks for more, FHIRHUB_ORACLE_SEED for others.
/// </summary>
public abstract class TwoWorldsContract
{
    const int RequestsDefault = 1500;
    const int SeedDefault = 20260301;
    const int PagesMax = 4;

    static readonly SearchExpression Nobody = new SearchExpression.Or([]);

    public TestContext? TestContext { get; set; }

    protected abstract StoragePair Create();

    /// <summary>Every other resource of some types, all of others, and none of the rest.</summary>
    [TestMethod]
    public Task What_is_hidden_here_and_there_leaves_no_trace() => CompareAsync(target => new AccessRule(
        OracleData.Types.ToDictionary(type => type, type => target.Expression(OracleRule.Of(type))), Nobody));

    /// <summary>One organisation, its patients, and what is about them; dictionaries are everybody's.</summary>
    [TestMethod]
    public Task What_is_anothers_leaves_no_trace() => CompareAsync(target =>
    {
        // Few of the generated patients name an organisation, so half of them stand for ours.
        SearchExpression Of(string type, string search)
        {
            var criteria = ConditionalQuery.Pairs(search).Select(pair => new OracleCriterion(pair.Key, pair.Value, ""));
            return target.Expression(new OracleQuery(type, [.. criteria]));
        }

        return new AccessRule(
            new Dictionary<string, SearchExpression>(StringComparer.Ordinal)
            {
                ["Organization"] = Of("Organization", "_id=a1,A1,n12,n13"),
                ["Patient"] = Of("Patient", "gender:not=female"),
                ["Observation"] = Of("Observation", "subject:Patient.gender:not=female"),
                ["Condition"] = Of("Condition", "subject:Patient.gender:not=female"),
                ["Encounter"] = Of("Encounter", "subject:Patient.gender:not=female"),
                ["List"] = Of("List", "subject:Patient.gender:not=female"),
                ["ValueSet"] = Sample.All(),
                ["CodeSystem"] = Sample.All(),
                ["Location"] = Of("Location", "status:not=suspended"),
            },
            Nobody);
    });

    async Task CompareAsync(Func<StoreTarget, AccessRule> rule)
    {
        var seed = Setting("FHIRHUB_ORACLE_SEED", SeedDefault);
        await using var worlds = await TwoWorlds.CreateAsync(Create, seed, rule);
        Assert.IsGreaterThan(100, worlds.Hidden.Count, "the rule hides a part");
        var requests = new Requests(worlds, new Random(seed));
        var differences = new List<string>();
        var answers = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < Setting("FHIRHUB_WORLD_REQUESTS", RequestsDefault); i++)
        {
            var (name, ask) = requests.Next();
            var (whole, part) = (await AnswerAsync(ask, worlds.Whole), await AnswerAsync(ask, worlds.Part));
            if (whole != part)
            {
                differences.Add($"{i} {name}\n{FirstDifference(whole, part)}");
            }

            var kind = $"{name.Split(' ')[0]} {whole.Split(' ')[0]}";
            answers[kind] = answers.GetValueOrDefault(kind) + 1;
            worlds.Wait(TimeSpan.FromSeconds(1));
        }

        foreach (var (key, hidden) in worlds.Hidden)
        {
            var now = await worlds.Whole.ReadAsync(key.Type, key.Id);
            Assert.AreEqual(Requests.Text(hidden), Requests.Text(now!), "what is hidden was not changed");
        }

        TestContext?.WriteLine(string.Join('\n', answers.OrderBy(a => a.Key).Select(a => $"{a.Key}: {a.Value}")));
        Assert.AreEqual("", string.Join('\n', differences.Take(20)), $"{differences.Count} differences, seed {seed}");
    }

    static async Task<string> AnswerAsync(Func<StoragePair, Task<string>> ask, StoragePair pair)
    {
        try
        {
            return await ask(pair);
        }
        catch (FhirException refused)
        {
            var all = refused.Problem.More.Prepend(refused.Problem);
            return string.Join(' ', all.Select(p => $"{p.Kind} {p.IssueCode} {p.Text} {p.Expression}"));
        }
    }

    /// <summary>The first line in which two answers differ, which may be long.</summary>
    static string FirstDifference(string whole, string part)
    {
        var lines = whole.Split('\n').Append("(end)").Zip(part.Split('\n').Append("(end)"))
            .First(pair => pair.First != pair.Second);
        return $"  whole: {Short(lines.First)}\n  part:  {Short(lines.Second)}";
    }

    static string Short(string line) => line[..Math.Min(line.Length, 300)];

    static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var value)
            ? value
            : otherwise;

    /// <summary>Makes requests of a seed; each is asked of both stores.</summary>
    sealed class Requests(TwoWorlds worlds, Random random)
    {
        static readonly Encoding Utf8 = Encoding.UTF8;

        readonly QueryGenerator _queries = new(worlds.Data, random);
        readonly ResourceFiller _filler = new(random, OracleData.Types, "http://hub.example/fhir");
        readonly SearchParser _parser = new(ParameterCatalog.R4, SearchZone.China, worlds.Whole.Clock);
        readonly SearchCatalogs _catalogs = new(ParameterCatalog.R4);
        readonly Caller _caller = new(Sample.Tenant, "ours")
        {
            Access = worlds.Rule,
            BaseUrl = "http://hub.example/fhir",
        };

        int _made;

        internal (string Name, Func<StoragePair, Task<string>> Ask) Next()
        {
            var type = Pool.Of(random, OracleData.Types);
            var id = Pool.Of(
                random, [Pool.Of(random, Pool.Ids), $"n{random.Next(12, 30)}", $"made{random.Next(_made + 1)}"]);
            var key = random.Next(3) == 0 ? Pool.Of(random, worlds.Seen) : Sample.Key(type, id);
            return random.Next(24) switch
            {
                0 => ($"read {key}", pair => ReadAsync(pair, key, null)),
                1 => ($"vread {key}", pair => ReadAsync(pair, key, 1)),
                2 => ReadMany(),
                3 => History(random.Next(3) switch { 0 => key, 1 => key with { Id = "" }, _ => default }),
                4 => Examples(type),
                5 or 6 => Create(type),
                7 or 8 => Update(key),
                9 => Patch(key),
                10 => Delete(key),
                11 => ConditionalWrite(),
                12 => Search(_queries.NextContained()),
                13 => Count(type),
                _ => Search(_queries.Next()),
            };
        }

        internal static string Text(StoredResource one) => $"{one.Key} {one.Version} {one.LastUpdated:O} {one.Method} "
            + $"{one.Container} {Utf8.GetString(one.Json.Span)}";

        async Task<string> ReadAsync(StoragePair pair, ResourceKey key, long? version) =>
            await pair.Resources.ReadAsync(key, version, worlds.Rule, CancellationToken.None) is { } found
                ? Text(found)
                : "nothing";

        (string, Func<StoragePair, Task<string>>) ReadMany()
        {
            List<ResourceKey> keys =
            [
                .. Enumerable.Range(0, 70).Select(_ =>
                    Sample.Key(Pool.Of(random, OracleData.Types), Pool.Of(random, Pool.Ids))),
            ];
            return ("many", async pair =>
            {
                var found = await pair.Resources.ReadManyAsync(keys, worlds.Rule, CancellationToken.None).ToListAsync();
                return string.Join('\n', found.Select(Text));
            }
            );
        }

        (string, Func<StoragePair, Task<string>>) History(ResourceKey of)
        {
            var (count, since) = (random.Next(1, 90), random.Next(3));
            var from = worlds.Whole.Clock.Now - TimeSpan.FromHours(random.Next(300));
            return ($"history {of} {count} {since} {from}", async pair =>
            {
                var query = new HistoryQuery
                {
                    Tenant = Sample.Tenant,
                    Type = of.Type,
                    Id = of.Id is { Length: > 0 } id ? id : null,
                    Count = count,
                    Since = since == 1 ? from : null,
                    At = since == 2 ? new DateRangeFilter(from, from + TimeSpan.FromHours(20)) : null,
                    Access = worlds.Rule,
                };
                var all = new StringBuilder();
                for (var page = 0; page < PagesMax; page++)
                {
                    var found = await pair.HistoryAsync(query);
                    found.ForEach(version => all.AppendLine(Text(version)));
                    if (found.Count < count)
                    {
                        return all.Append("end").ToString();
                    }

                    query = query with { After = HistoryCursor.At(found[^1]) };
                }

                return all.Append("more").ToString();
            }
            );
        }

        (string, Func<StoragePair, Task<string>>) Examples(string type) => ($"examples {type}", async pair =>
        {
            var found = await pair.Search.ExamplesAsync(
                Sample.Query(type, Sample.All()) with { Access = worlds.Rule },
                Sample.Parameter(type, "_tag").Url,
                true,
                CancellationToken.None);
            return string.Join('\n', found.Select(Text));
        }
        );

        (string, Func<StoragePair, Task<string>>) Search(OracleQuery query)
        {
            var total = (SearchTotal)random.Next(4);
            var count = Pool.Of(random, [0, 1, 3, 10, query.Count]);
            return ($"search {total} {count} {query}", async pair =>
            {
                var scope = new SearchScope
                {
                    Tenant = Sample.Tenant,
                    Type = query.Type.Length == 0 ? null : query.Type,
                    Compartment = query.Within,
                    BaseUrl = _caller.BaseUrl,
                    Access = worlds.Rule,
                };
                var asked = _parser.Parse(scope, query.Pairs).Query with { Count = count, Total = total };
                if (asked.Targets.Any(target => SearchTerminology.IsOpen(target.Expression)))
                {
                    return "open";
                }

                var all = new StringBuilder();
                var pages = new List<SearchPage>();
                for (SearchCursor? place = null; pages.Count < PagesMax; place = pages[^1].Next)
                {
                    pages.Add(await pair.Search.SearchAsync(asked with { After = place }, CancellationToken.None));
                    Add(all, pages[^1]);
                    if (pages[^1].Next is null)
                    {
                        break;
                    }
                }

                if (pages[^1].Previous is { } back)
                {
                    Add(all, await pair.Search.SearchAsync(asked with { After = back }, CancellationToken.None));
                }

                return all.ToString();
            }
            );
        }

        /// <summary>A number that is kept, because somebody who sees all has asked for it before.</summary>
        (string, Func<StoragePair, Task<string>>) Count(string type)
        {
            SearchExpression[] single =
            [
                Sample.All(),
                Sample.Token(type, "_tag", null, Pool.Of(random, Pool.Codes)),
                new SearchExpression.InCompartment("Patient", Pool.Of(random, Pool.Ids)),
            ];
            var one = Pool.Of(random, single);
            var expression = random.Next(2) == 0 ? one : new SearchExpression.Not(one);
            return ($"count {type} {expression}", async pair =>
            {
                var query = Sample.Query(type, expression) with { Count = 0, Total = SearchTotal.Accurate };
                for (var times = 0; times < 2; times++)
                {
                    _ = await pair.Search.SearchAsync(query, CancellationToken.None);
                    // What is kept is begun in the commit before this one.
                    _ = await pair.Resources.CommitAsync(new Commit([], []), CancellationToken.None);
                }

                var mine = await pair.Search.SearchAsync(query with { Access = worlds.Rule }, CancellationToken.None);
                return $"{mine.Total}";
            }
            );
        }

        static void Add(StringBuilder all, SearchPage page)
        {
            all.AppendLine(CultureInfo.InvariantCulture, $"page {page.Total} {page.IsIncludedCut}");
            Place(all, "next", page.Next);
            Place(all, "previous", page.Previous);
            foreach (var found in page.Matches)
            {
                all.AppendLine(Text(found));
            }

            foreach (var found in page.Included)
            {
                all.Append("included ").AppendLine(Text(found));
            }
        }

        /// <summary>A place without the numbers of the store, which are encrypted when a client gets them.</summary>
        static void Place(StringBuilder all, string name, SearchCursor? place)
        {
            if (place is { } at)
            {
                all.AppendLine(CultureInfo.InvariantCulture, $"{name} {at.IsBackward} {at.Total}");
            }
        }

        (string, Func<StoragePair, Task<string>>) Create(string type)
        {
            var id = $"made{++_made}";
            var resource = Resource(type, id);
            return Write($"create {type}/{id}", () => new Write.Create(resource) { Id = id });
        }

        (string, Func<StoragePair, Task<string>>) Update(ResourceKey key)
        {
            var resource = Resource(key.Type, key.Id);
            var precondition = Precondition();
            return Write($"update {key} {precondition}", () => new Write.Update(resource, key.Id, precondition));
        }

        (string, Func<StoragePair, Task<string>>) Patch(ResourceKey key)
        {
            var body = Body();
            var precondition = Precondition();
            return Write(
                $"patch {key} {precondition}", () => new Write.Patch(key.Type, key.Id, body, precondition));
        }

        (string, Func<StoragePair, Task<string>>) Delete(ResourceKey key)
        {
            var precondition = random.Next(3) == 0 ? new Precondition(random.Next(1, 3), false) : default;
            return Write($"delete {key} {precondition}", () => new Write.Delete(key.Type, key.Id, precondition));
        }

        (string, Func<StoragePair, Task<string>>) ConditionalWrite()
        {
            OracleQuery query;
            do
            {
                query = _queries.Next();
            }
            while (query.Type.Length == 0);
            var (id, body, precondition) = ($"made{++_made}", Body(), Precondition());
            var resource = Resource(query.Type, random.Next(2) == 0 ? null : Pool.Of(random, Pool.Ids));
            var (kind, isForMany) = (random.Next(4), random.Next(2) == 0);
            return Write($"conditional-{kind} {query}", () =>
            {
                var found = ConditionalQuery.Parse(
                    _parser,
                    _caller,
                    query.Type,
                    query.Criteria.Select(part => KeyValuePair.Create(part.Name, part.Value)));
                return SearchTerminology.IsOpen(found.Expression) ? null : kind switch
                {
                    0 => new Write.Create(resource, found) { Id = id },
                    1 => new Write.ConditionalUpdate(resource, found, precondition) { Id = id },
                    2 => new Write.ConditionalPatch(found, body, precondition),
                    _ => new Write.ConditionalDelete(found, isForMany),
                };
            });
        }

        /// <summary>A write under one of the rules that a deployment may have of references.</summary>
        (string, Func<StoragePair, Task<string>>) Write(string name, Func<Write?> make)
        {
            var references = (ReferentialIntegrity)random.Next(3);
            return ($"{name} {references}", async pair =>
            {
                var writer = new Writer(
                    pair.Resources, pair.Search, _catalogs, pair.Clock, new WriteRules(references));
                if (make() is not { } write)
                {
                    return "open";
                }

                var results = await writer.WriteAllAsync([write], _caller, CancellationToken.None);
                return string.Join('\n', results.Select(result => $"{result.Outcome} "
                    + $"{(result.Resource is { } made ? Text(made) : "")} "
                    + string.Join(' ', result.Warnings.Select(warning => $"{warning.Text} {warning.Expression}"))));
            }
            );
        }

        FhirDocument Resource(string type, string? id)
        {
            var json = _filler.Make(type, id ?? "x");
            if (id is null)
            {
                json.Remove("id");
            }

            return FhirDocument.ParseJson(Utf8.GetBytes(json.ToJsonString()), ParseOptions.Lenient).OrThrow();
        }

        PatchBody Body() => new(
            PatchFormat.JsonPatch,
            Utf8.GetBytes(Pool.Of(
                random,
                [
                    """[{"op":"add","path":"/language","value":"zh"}]""",
                    """[{"op":"add","path":"/gender","value":"female"}]""",
                    """[{"op":"add","path":"/status","value":"final"}]""",
                ])));

        Precondition Precondition() => random.Next(6) switch
        {
            0 => new Precondition(1, false),
            1 => new Precondition(2, false),
            2 => new Precondition(null, true),
            _ => default,
        };
    }
}
