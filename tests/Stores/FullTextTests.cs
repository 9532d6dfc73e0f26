using System.Text;
using FhirHub.Core.Search;
using FhirHub.Storage.Sql;
using FhirHub.Storage.Sql.Sqlite;

namespace FhirHub.Stores;

/// <summary>The tokens and expressions made for full text, as SQLite itself understands them.</summary>
[TestClass]
public sealed class FullTextTests
{
    [TestMethod]
    public void Parts_find_all_texts_that_contain_the_query()
    {
        // Few letters, so that near misses are many: Chinese, one beyond the sixteen bits, what means much to FTS5.
        string[] letters = ["张", "丽", "𠮷", "a", "b", "1", " ", "\"", "*", "-", "é", "\n", "。"];
        var random = new Random(20261125);
        string Text(int lengthMax) =>
            string.Concat(random.GetItems(letters, random.Next(1, lengthMax + 1)));
        var texts = Enumerable.Range(0, 500).Select(_ => SearchText.Fold(Text(12))).ToArray();
        using var database = Index(texts.Select(Parts));
        var (asked, found) = (0, 0);
        for (var i = 0; i < 2_000; i++)
        {
            var query = SearchText.Fold(Text(4));
            if (TextParts.Query(query) is not { } match)
                continue;
            var rows = Rows(database, match).Select(row => (int)row).ToHashSet();
            var expected = Enumerable.Range(0, texts.Length)
                .Where(row => texts[row].Contains(query, StringComparison.Ordinal)).ToList();
            Assert.IsTrue(rows.IsSupersetOf(expected), $"'{query}': {match}");
            (asked, found) = (asked + rows.Count, found + expected.Count);
        }

        // Parts may stand apart, but a candidate that is none must be the exception.
        Assert.IsGreaterThan(asked / 2, found);
    }

    [TestMethod]
    [DataRow("(bone OR liver) and metastases", "0 1")]
    [DataRow("metastases", "0 1 2")]
    [DataRow("bone metastases", "0")]
    [DataRow("\"bone metastases\"", "")]
    [DataRow("\"metastases to bone\"", "0")]
    [DataRow("metastases NOT (bone OR liver)", "2")]
    [DataRow("metast*", "0 1 2")]
    [DataRow("metast", "")]
    [DataRow("糖尿病", "3 4")]
    [DataRow("糖尿病 高血压", "3")]
    [DataRow("糖尿病。", "3 4")]
    [DataRow("糖尿病 NOT 高血压", "4")]
    [DataRow("Ⅱ型糖尿病", "3")]
    [DataRow("II型糖尿病", "3")]
    [DataRow("二型糖尿病", "4")]
    [DataRow("高血壓", "3")]
    [DataRow("病", "3 4")]
    [DataRow("压", "3")]
    [DataRow("B超", "4 5")]
    [DataRow("b超检查", "4")]
    [DataRow("超", "4 5")]
    [DataRow("查B超", "5")]
    [DataRow("检B超", "")]
    [DataRow("尿糖", "")]
    [DataRow("bone OR 高血压", "0 3")]
    [DataRow("NEAR", "")]
    [DataRow("tokens:bone", "")]
    public void A_text_query_finds_what_it_says(string query, string expected)
    {
        string[] texts =
        [
            "<p>Metastases to bone.</p>", "Liver, with metastases", "metastases of the lung", "Ⅱ型糖尿病，伴高血压",
            "二型糖尿病；做Ｂ超检查", "复查B超",
        ];
        using var database = Index(texts.Select(Words.Of));
        Assert.IsTrue(TextQuery.TryCompile(query, out var match, out var complaint), complaint);
        Assert.AreEqual(expected, string.Join(' ', Rows(database, match)), match);
        var matches = Enumerable.Range(0, texts.Length).Where(i => IsMatch(match, Words.Of(texts[i])));
        Assert.AreEqual(expected, string.Join(' ', matches), "what waits to be indexed is found likewise");
    }

    [TestMethod]
    public void Words_find_exactly_the_Chinese_texts_that_contain_the_query()
    {
        const string Letters = "张丽华病，";
        var random = new Random(20261126);
        string Text(int lengthMax) => new(random.GetItems<char>(Letters, random.Next(1, lengthMax + 1)));
        var texts = Enumerable.Range(0, 300).Select(_ => Text(10)).ToArray();
        using var database = Index(texts.Select(Words.Of));
        for (var i = 0; i < 1_000; i++)
        {
            var query = Text(4);
            if (query.Contains('，', StringComparison.Ordinal))
                continue;
            Assert.IsTrue(TextQuery.TryCompile(query, out var match, out _));
            AssertFinds(database, texts, query, match);
            foreach (var text in texts)
            {
                Assert.AreEqual(
                    text.Contains(query, StringComparison.Ordinal), IsMatch(match, Words.Of(text)), $"{match} {text}");
            }
        }
    }

    [TestMethod]
    public void Whatever_is_typed_is_an_expression_or_a_complaint()
    {
        string[] pieces =
            ["a", "病", "AND", "OR", "NOT", "(", ")", "\"", "*", "^", ":", "-", "NEAR", "+", "{", "}", "'", "，"];
        var random = new Random(20261127);
        using var database = Index([Words.Of("a b 病")]);
        for (var i = 0; i < 3_000; i++)
        {
            var count = random.Next(1, 10);
            var query = string.Join(random.Next(2) == 0 ? " " : "", random.GetItems(pieces, count));
            if (TextQuery.TryCompile(query, out var match, out var complaint))
                Assert.AreEqual(Rows(database, match).Count > 0, IsMatch(match, "a b 病"), match);
            else
                Assert.AreNotEqual("", complaint, query);
        }
    }

    static bool IsMatch(string match, string words) =>
        FullTextMatch.Is(Encoding.UTF8.GetBytes(match), default, Encoding.UTF8.GetBytes(words));

    static string Parts(string folded)
    {
        var parts = new TextParts();
        parts.Add(Encoding.UTF8.GetBytes(folded));
        return Encoding.UTF8.GetString(parts.Take());
    }

    static void AssertFinds(Database database, string[] texts, string query, string match)
    {
        var expected = Enumerable.Range(0, texts.Length)
            .Where(row => texts[row].Contains(query, StringComparison.Ordinal));
        Assert.AreEqual(string.Join(' ', expected), string.Join(' ', Rows(database, match)), $"'{query}': {match}");
    }

    static Database Index(IEnumerable<string> rows)
    {
        var database = Database.Open(":memory:", isReadOnly: false);
        database.Execute(
            "CREATE VIRTUAL TABLE texts USING fts5(tokens, content = '', tokenize = 'ascii', prefix = '1')");
        var row = 0;
        foreach (var tokens in rows)
        {
            using var insert = database.Constant("INSERT INTO texts (rowid, tokens) VALUES (?, ?)");
            insert.Bind(1, row++).Bind(2, tokens).Run();
        }

        return database;
    }

    static List<long> Rows(Database database, string match)
    {
        var rows = new List<long>();
        using var select = database.Constant("SELECT rowid FROM texts WHERE texts MATCH ? ORDER BY rowid");
        select.Bind(1, match);
        while (select.Step())
            rows.Add(select.Long(0));
        return rows;
    }
}
