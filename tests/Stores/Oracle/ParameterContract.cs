using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FhirHub.Core.Search;
using FhirHub.Fhir.Definitions;

namespace FhirHub.Stores.Oracle;

/// <summary>
/// Every search parameter of every type of R4, asked for with values that resources of the type hold. Store and oracle
/// answer the same, and a parameter by which nothing was ever found fails the run: it proves nothing about it.
/// </summary>
public abstract class ParameterContract
{
    const int Seed = 20261126;
    const int ResourcesMin = 6;
    const int ResourcesMax = 150;

    /// <summary>How often a parameter is asked for, and how often at most until something is found.</summary>
    const int QueriesOfParameter = 4;
    const int TriesMax = 200;

    static readonly List<string> Types =
    [
        .. FhirSchema.R4.Types.Where(type => type is { IsResource: true, IsAbstract: false })
            .Select(type => type.Name),
    ];

    public TestContext? TestContext { get; set; }

    protected abstract StoragePair Create();

    [TestMethod]
    public async Task Every_parameter_of_every_type_finds_what_the_oracle_finds_and_something()
    {
        await using var pair = Create();
        var target = new StoreTarget(pair);
        var random = new Random(Seed);
        var world = await FillAsync(target, random, Types);
        var oracle = new OracleEvaluator(world);
        var comparison = new OracleComparison(target, oracle);
        var generator = new CriterionGenerator(world, random);
        var unmet = new List<string>();
        foreach (var type in Types)
        {
            foreach (var parameter in OracleParameters.Of(type).Values)
            {
                var isMet = false;
                for (var i = 0; i < QueriesOfParameter || (!isMet && i < TriesMax); i++)
                {
                    var criterion = Make(generator, type, parameter);
                    var isPlain = !criterion.Name.Contains(':', StringComparison.Ordinal);
                    var finds = isPlain && oracle.World.Of(type)
                        .Any(resource => oracle.Matches(resource, criterion.Name, criterion.Value));
                    if (i < QueriesOfParameter || finds)
                    {
                        await comparison.CompareAsync(new OracleQuery(type, [criterion]));
                    }

                    isMet |= finds;
                }

                if (!isMet)
                {
                    unmet.Add($"{type}.{parameter.Code}");
                }
            }
        }

        TestContext?.WriteLine(comparison.Summary());
        var differences = comparison.Differences(100);
        if (differences.Length > 0)
        {
            Assert.Fail($"seed {Seed}{differences}");
        }

        Assert.AreEqual("", string.Join(", ", unmet), "nothing was found by these");
    }

    /// <summary>A composition or a message header is searched where it stands, and nowhere else.</summary>
    [TestMethod]
    public async Task A_chain_from_a_bundle_finds_what_its_first_entry_holds()
    {
        await using var pair = Create();
        var target = new StoreTarget(pair);
        var random = new Random(Seed);
        var world = await FillAsync(
            target, random, ["Bundle", "Composition", "MessageHeader", "Patient", "Practitioner"]);
        // Values are drawn of what stands in the bundles, and of what stands alone under the same ids.
        var inside = new OracleWorld(world.Of("Bundle").Select(bundle => Element.Items(bundle.Json, "entry").First())
            .Select(entry => new OracleResource(Encoding.UTF8.GetBytes(entry.GetProperty("resource").GetRawText())))
            .DistinctBy(resource => resource.Key), world.Now);
        var oracle = new OracleEvaluator(world);
        var comparison = new OracleComparison(target, oracle);
        var met = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (code, type) in new[] { ("composition", "Composition"), ("message", "MessageHeader") })
        {
            foreach (var parameter in OracleParameters.Of(type).Values)
            {
                for (var i = 0; i < 2 * QueriesOfParameter; i++)
                {
                    var one = Make(new CriterionGenerator(i % 2 == 0 ? inside : world, random), type, parameter);
                    var query = new OracleQuery(
                        "Bundle", [new OracleCriterion($"{code}.{one.Name}", one.Value, $"chain {one.Class}")]);
                    await comparison.CompareAsync(query);
                    if (oracle.Find(query).Count > 0)
                    {
                        met.Add($"{type}.{parameter.Code}");
                    }
                }
            }
        }

        Assert.AreEqual("", comparison.Differences(20));
        Assert.IsTrue(met.Count > 30, string.Join(", ", met));
    }

    /// <summary>What the server has beyond the oracle's parameters has tests of its own, or is not there.</summary>
    [TestMethod]
    public void The_oracle_knows_every_parameter_that_the_server_has()
    {
        string[] special = ["_text", "_content"];
        var missing = from type in Types
                      from parameter in ParameterCatalog.R4.Of(type)
                      where SearchParser.Supports(parameter) && !special.Contains(parameter.Code)
                          && OracleParameters.Find(type, parameter.Code)?.Url != parameter.Url
                      select $"{type}.{parameter.Code}";
        Assert.AreEqual("", string.Join(", ", missing));
    }

    /// <summary>
    /// So many resources of each type that every parameter finds something in one of them, if that can be.
    /// </summary>
    static async Task<OracleWorld> FillAsync(StoreTarget target, Random random, IReadOnlyList<string> types)
    {
        var stored = new List<OracleResource>();
        // Much refers to anything, and parameters of the name "patient" see what is a patient only.
        ResourceFiller[] fillers =
        [
            new(random, Types, target.Base), new(random, [.. Types, .. Enumerable.Repeat("Patient", 50)], target.Base),
        ];
        foreach (var type in types)
        {
            var open = OracleParameters.Of(type).Values.ToList();
            for (var i = 0; i < ResourcesMin || (open.Count > 0 && i < ResourcesMax); i++)
            {
                target.Wait(TimeSpan.FromSeconds(random.Next(4000)) + TimeSpan.FromMilliseconds(random.Next(1000)));
                var id = i < Pool.Ids.Length ? Pool.Ids[i] : $"n{i}";
                var json = await target.PutAsync(type, id, Make(fillers[i % 2], type, id, i).ToJsonString());
                var resource = new OracleResource(OracleData.Relative(json, target.Base));
                stored.Add(resource);
                open.RemoveAll(parameter => Holds(resource, parameter));
            }
        }

        target.Wait(TimeSpan.FromHours(1));
        return new OracleWorld(stored, target.Now);
    }

    /// <summary>What asks the terminology is compared where there is one: <see cref="OracleContract"/>.</summary>
    static OracleCriterion Make(CriterionGenerator generator, string type, SearchParameterSchema parameter)
    {
        while (true)
        {
            var made = generator.Make(type, parameter);
            var modifier = OracleEvaluator.Halves(made.Name).Modifier;
            if (modifier is not ("in" or "not-in")
                && !(parameter.Type == SearchParameterType.Token && parameter.Code != "contenttype"
                    && modifier is ("above" or "below")))
            {
                return made;
            }
        }
    }

    /// <summary>A bundle begins with what its parameters look into, under an id that something else may have.</summary>
    static JsonObject Make(ResourceFiller filler, string type, string id, int place)
    {
        var resource = filler.Make(type, id);
        if (type == "Bundle")
        {
            var first = filler.Make(
                place % 2 == 0 ? "Composition" : "MessageHeader", Pool.Ids[place % Pool.Ids.Length]);
            if (place % 5 == 0)
            {
                first.Remove("id");
            }

            resource["entry"] = new JsonArray(new JsonObject { ["resource"] = first });
        }

        return resource;
    }

    /// <summary>Whether the parameter gives a value, and of a composite one with all its parts.</summary>
    static bool Holds(OracleResource resource, SearchParameterSchema parameter) =>
        ElementFinder.Find(resource, parameter).Any(element => IsValue(parameter, element)
            && parameter.Components.All(part => ElementFinder.Component(element, part.Expression)
                .Any(one => IsValue(OracleParameters.ByUrl(part.Definition), one))));

    /// <summary>A concept that is a text only is a token that no code finds.</summary>
    static bool IsValue(SearchParameterSchema parameter, Element element) =>
        OracleEvaluator.Fits(parameter, element)
        && (parameter.Type != SearchParameterType.Token
            || TokenRule.Tokens(element).Any(token => token.Code is not null))
        && (parameter.Type != SearchParameterType.Reference || element.Json.ValueKind != JsonValueKind.Object
            || element.IsResource || ReferenceRule.Target(element.Json) is not null);
}
