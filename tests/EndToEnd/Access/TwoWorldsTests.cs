using System.Globalization;
using FhirHub.Core.Search;
using FhirHub.Stores.Oracle;

namespace FhirHub.EndToEnd.Access;

/// <summary>
/// One organisation of one tenant sees nothing of the others and can infer nothing: a server that has their data and
/// one that has not give the same answers to generated requests. FHIRHUB_WORLD_REQUESTS asks for more of them,
/// FHIRHUB_ORACLE_SEED for others.
/// </summary>
[TestClass]
public sealed class TwoWorldsTests
{
    const int RequestsDefault = 700;
    const int SeedDefault = 20260301;
    const int Shown = 25;

    public TestContext? TestContext { get; set; }

    [TestMethod]
    public async Task What_others_have_stored_changes_no_answer()
    {
        // 1. A server with everything, and one with what the caller sees of it.
        var seed = Setting("FHIRHUB_ORACLE_SEED", SeedDefault);
        await using var whole = await World.StartAsync(Rule);
        await using var part = await World.StartAsync(Rule);
        var recorder = new Recorder(whole.Target);
        var data = await OracleData.FillAsync(recorder, seed);
        var seen = new List<string>();
        foreach (var type in OracleData.Types)
        {
            seen.AddRange((await whole.SeenAsync(type)).Select(id => $"{type}/{id}"));
        }

        await CopyAsync(recorder, seen, whole, part);
        var hidden = new Dictionary<string, string>();
        foreach (var key in recorder.Written.Select(one => $"{one.Type}/{one.Id}").Distinct().Except(seen))
        {
            hidden.Add(key, await whole.StateAsync(key));
        }

        Assert.IsTrue(seen.Count > 50 && hidden.Count > 100, $"the rule hides a part: {seen.Count} {hidden.Count}");

        // 2. The same requests to both.
        var requests = new WorldRequests(data, seen, new Random(seed));
        var differences = new List<string>();
        var answers = new SortedDictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < Setting("FHIRHUB_WORLD_REQUESTS", RequestsDefault); i++)
        {
            var request = requests.Next();
            var (one, other) = (await whole.AskAsync(request), await part.AskAsync(request));
            if (one != other)
            {
                differences.Add($"{i} {request}\n{FirstDifference(one, other)}");
            }

            var kind = $"{request.Method} {one.Split(' ')[0]}";
            answers[kind] = answers.GetValueOrDefault(kind) + 1;
        }

        // 3. Nothing tells them apart, and nothing hidden was touched.
        TestContext?.WriteLine(string.Join('\n', answers.Select(answer => $"{answer.Key}: {answer.Value}")));
        Assert.AreEqual(
            "", string.Join('\n', differences.Take(Shown)), $"{differences.Count} differences, seed {seed}");
        foreach (var (key, state) in hidden)
        {
            Assert.AreEqual(state, await whole.StateAsync(key));
        }
    }

    /// <summary>Patients of one organisation and what is about them; the other sees the rest of the patients.</summary>
    static AccessRule Rule(string caller)
    {
        var parser = new SearchParser(ParameterCatalog.R4, SearchZone.China, TimeProvider.System);
        SearchExpression Of(string type, string search)
        {
            var scope = new SearchScope { Tenant = "default", Type = type };
            return parser.Parse(scope, ConditionalQuery.Pairs(search)).Query.Expression;
        }

        // Few of the generated patients name an organisation, so half of them stand for those of ours.
        var patient = caller == "ours" ? "gender:not=female" : "gender=female";
        return new AccessRule(
            new Dictionary<string, SearchExpression>(StringComparer.Ordinal)
            {
                ["Organization"] = Of("Organization", caller == "ours" ? "_id=a1,A1,n12,n13" : "_id=a2"),
                ["Patient"] = Of("Patient", patient),
                ["Observation"] = Of("Observation", $"subject:Patient.{patient}"),
                ["Condition"] = Of("Condition", $"subject:Patient.{patient}"),
                ["Encounter"] = Of("Encounter", $"subject:Patient.{patient}"),
                ["List"] = Of("List", $"subject:Patient.{patient}"),
                ["ValueSet"] = Of("ValueSet", "_id=a0,a1,A1,b.1,c,c0,n12,n13,n14"),
                ["CodeSystem"] = Of("CodeSystem", "_id=a0,a10,a2,b.1,c,e7,n12,n15,n17"),
                ["Location"] = Of("Location", "status:not=suspended"),
            },
            new SearchExpression.Or([]));
    }

    static async Task CopyAsync(Recorder recorder, List<string> seen, World whole, World part)
    {
        var (keys, target) = (seen.ToHashSet(StringComparer.Ordinal), part.Target);
        foreach (var (_, type, id, json) in recorder.Written.Where(one => keys.Contains($"{one.Type}/{one.Id}")))
        {
            await (json is null
                ? target.DeleteAsync(type, id)
                : target.PutAsync(type, id, json.Replace(whole.Base, part.Base, StringComparison.Ordinal)));
        }
    }

    /// <summary>The first line in which two answers differ, from a little before where they do.</summary>
    static string FirstDifference(string whole, string part)
    {
        var at = whole.Zip(part).TakeWhile(pair => pair.First == pair.Second).Count();
        return $"  whole: {Around(whole, at)}\n  part:  {Around(part, at)}";
    }

    static string Around(string text, int at)
    {
        var start = Math.Max(0, at - 150);
        return text[start..Math.Min(text.Length, at + 150)].ReplaceLineEndings(" ⏎ ");
    }

    static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var value)
            ? value
            : otherwise;
}
