using FhirHub.Core.Search;
using FhirHub.Core.Storage;

namespace FhirHub.Stores;

/// <summary>Searches for the codes of a value set, which may be few or many, and match few or many resources.</summary>
public abstract class TokenSetContract
{
    const string System = "http://example.org/codes";
    const int Count = 1_200;
    const int Patients = 7;
    const int Codes = 40;

    protected abstract StoragePair Create();

    [TestMethod]
    [DataRow(1)]
    [DataRow(5)]
    [DataRow(20)]
    [DataRow(39)]
    [DataRow(40)]
    public async Task Every_page_of_a_set_is_what_its_codes_match(int many)
    {
        await using var pair = await FilledAsync();
        var set = Set(Enumerable.Range(0, many).Select(code => code * 3 % Codes));
        var matching = set.Codes.Select(code => int.Parse(code.Code[1..], null)).ToHashSet();
        await AssertAsync(pair, set, i => matching.Contains(CodeOf(i)));
        await AssertAsync(pair, new SearchExpression.Not(set), i => !matching.Contains(CodeOf(i)));
        var subject = new SearchExpression.Reference(Sample.Parameter("Observation", "subject"), "Patient", "p3");
        await AssertAsync(pair, Sample.All(set, subject), i => matching.Contains(CodeOf(i)) && i % Patients == 3);
        await AssertAsync(
            pair, Sample.All(subject, new SearchExpression.Not(set)), i => !matching.Contains(CodeOf(i)) && i % Patients == 3);
        await AssertAsync(
            pair, Sample.Any(set, subject), i => matching.Contains(CodeOf(i)) || i % Patients == 3);
    }

    [TestMethod]
    public async Task Codes_count_with_their_systems_and_without_regard_to_case()
    {
        await using var pair = await FilledAsync();
        var parameter = Sample.Parameter("Observation", "code");
        SearchExpression In(params TokenCode[] codes) => new SearchExpression.TokenIn(parameter, codes);
        await AssertAsync(pair, In(new TokenCode(System, "C1"), new TokenCode("urn:other", "c2")), i => CodeOf(i) == 1);
        await AssertAsync(pair, In(new TokenCode(null, "c1"), new TokenCode("", "c2")), i => CodeOf(i) == 1);
        await AssertAsync(pair, In(), _ => false);
        await AssertAsync(pair, new SearchExpression.Not(In()), _ => true);
    }

    async Task<StoragePair> FilledAsync()
    {
        var pair = Create();
        for (var start = 0; start < Count; start += 200)
        {
            await pair.CommitAsync([.. Enumerable.Range(start, 200).Select(i => Sample.Put($$"""
                {"resourceType":"Observation","id":"o{{i}}","status":"final",
                 "code":{"coding":[{"system":"{{System}}","code":"c{{CodeOf(i)}}"}]},"subject":{"reference":"Patient/p{{i % Patients}}"} }
                """))]);
        }

        return pair;
    }

    /// <summary>Some codes are frequent and some are rare.</summary>
    static int CodeOf(int i) => i % 11 == 0 ? i / 11 % Codes : i % 3 == 0 ? 3 : i % 2 == 0 ? 6 : 1;

    static SearchExpression.TokenIn Set(IEnumerable<int> codes) => new(
        Sample.Parameter("Observation", "code"), [.. codes.Distinct().Select(code => new TokenCode(System, $"c{code}"))]);

    /// <summary>All pages of a search, the newest first.</summary>
    static async Task AssertAsync(StoragePair pair, SearchExpression expression, Func<int, bool> matches)
    {
        var found = new List<string>();
        var query = Sample.Query("Observation", expression) with { Count = 50, Total = SearchTotal.Accurate };
        SearchPage page;
        do
        {
            page = await pair.Search.SearchAsync(query, CancellationToken.None);
            found.AddRange(page.Matches.Select(match => match.Key.Id));
            query = query with { After = page.Next };
        }
        while (page.Next is not null);

        var expected = Enumerable.Range(0, Count).Where(matches).Select(i => $"o{i}").ToList();
        CollectionAssert.AreEquivalent(expected, found);
        Assert.AreEqual(expected.Count, page.Total);
    }
}
