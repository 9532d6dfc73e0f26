using System.Reflection;
using System.Text.RegularExpressions;
using FhirHub.Profiles.Messages;
using FhirHub.Unit.Tidy;

namespace FhirHub.Unit.Profiles;

/// <summary>The table of rules in the docs and what validation says are one.</summary>
[TestClass]
public sealed partial class RuleTableTests
{
    [TestMethod]
    public void Every_message_has_a_row_and_every_row_names_tests_there_are()
    {
        var page = File.ReadAllText(Path.Combine(SourceTree.Root, "docs", "validation.md"));
        var rows = page[page.IndexOf("## Every rule", StringComparison.Ordinal)..];
        var missing = Messages().Select(message => message.Id).Where(id => !IsNamed(rows, id));
        Assert.AreEqual("", string.Join(' ', missing));

        var tests = Directory.EnumerateFiles(Path.Combine(SourceTree.Root, "tests"), "*Tests.cs", SearchOption.AllDirectories)
            .Select(Path.GetFileNameWithoutExtension).ToHashSet(StringComparer.Ordinal);
        var absent = TestName().Matches(rows).Select(match => match.Groups[1].Value).Where(name => !tests.Contains(name));
        Assert.AreEqual("", string.Join(' ', absent.Distinct()));
    }

    [TestMethod]
    public void Messages_have_ids_of_their_own_and_texts_in_both_languages_with_the_same_gaps()
    {
        var messages = Messages();
        Assert.AreEqual(messages.Count, messages.Select(m => m.Id).Distinct().Count());
        foreach (var message in messages)
        {
            var gaps = Enumerable.Range(0, 4).Select(i => $"<{i}>").ToArray<object?>();
            var (english, chinese) = (message.English(gaps), message.Chinese(gaps));
            Assert.Contains(c => c is >= '\u4e00' and <= '\u9fff', chinese.ToList(), message.Id);
            Assert.DoesNotContain(c => c is >= '\u4e00' and <= '\u9fff', english.ToList(), message.Id);
            Assert.AreEqual(Gaps(english), Gaps(chinese), message.Id);
        }
    }

    static List<Message> Messages() =>
    [
        .. new[] { typeof(RuleMessages), typeof(ResourceMessages), typeof(SnapshotMessages) }
            .SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.NonPublic))
            .Select(field => field.GetValue(null)).OfType<Message>(),
    ];

    /// <summary>By its id, or by how a family of ids begins.</summary>
    static bool IsNamed(string rows, string id) => rows.Contains($"`{id}`", StringComparison.Ordinal)
        || rows.Contains($"`{id[..(id.IndexOf('-', StringComparison.Ordinal) + 1)]}…`", StringComparison.Ordinal)
        || (id.StartsWith("value-set-", StringComparison.Ordinal)
            && rows.Contains("`value-set-…`", StringComparison.Ordinal));

    static string Gaps(string text) =>
        string.Join(' ', Gap().Matches(text).Select(match => match.Value).Distinct().Order(StringComparer.Ordinal));

    [GeneratedRegex("`([A-Z][A-Za-z]+Tests)`")]
    private static partial Regex TestName();

    [GeneratedRegex("<[0-9]>")]
    private static partial Regex Gap();
}
