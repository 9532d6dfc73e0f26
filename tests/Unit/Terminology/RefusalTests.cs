using FhirHub.Core.Model;
using FhirHub.Core.Terminology;

namespace FhirHub.Unit.Terminology;

/// <summary>What cannot be known is not guessed.</summary>
[TestClass]
public sealed class RefusalTests
{
    const string Part = "http://example.org/part";

    [TestMethod]
    [DataRow("""{"include":[{"version":"1"}]}""", "neither a system nor a value set")]
    [DataRow("""{"include":[{"concept":[{"code":"cat"}]}]}""", "neither")]
    [DataRow("""{"include":[{"valueSet":["http://example.org/v"],"filter":[{"property":"concept","op":"is-a","value":"cat"}]}]}""", "does not name their system")]
    [DataRow("""{"include":[{"system":"http://example.org/animals","concept":[{"code":"cat"}],"filter":[{"property":"concept","op":"is-a","value":"cat"}]}]}""", "make two of it")]
    public void A_broken_composition_names_its_part(string compose, string text)
    {
        var problem = World.OfAnimals().Refusal(compose);
        Assert.AreEqual("invariant", problem.IssueCode);
        Assert.AreEqual("ValueSet.compose.include[0]", problem.Expression);
        StringAssert.Contains(problem.Text, text);
    }

    [TestMethod]
    [DataRow("""{"include":[{"system":"http://example.org/gone"}]}""", "ValueSet.compose.include[0].system")]
    [DataRow("""{"include":[{"system":"http://example.org/animals","version":"7"}]}""", "ValueSet.compose.include[0].system")]
    [DataRow("""{"include":[{"valueSet":["http://example.org/gone"]}]}""", "ValueSet.compose.include[0].valueSet")]
    [DataRow("""{"include":[{"system":"http://example.org/animals"}],"exclude":[{"valueSet":["http://example.org/gone"]}]}""", "ValueSet.compose.exclude[0].valueSet")]
    public void What_is_not_here_is_named(string compose, string expression)
    {
        var problem = World.OfAnimals().Refusal(compose);
        Assert.AreEqual("not-found", problem.IssueCode);
        Assert.AreEqual(expression, problem.Expression);
    }

    [TestMethod]
    public void A_version_that_is_not_here_is_refused_with_the_one_that_is() => StringAssert.Contains(
        World.OfAnimals().Refusal("""{"include":[{"system":"http://example.org/animals","version":"7"}]}""").Text,
        "animals|7 is not here; store it, or take http://example.org/animals|1");

    [TestMethod]
    public void A_star_for_a_version_takes_the_one_there_is() => Assert.AreEqual("cat", World.OfAnimals().Codes(
        """{"include":[{"system":"http://example.org/animals","version":"*","concept":[{"code":"cat"}]}]}"""));

    [TestMethod]
    public void Value_sets_that_import_each_other_are_refused_with_the_circle()
    {
        var world = World.OfAnimals();
        foreach (var (one, other) in new[] { ("a", "b"), ("b", "c"), ("c", "a") })
        {
            world.Add($$"""
                {"resourceType":"ValueSet","url":"http://example.org/{{one}}","status":"active",
                 "compose":{"include":[{"valueSet":["http://example.org/{{other}}"]}]} }
                """);
        }

        foreach (var question in new Action[]
        {
            () => world.Expand("http://example.org/a"),
            () => world.Contains("http://example.org/a", World.Animals, "cat"),
        })
        {
            StringAssert.Contains(
                Assert.ThrowsExactly<FhirException>(question).Problem.Text,
                "http://example.org/a > http://example.org/b > http://example.org/c > http://example.org/a");
        }
    }

    [TestMethod]
    public void One_code_too_many_is_too_costly()
    {
        var world = World.OfAnimals();
        var url = world.Compose("""{"include":[{"system":"http://example.org/animals"}]}""");
        Assert.HasCount(9, world.Expand(url, new ExpansionLimits { CodesMax = 9 }).Codes);
        var problem = Assert.ThrowsExactly<FhirException>(
            () => world.Expand(url, new ExpansionLimits { CodesMax = 8 })).Problem;
        Assert.AreEqual("too-costly", problem.IssueCode);
        StringAssert.Contains(problem.Text, "more than 8 codes");
    }

    [TestMethod]
    [DataRow("not-present")]
    [DataRow("example")]
    [DataRow("supplement")]
    public void A_system_without_its_content_cannot_be_listed(string content)
    {
        var world = World.OfAnimals().Add(System(content));
        var problem = world.Refusal($$"""{"include":[{"system":"{{Part}}"}]}""");
        Assert.AreEqual("incomplete", problem.IssueCode);
        StringAssert.Contains(problem.Text, content);
    }

    [TestMethod]
    public void A_fragment_is_listed_as_incomplete_and_does_not_deny_codes()
    {
        var world = World.OfAnimals().Add(System("fragment"));
        var url = world.Compose($$"""{"include":[{"system":"{{Part}}"}]}""");
        var (codes, composition) = world.Expand(url);
        Assert.AreEqual("a", codes.Single().Code);
        Assert.IsFalse(composition.IsComplete);
        StringAssert.Contains(composition.Notes.Single(), "fragment");
        Assert.IsTrue(world.Contains(url, Part, "a"));
        var problem = Assert.ThrowsExactly<FhirException>(() => world.Contains(url, Part, "z")).Problem;
        Assert.AreEqual("incomplete", problem.IssueCode);
    }

    [TestMethod]
    public void What_one_part_does_not_know_another_may()
    {
        var world = World.OfAnimals().Add(System("fragment"));
        var both = world.Compose(
            $$"""{"include":[{"system":"{{Part}}"},{"system":"{{Part}}","concept":[{"code":"z"}]}]}""");
        Assert.IsTrue(world.Contains(both, Part, "z"));
        var without = world.Compose(
            $$"""{"include":[{"system":"{{Part}}"}],"exclude":[{"system":"{{Part}}","concept":[{"code":"z"}]}]}""");
        Assert.IsFalse(world.Contains(without, Part, "z"));
        Assert.IsFalse(world.Contains(without, World.Animals, "cat"));
    }

    [TestMethod]
    public void An_exclusion_that_cannot_be_decided_is_no_inclusion()
    {
        var world = World.OfAnimals().Add(System("fragment"));
        var compose = $$"""{"include":[{"system":"{{Part}}","concept":[{"code":"z"}]}],"exclude":[{"system":"{{Part}}","filter":[{"property":"concept","op":"is-a","value":"a"}]}]}""";
        Assert.AreEqual("incomplete", world.Refusal(compose).IssueCode);
        var url = world.Compose(compose);
        Assert.ThrowsExactly<FhirException>(() => world.Contains(url, Part, "z"));
    }

    [TestMethod]
    public void Imports_that_double_at_every_step_are_expanded_once_each()
    {
        var world = World.OfAnimals();
        for (var level = 0; level < 60; level++)
        {
            foreach (var twin in new[] { "a", "b" })
            {
                var include = level == 0
                    ? """{"system":"http://example.org/animals"}"""
                    : $$"""{"valueSet":["http://example.org/a{{level - 1}}"]},{"valueSet":["http://example.org/b{{level - 1}}"]}""";
                world.Add($$"""
                    {"resourceType":"ValueSet","url":"http://example.org/{{twin}}{{level}}","status":"active","compose":{"include":[{{include}}]} }
                    """);
            }
        }

        Assert.HasCount(9, world.Expand("http://example.org/a59").Codes);
        Assert.IsTrue(world.Contains("http://example.org/a59", World.Animals, "cat"));
        Assert.IsFalse(world.Contains("http://example.org/a59", World.Animals, "unicorn"));
    }

    static string System(string content) => $$"""
        {"resourceType":"CodeSystem","url":"{{Part}}","status":"active","caseSensitive":true,"content":"{{content}}",
         "concept":[{"code":"a"}]}
        """;
}
