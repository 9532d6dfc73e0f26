using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using FhirHub.Core.Model;
using FhirHub.Core.Search;
using FhirHub.Core.Storage;
using FhirHub.Core.Terminology;
using FhirHub.Core.Writes;
using FhirHub.Fhir.Documents;

namespace FhirHub.Terminology.Dictionaries;

/// <summary>
/// The counts of codes that nobody has mapped, kept in the store as a ConceptMap without targets for each code system.
/// It has no URL, so that nobody translates with it, and only its last version is kept.
/// </summary>
public sealed class UnmappedTables(IResourceStore store, ISearchIndex index, Writer writer)
{
    const string Met = "urn:fhirhub:extension:met";
    const string Name = "UnmappedCodes";
    const string InstantFormat = "yyyy-MM-dd'T'HH:mm:ss.fffzzz";
    const int CodesMax = 5_000;
    const int TablesMax = 200;
    const int AttemptsMax = 10;
    const int HashLength = 40;

    static readonly Comparer<UnmappedCode> MostFrequentFirst = Comparer<UnmappedCode>.Create(
        (one, other) => one.Count != other.Count ? other.Count.CompareTo(one.Count)
            : one.Last != other.Last ? other.Last.CompareTo(one.Last)
            : string.CompareOrdinal(one.Coding.Code, other.Coding.Code));

    /// <summary>Adds what was met to the tables.</summary>
    public async ValueTask AddAsync(IEnumerable<UnmappedCode> met, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(met);
        foreach (var table in met.GroupBy(code => (code.Tenant, System: code.Coding.System ?? "")))
        {
            await ChangeAsync(table.Key.Tenant, table.Key.System, codes =>
            {
                foreach (var code in table)
                {
                    codes[code.Coding.Code] = codes.TryGetValue(code.Coding.Code, out var known)
                        ? known.And(code)
                        : code;
                }
            }, cancel);
        }
    }

    /// <summary>Takes codes out that are mapped now, or that nobody will map.</summary>
    public async ValueTask ForgetAsync(
        string tenant, string system, IReadOnlyCollection<string> forgotten, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(forgotten);
        if (forgotten.Count > 0
            && await store.ReadAsync(
                KeyOf(tenant, system), null, AccessRule.Everything, cancel) is { IsDeleted: false })
        {
            await ChangeAsync(tenant, system, codes =>
            {
                foreach (var code in forgotten)
                {
                    codes.Remove(code);
                }
            }, cancel);
        }
    }

    /// <summary>What was met of a system, or of all of them, the most frequent first.</summary>
    public async ValueTask<IReadOnlyList<UnmappedCode>> AllAsync(
        string tenant, string? system, CancellationToken cancel)
    {
        var codes = new List<UnmappedCode>();
        if (system is not null)
        {
            codes.AddRange(await CodesAsync(tenant, system, cancel));
        }
        else
        {
            foreach (var table in await TablesAsync(tenant, cancel))
            {
                codes.AddRange(Read(tenant, table.Json));
            }
        }

        codes.Sort(MostFrequentFirst);
        return codes;
    }

    async ValueTask<IEnumerable<UnmappedCode>> CodesAsync(string tenant, string system, CancellationToken cancel) =>
        await store.ReadAsync(KeyOf(tenant, system), null, AccessRule.Everything, cancel) is { IsDeleted: false } table
            ? Read(tenant, table.Json)
            : [];

    async ValueTask<List<StoredResource>> TablesAsync(string tenant, CancellationToken cancel)
    {
        if (!ParameterCatalog.R4.TryGet("ConceptMap", "name", out var name))
        {
            return [];
        }

        var page = await index.SearchAsync(
            new SearchQuery
            {
                Tenant = tenant,
                Type = "ConceptMap",
                Expression = new SearchExpression.Text(name, Name, TextMatch.Exact),
                Count = TablesMax,
                Access = AccessRule.Everything,
            }, cancel);
        var tables = new List<StoredResource>();
        var keys = page.Matches.Select(match => match.Key).ToList();
        await foreach (var table in store.ReadManyAsync(keys, AccessRule.Everything, cancel))
        {
            // Somebody may have given a map of their own the same name.
            if (table.Key.Id.StartsWith("unmapped-", StringComparison.Ordinal))
            {
                tables.Add(table);
            }
        }

        return tables;
    }

    /// <summary>Changes a table as it is now, again where somebody else was quicker.</summary>
    async ValueTask ChangeAsync(
        string tenant, string system, Action<Dictionary<string, UnmappedCode>> change, CancellationToken cancel)
    {
        var key = KeyOf(tenant, system);
        for (var attempt = 1; ; attempt++)
        {
            var old = await store.ReadAsync(key, null, AccessRule.Everything, cancel);
            var codes = (old is { IsDeleted: false } ? Read(tenant, old.Json) : [])
                .ToDictionary(code => code.Coding.Code);
            change(codes);
            // A new code begins with a count of one, so it could never get past a full table: a tenth stays free.
            var kept = codes.Values.Order(MostFrequentFirst)
                .Take(codes.Count > CodesMax ? CodesMax * 9 / 10 : CodesMax);
            var precondition = old is { IsDeleted: false }
                ? new Precondition(old.Version, false)
                : new Precondition(null, old is null);
            try
            {
                var caller = new Caller(tenant, "unmapped codes");
                await writer.WriteAsync(
                    new Write.Update(Write(key, system, kept), key.Id, precondition), caller, cancel);
                await store.ExpungeAsync(key, keepCurrent: true, cancel); // counts have no history
                return;
            }
            catch (FhirException lost)
                when (lost.Problem.Kind == ProblemKind.PreconditionFailed && attempt < AttemptsMax)
            {
                // Look again at what is there now.
            }
        }
    }

    static FhirDocument Write(ResourceKey key, string system, IEnumerable<UnmappedCode> codes)
    {
        var table = FhirBuilder.Create("ConceptMap")
            .Set("id", key.Id)
            .Set("name", Name)
            .Set("title", $"未映射代码 (codes without a mapping): {system}")
            .Set("status", "draft");
        var all = codes.ToList();
        if (all.Count > 0)
        {
            table.Add("group", group =>
            {
                group.Set("source", system);
                all.ForEach(code => group.Add("element", element => Add(element, code)));
            });
        }

        return table.Build();
    }

    static void Add(FhirBuilder element, UnmappedCode code)
    {
        element.Set("code", code.Coding.Code);
        if (code.Display is { } display)
        {
            element.Set("display", display);
        }

        element.Add("extension", met => met
            .Set("url", Met)
            .Add("extension", e => e.Set("url", "count").Set("valueInteger", (int)Math.Min(code.Count, int.MaxValue)))
            .AddExtension("last", "valueDateTime", code.Last.ToString(InstantFormat, CultureInfo.InvariantCulture)));
    }

    static IEnumerable<UnmappedCode> Read(string tenant, ReadOnlyMemory<byte> json)
    {
        var table = FhirDocument.ParseJson(json, ParseOptions.Lenient).OrThrow();
        foreach (var group in table.Root["group"])
        {
            foreach (var element in group["element"])
            {
                if (element.First("code").Text is { } code)
                {
                    var (count, last) = MetOf(element);
                    var coding = new Coding(group.First("source").Text, code);
                    yield return new UnmappedCode(tenant, coding, element.First("display").Text, count, last);
                }
            }
        }
    }

    static (long Count, DateTimeOffset Last) MetOf(FhirNode element)
    {
        var parts = element["extension"].Where(one => one.First("url").Text == Met)
            .SelectMany(one => one["extension"])
            .ToLookup(part => part.First("url").Text ?? "", part => part.First("value").Text);
        _ = long.TryParse(parts["count"].FirstOrDefault(), CultureInfo.InvariantCulture, out var count);
        _ = DateTimeOffset.TryParse(
            parts["last"].FirstOrDefault(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var last);
        return (Math.Max(count, 1), last);
    }

    static ResourceKey KeyOf(string tenant, string system)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(system));
        return new ResourceKey(tenant, "ConceptMap", "unmapped-" + Convert.ToHexStringLower(hash)[..HashLength]);
    }
}
