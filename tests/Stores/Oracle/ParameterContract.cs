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

    /// <summary>Parameters that no resource here is found by, each with the reason.</summary>
    static readonly Dictionary<string, string> Unmet = [];

    static readonly List<string> Types =
        [.. FhirSchema.R4.Types.Where(type => type is { IsResource: true, IsAbstract: false }).Select(type => type.Name)];

    public TestContext? TestContext { get; set; }

    protected abstract StoragePair Create();

    [TestMethod]
    public async Task Every_parameter_of_every_type_finds_what_the_oracle_finds_and_something()
    {
        await using var pair = Create();
        var target = new StoreTarget(pair);
        var random = new Random(Seed);
        var world = await FillAsync(target, random);
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
                    var criterion = generator.Make(type, parameter);
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

        CollectionAssert.AreEqual(
            Unmet.Keys.Order(StringComparer.Ordinal).ToList(),
            unmet.Order(StringComparer.Ordinal).ToList(),
            $"nothing was found by: {string.Join(", ", unmet)}");
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
    static async Task<OracleWorld> FillAsync(StoreTarget target, Random random)
    {
        var stored = new List<OracleResource>();
        var filler = new ResourceFiller(random, Types, target.Base);
        foreach (var type in Types)
        {
            var open = OracleParameters.Of(type).Values.ToList();
            for (var i = 0; i < ResourcesMin || (open.Count > 0 && i < ResourcesMax); i++)
            {
                target.Wait(TimeSpan.FromSeconds(random.Next(4000)) + TimeSpan.FromMilliseconds(random.Next(1000)));
                var id = i < Pool.Ids.Length ? Pool.Ids[i] : $"n{i}";
                var json = await target.PutAsync(type, id, filler.Make(type, id).ToJsonString());
                var resource = new OracleResource(OracleData.Relative(json, target.Base));
                stored.Add(resource);
                open.RemoveAll(parameter => Holds(resource, parameter));
            }
        }

        target.Wait(TimeSpan.FromHours(1));
        return new OracleWorld(stored, target.Now);
    }

    /// <summary>Whether the parameter gives a value, and of a composite one with all its parts.</summary>
    static bool Holds(OracleResource resource, SearchParameterSchema parameter) =>
        ElementFinder.Find(resource, parameter).Any(element => OracleEvaluator.Fits(parameter, element)
            && parameter.Components.All(part => ElementFinder.Component(element, part.Expression)
                .Any(one => OracleEvaluator.Fits(OracleParameters.ByUrl(part.Definition), one))));
}
