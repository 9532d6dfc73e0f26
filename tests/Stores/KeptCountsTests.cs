using FhirHub.Core.Search;
using FhirHub.Core.Storage;
using FhirHub.Storage.Sql.Sqlite;

namespace FhirHub.Stores;

/// <summary>What was counted once and is many is looked up from then on, and is as true as if it was counted.</summary>
[TestClass]
public sealed class KeptCountsTests
{
    static readonly CancellationToken None = CancellationToken.None;

    static readonly SearchExpression Women = Sample.Token("Patient", "gender", null, "female");

    [TestMethod]
    public async Task The_second_count_is_looked_up()
    {
        await using var pair = SqlitePair.Create();
        await PutAsync(pair, 3);
        Assert.AreEqual(3, await KeptAsync(pair, Women));
        await ExecuteAsync(pair, "UPDATE kept_count SET count = 7");
        Assert.AreEqual(7, await CountAsync(pair, Women));
        StringAssert.Contains((await pair.CheckAsync()).Single(), "A kept count of token is 7");
    }

    [TestMethod]
    public async Task All_of_a_type_and_all_others_are_looked_up_as_well()
    {
        await using var pair = SqlitePair.Create();
        await PutAsync(pair, 3);
        await pair.PutAsync("""{"resourceType":"Patient","id":"other","gender":"male"}""");
        Assert.AreEqual(4, await KeptAsync(pair, Sample.All()));
        _ = await KeptAsync(pair, Women);
        Assert.AreEqual(1, await CountAsync(pair, new SearchExpression.Not(Women)));
        await ExecuteAsync(pair, "UPDATE kept_count SET count = count * 10 + 5 WHERE substr(start, 1, 1) = x'0a'");
        Assert.AreEqual(45, await CountAsync(pair, Sample.All()));
        Assert.AreEqual(42, await CountAsync(pair, new SearchExpression.Not(Women)));
    }

    [TestMethod]
    public async Task The_size_of_a_type_that_a_plan_asks_for_is_kept()
    {
        await using var pair = SqlitePair.Create();
        await PutAsync(pair, 300);
        var active = Sample.Token("Patient", "active", null, "true");
        Assert.HasCount(300, await pair.FindAsync("Patient", Sample.All(Women, active), 1000));
        for (var i = 0; await ScalarAsync(pair, Complete) == 0; i++)
        {
            Assert.IsLessThan(100, i);
            await pair.PutAsync(Sample.Patient("p1", i % 2 == 0 ? "Li" : "Wang"));
        }

        Assert.AreEqual(300, await ScalarAsync(pair, "SELECT count FROM kept_count"));
    }

    [TestMethod]
    public async Task A_patient_or_a_compartment_can_be_many()
    {
        await using var pair = SqlitePair.Create();
        for (var i = 0; i < 5; i++)
        {
            await pair.PutAsync(Sample.Observation($"o{i}", i < 3 ? "p1" : "p2"));
        }

        SearchExpression[] asked =
        [
            new SearchExpression.Reference(Sample.Parameter("Observation", "subject"), "Patient", "p1"),
            new SearchExpression.Reference(Sample.Parameter("Observation", "subject"), null, "p1"),
            new SearchExpression.InCompartment("Patient", "p1"),
        ];
        foreach (var one in asked)
        {
            Assert.AreEqual(3, await KeptAsync(pair, one, "Observation"));
        }

        await pair.PutAsync(Sample.Observation("o4", "p1"));
        await pair.DeleteAsync("Observation", "o0");
        await pair.PutAsync(Sample.Observation("o9", "p1"));
        foreach (var one in asked)
        {
            Assert.AreEqual(4, await CountAsync(pair, one, "Observation"));
        }

        Assert.AreEqual(asked.Length, await ScalarAsync(pair, "SELECT count(*) FROM kept_count"));
        Assert.IsEmpty(await pair.CheckAsync());
    }

    /// <summary>A boolean has a system that it does not state, so it stands in rows under two numbers.</summary>
    [TestMethod]
    public async Task What_is_asked_by_the_system_of_booleans_is_counted_each_time()
    {
        await using var pair = SqlitePair.Create();
        await PutAsync(pair, 3);
        var active = Sample.Token(
            "Patient", "active", "http://terminology.hl7.org/CodeSystem/special-values", "true");
        for (var i = 0; i < 3; i++)
        {
            Assert.AreEqual(3, await CountAsync(pair, active));
            await pair.PutAsync(Sample.Patient("p1"));
        }

        Assert.AreEqual(0, await ScalarAsync(pair, "SELECT count(*) FROM kept_count"));
    }

    [TestMethod]
    public async Task A_resource_counts_once_however_many_rows_it_has()
    {
        await using var pair = SqlitePair.Create();
        var any = Sample.Token("Patient", "identifier", null, "7");
        var own = Sample.Token("Patient", "identifier", "http://one.example", "7");
        await pair.PutAsync(Patient("http://one.example", "http://other.example"));
        Assert.AreEqual(1, await KeptAsync(pair, any));
        Assert.AreEqual(1, await KeptAsync(pair, own));
        await pair.PutAsync(Patient("http://other.example"));
        await CompareAsync(1, 0);
        await pair.PutAsync(Patient("http://third.example", "http://one.example"));
        await CompareAsync(1, 1);
        await pair.PutAsync(Patient("http://one.example"));
        await CompareAsync(1, 1);
        await pair.DeleteAsync("Patient", "p1");
        await CompareAsync(0, 0);

        async Task CompareAsync(int ofAny, int ofOwn)
        {
            Assert.AreEqual(ofAny, await CountAsync(pair, any));
            Assert.AreEqual(ofOwn, await CountAsync(pair, own));
            Assert.AreEqual(2, await ScalarAsync(pair, "SELECT count(*) FROM kept_count"));
        }

        static string Patient(params string[] systems) => $$"""
            {"resourceType":"Patient","id":"p1","identifier":
             [{{string.Join(',', systems.Select(system => $$"""{"system":"{{system}}","value":"7"}"""))}}]}
            """;
    }

    /// <summary>The code of an observation and those of its components are rows of one parameter.</summary>
    [TestMethod]
    public async Task What_shares_its_rows_is_counted_apart()
    {
        await using var pair = SqlitePair.Create();
        var (code, component, either) = (Of("code"), Of("component-code"), Of("combo-code"));
        await pair.PutAsync(Observation("o1", "a", "b"));
        Assert.AreEqual(1, await KeptAsync(pair, code, "Observation"));
        Assert.AreEqual(0, await CountAsync(pair, component, "Observation"));
        Assert.AreEqual(1, await KeptAsync(pair, either, "Observation"));
        await pair.PutAsync(Observation("o2", "b", "a"));
        Assert.AreEqual(1, await KeptAsync(pair, component, "Observation"));
        Assert.AreEqual(1, await CountAsync(pair, code, "Observation"));
        Assert.AreEqual(2, await CountAsync(pair, either, "Observation"));
        await pair.PutAsync(Observation("o1", "b", "a"));
        Assert.AreEqual(0, await CountAsync(pair, code, "Observation"));
        Assert.AreEqual(2, await CountAsync(pair, component, "Observation"));
        Assert.AreEqual(2, await CountAsync(pair, either, "Observation"));
        Assert.AreEqual(3, await ScalarAsync(pair, "SELECT count(*) FROM kept_count"));
        Assert.IsEmpty(await pair.CheckAsync());

        static SearchExpression Of(string parameter) => Sample.Token("Observation", parameter, null, "a");

        static string Observation(string id, string code, string component) => $$"""
            {"resourceType":"Observation","id":"{{id}}","status":"final","code":{"coding":[{"code":"{{code}}"}]},
             "component":[{"code":{"coding":[{"code":"{{component}}"} ] } } ] }
            """;
    }

    [TestMethod]
    public async Task It_is_counted_on_in_pieces_beside_the_writes()
    {
        await using var pair = SqlitePair.Create(countPieceMax: 3);
        await PutAsync(pair, 10);
        Assert.AreEqual(10, await CountAsync(pair, Women));
        for (var i = 0; await ScalarAsync(pair, "SELECT min(through = 9223372036854775807) FROM kept_count") == 0; i++)
        {
            Assert.IsLessThan(100, i);
            await pair.PutAsync(Sample.Patient($"more{i}"));
            await pair.DeleteAsync("Patient", $"p{i % 10}"); // of those that are counted, and those that are not yet
            await pair.PutAsync(Sample.Patient($"p{(i + 5) % 10}", i % 2 == 0 ? "Wang" : "Zhao"));
            Assert.AreEqual((await pair.FindAsync("Patient", Women, 1000)).Length, await CountAsync(pair, Women));
        }

        Assert.AreEqual((await pair.FindAsync("Patient", Women, 1000)).Length, await CountAsync(pair, Women));
        Assert.IsEmpty(await pair.CheckAsync());
    }

    /// <summary>Each job of the writer counts one patient more, and the one it stops at is deleted next.</summary>
    [TestMethod]
    public async Task What_a_piece_ends_with_is_followed_as_well()
    {
        await using var pair = SqlitePair.Create(countPieceMax: 1, rowsWaitingMax: 0);
        await PutAsync(pair, 12); // the number of each is that of its version
        Assert.AreEqual(12, await CountAsync(pair, Women));
        var deleted = 0;
        for (var through = 0L; through < 12; deleted++)
        {
            through = await ScalarAsync(pair, "SELECT max(through) FROM kept_count"); // and then goes on by one
            await pair.DeleteAsync("Patient", $"p{through}");
        }

        Assert.AreNotEqual(0, await ScalarAsync(pair, Complete));
        var left = await pair.FindAsync("Patient", Women);
        Assert.IsTrue(left.Length is > 3 and < 9, $"{left.Length} of 12 are left");
        Assert.AreEqual(left.Length, await CountAsync(pair, Women));
    }

    /// <summary>What has forgotten the numbers is taken back, because it fails itself or another beside it does.</summary>
    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public async Task What_is_taken_back_goes_on_counting(bool isItself)
    {
        await using var pair = SqlitePair.Create();
        await PutAsync(pair, 3);
        _ = await KeptAsync(pair, Women);
        var stored = await pair.ReadAsync("Patient", "p0");
        var (values, compartments) = Sample.Extract(stored!.Json);
        var entry = new IndexEntry(stored.Key, stored.Version, values, compartments);
        var first = RunAsync(pair, _ => Thread.Sleep(20)); // the others wait for it, and so go together
        var renewal = RunAsync(pair, writer =>
        {
            _ = writer.Replace([entry], isForced: false);
            Fail(isItself);
        });
        var other = RunAsync(pair, _ => Fail(!isItself));
        await first;
        _ = await Assert.ThrowsExactlyAsync<InvalidOperationException>(() => isItself ? renewal : other);
        await (isItself ? other : renewal);
        await pair.PutAsync(Sample.Patient("more"));
        Assert.AreEqual(4, await CountAsync(pair, Women));
        Assert.IsEmpty(await pair.CheckAsync());

        static void Fail(bool isWanted)
        {
            if (isWanted)
            {
                throw new InvalidOperationException("on purpose");
            }
        }
    }

    [TestMethod]
    public async Task Rows_of_no_resource_count_until_they_are_removed()
    {
        await using var pair = SqlitePair.Create();
        await PutAsync(pair, 3);
        Assert.HasCount(3, await pair.FindAsync("Patient", Women)); // brings their rows in
        await ExecuteAsync(
            pair,
            "INSERT INTO token SELECT param, code, 999, system, item, since, until FROM token "
                + "WHERE code = 'female' LIMIT 1");
        Assert.AreEqual(4, await KeptAsync(pair, Women));
        var work = pair.Storage.IndexWork;
        var walk = await work.StartAsync(
            await work.AddAsync(Sample.Tenant, [], IndexWalkReason.Asked, IndexRules.Version, None), None);
        walk = (await work.NextAsync(walk, 1000, None)).After;
        while (await work.RemoveOrphansAsync(walk, None) is var (after, _))
        {
            walk = after;
        }

        Assert.AreEqual(3, await CountAsync(pair, Women));
    }

    /// <summary>Its own rows are the new ones already, those of the index are not.</summary>
    [TestMethod]
    public async Task What_waits_for_the_index_is_counted_when_it_comes_in()
    {
        await using var pair = SqlitePair.Create(rowsWaitingMax: 1000, countPieceMax: 50);
        await pair.CommitAsync([.. Enumerable.Range(0, 30).Select(i => Sample.Put(Observation(i, i % 2)))]);
        var not = new SearchExpression.Not(Sample.Token("Observation", "category", null, "x"));
        Assert.HasCount(15, await pair.FindAsync("Observation", not));
        for (var i = 0; await ScalarAsync(pair, "SELECT count(*) FROM kept_count") < 2; i++)
        {
            Assert.IsLessThan(1000, i);
            await Task.Delay(1);
        }

        // From the last to the first, while it is counted on from the first: of some the count comes by first.
        for (var i = 29; i >= 0; i--)
        {
            _ = i % 5 == 0 ? await pair.DeleteAsync("Observation", $"o{i}") : await pair.PutAsync(Observation(i, 1 - (i % 2)));
        }

        Assert.HasCount(12, await pair.FindAsync("Observation", not));
        for (var i = 0; await ScalarAsync(pair, Complete) < 2; i++)
        {
            Assert.IsLessThan(100, i);
            await pair.PutAsync(Sample.Patient("p1", i % 2 == 0 ? "Li" : "Wang"));
            _ = await pair.FindAsync("Patient", Women);
        }

        Assert.IsEmpty(await pair.CheckAsync());

        static string Observation(int i, int codes) => $$"""
            {"resourceType":"Observation","id":"o{{i}}","status":"final","category":[{"text":"x"
             {{(codes == 0 ? "" : ",\"coding\":[{\"code\":\"x\"}]")}}}]}
            """;
    }

    [TestMethod]
    public async Task An_idle_writer_counts_on()
    {
        await using var pair = SqlitePair.Create(idleAfter: TimeSpan.FromMilliseconds(1), countPieceMax: 3);
        await PutAsync(pair, 20);
        Assert.AreEqual(20, await CountAsync(pair, Women));
        for (var i = 0; await ScalarAsync(pair, Complete) == 0; i++)
        {
            Assert.IsLessThan(1000, i);
            await Task.Delay(10);
        }

        Assert.AreEqual(20, await CountAsync(pair, Women));
    }

    [TestMethod]
    public async Task Who_may_not_see_all_is_counted_for()
    {
        await using var pair = SqlitePair.Create();
        await PutAsync(pair, 3);
        _ = await KeptAsync(pair, Women);
        _ = await KeptAsync(pair, Sample.All());
        var one = new AccessRule(
            new Dictionary<string, SearchExpression>(StringComparer.Ordinal)
            {
                ["Patient"] = new SearchExpression.Ids(["p1"]),
            },
            null);
        foreach (var expression in (SearchExpression[])[Women, Sample.All()])
        {
            var query = Query(expression, "Patient") with { Access = one };
            Assert.AreEqual(1, (await pair.Search.SearchAsync(query, None)).Total);
        }

        var others = Query(new SearchExpression.Not(Women), "Patient") with { Access = one };
        Assert.AreEqual(0, (await pair.Search.SearchAsync(others, None)).Total);
    }

    [TestMethod]
    public async Task A_later_page_has_the_total_of_the_first()
    {
        await using var pair = SqlitePair.Create();
        await PutAsync(pair, 4);
        _ = await KeptAsync(pair, Women);
        var first = await pair.Search.SearchAsync(Query(Women, "Patient") with { Count = 2 }, None);
        await pair.DeleteAsync("Patient", "p1");
        var second = await pair.Search.SearchAsync(
            Query(Women, "Patient") with { Count = 2, After = first.Next }, None);
        Assert.AreEqual(4, first.Total);
        Assert.AreEqual(4, second.Total);
        Assert.AreEqual(3, await CountAsync(pair, Women));
    }

    [TestMethod]
    public async Task Making_the_index_anew_forgets_them()
    {
        await using var pair = SqlitePair.Create();
        await PutAsync(pair, 3);
        _ = await KeptAsync(pair, Women);
        await ExecuteAsync(pair, "DELETE FROM token WHERE code = 'female' AND rid = (SELECT min(rid) FROM token)");
        await IndexWorkTests.WalkAsync(pair, "", IndexWalkReason.Asked);
        Assert.AreEqual(0, await ScalarAsync(pair, "SELECT count(*) FROM kept_count"));
        Assert.AreEqual(3, await KeptAsync(pair, Women));
        Assert.IsEmpty(await pair.CheckAsync());
    }

    [TestMethod]
    public async Task A_table_that_cannot_be_counted_stops_no_write()
    {
        await using var pair = SqlitePair.Create(countPieceMax: 3);
        await pair.CommitAsync([.. Enumerable.Range(0, 9).Select(i => Sample.Put(Sample.Observation($"o{i}")))]);
        Assert.AreEqual(9, await CountAsync(pair, new SearchExpression.InCompartment("Patient", "p1"), "Observation"));
        for (var i = 0; await ScalarAsync(pair, "SELECT count(*) FROM kept_count") == 0; i++)
        {
            Assert.IsLessThan(1000, i);
            await Task.Delay(1);
        }

        await ExecuteAsync(pair, "DROP TABLE compartment");
        await pair.PutAsync(Sample.Patient("p1"));
        Assert.AreEqual(0, await ScalarAsync(pair, "SELECT count(*) FROM kept_count"));
        Assert.AreEqual(1, await CountAsync(pair, Women));
    }

    [TestMethod]
    public async Task A_damaged_table_of_numbers_stops_nobody_and_is_begun_anew()
    {
        await using var pair = SqlitePair.Create();
        await PutAsync(pair, 3);
        Assert.AreEqual(3, await KeptAsync(pair, Women));
        await ExecuteAsync(
            pair,
            "CREATE TRIGGER damage BEFORE UPDATE ON kept_count BEGIN SELECT RAISE(ABORT, 'damaged'); END");
        await pair.PutAsync(Sample.Patient("more"));
        Assert.AreEqual(4, await CountAsync(pair, Women));
        Assert.AreEqual(4, await KeptAsync(pair, Women));
        await pair.ReopenAsync();
        await pair.PutAsync(Sample.Patient("most"));
        Assert.AreEqual(5, await CountAsync(pair, Women));
        Assert.IsEmpty(await pair.CheckAsync());
    }

    [TestMethod]
    public async Task While_the_index_is_to_be_made_anew_no_number_of_it_counts()
    {
        await using var pair = SqlitePair.Create();
        await PutAsync(pair, 3);
        _ = await KeptAsync(pair, Women);
        await ExecuteAsync(
            pair, "UPDATE kept_count SET count = 7; INSERT INTO state (name, value) VALUES ('reindex', 1)");
        Assert.AreEqual(3, await CountAsync(pair, Women));
    }

    const string Complete = "SELECT count(*) FROM kept_count WHERE through = 9223372036854775807";

    static async Task PutAsync(SqlitePair pair, int count)
    {
        for (var i = 0; i < count; i++)
        {
            await pair.PutAsync(Sample.Patient($"p{i}"));
        }
    }

    /// <summary>Counts, and has the number kept to the end.</summary>
    static async Task<long?> KeptAsync(SqlitePair pair, SearchExpression expression, string type = "Patient")
    {
        var before = await ScalarAsync(pair, Complete);
        var count = await CountAsync(pair, expression, type);
        for (var i = 0; await ScalarAsync(pair, Complete) == before; i++)
        {
            Assert.IsLessThan(100, i, "nothing is kept");
            await Task.Delay(1);
        }

        Assert.AreEqual(count, await CountAsync(pair, expression, type));
        return count;
    }

    static async Task<long?> CountAsync(SqlitePair pair, SearchExpression expression, string type = "Patient") =>
        (await pair.Search.SearchAsync(Query(expression, type), None)).Total;

    static SearchQuery Query(SearchExpression expression, string type) =>
        Sample.Query(type, expression) with { Count = 0, Total = SearchTotal.Accurate };

    static ValueTask<int> ExecuteAsync(SqlitePair pair, string sql) => pair.Storage.Writer.RunAsync(
        writer =>
        {
            writer.Database.Execute(sql);
            return 0;
        },
        None);

    static Task<int> RunAsync(SqlitePair pair, Action<StoreWriter> job) => pair.Storage.Writer.RunAsync(
        writer =>
        {
            job(writer);
            return 0;
        },
        None).AsTask();

    static ValueTask<long> ScalarAsync(SqlitePair pair, string sql) =>
        pair.Storage.Writer.RunAsync(writer => writer.Database.Scalar(sql) ?? 0, None);
}
