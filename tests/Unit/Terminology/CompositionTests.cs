using FhirHub.Core.Terminology;

namespace FhirHub.Unit.Terminology;

/// <summary>https://hl7.org/fhir/R4/valueset.html#composition</summary>
[TestClass]
public sealed class CompositionTests
{
    const string Unknown = "http://example.org/unknown";

    [TestMethod]
    public void A_whole_system_is_all_its_concepts_in_their_order() => Assert.AreEqual(
        "animal cat siamese manx bird dodo fish pet goldfish",
        World.OfAnimals().Codes("""{"include":[{"system":"http://example.org/animals"}]}"""));

    [TestMethod]
    public void Listed_concepts_come_in_the_order_of_the_list_and_once() => Assert.AreEqual("pet cat", World.OfAnimals().Codes(
        """{"include":[{"system":"http://example.org/animals","concept":[{"code":"pet"},{"code":"cat"},{"code":"pet"}]}]}"""));

    [TestMethod]
    public void A_listed_concept_has_the_display_of_the_list_or_else_of_its_system()
    {
        var world = World.OfAnimals();
        var url = world.Compose(
            """{"include":[{"system":"http://example.org/animals","concept":[{"code":"pet","display":"Haustier"},{"code":"cat"}]}]}""");
        CollectionAssert.AreEqual(
            new[] { "Haustier", "Cat" }, world.Expand(url).Codes.Select(code => code.Display).ToArray());
    }

    [TestMethod]
    public void Listed_concepts_of_a_system_that_is_not_here_are_taken_as_listed()
    {
        var world = World.OfAnimals();
        Assert.AreEqual("a b", world.Codes(
            $$"""{"include":[{"system":"{{Unknown}}","concept":[{"code":"a"},{"code":"b"}]}]}"""));
    }

    [TestMethod]
    public void A_listed_concept_its_system_does_not_have_is_noted()
    {
        var world = World.OfAnimals();
        var url = world.Compose(
            """{"include":[{"system":"http://example.org/animals","concept":[{"code":"unicorn"}]}]}""");
        var (codes, composition) = world.Expand(url);
        Assert.AreEqual("unicorn", codes.Single().Code);
        StringAssert.Contains(composition.Notes.Single(), "has no code unicorn");
    }

    [TestMethod]
    public void Includes_add_up_and_excludes_take_away() => Assert.AreEqual("cat siamese fish", World.OfAnimals().Codes("""
        {"include":[
          {"system":"http://example.org/animals","filter":[{"property":"concept","op":"is-a","value":"cat"}]},
          {"system":"http://example.org/animals","concept":[{"code":"fish"},{"code":"dodo"}]}],
         "exclude":[
          {"system":"http://example.org/animals","concept":[{"code":"manx"}]},
          {"system":"http://example.org/animals","filter":[{"property":"concept","op":"is-a","value":"bird"}]}]}
        """));

    [TestMethod]
    public void Value_sets_of_one_include_are_intersected_with_each_other_and_with_its_own_codes()
    {
        var world = World.OfAnimals();
        var pets = world.Compose(
            """{"include":[{"system":"http://example.org/animals","filter":[{"property":"concept","op":"is-a","value":"pet"}]},{"system":"http://example.org/animals","filter":[{"property":"concept","op":"is-a","value":"cat"}]}]}""");
        var fish = world.Compose(
            """{"include":[{"system":"http://example.org/animals","filter":[{"property":"code","op":"regex","value":".*fish"}]}]}""");
        Assert.AreEqual("goldfish", world.Codes($$"""{"include":[{"valueSet":["{{pets}}","{{fish}}"]}]}"""));
        Assert.AreEqual("pet goldfish cat siamese manx fish", world.Codes(
            $$"""{"include":[{"valueSet":["{{pets}}"]},{"valueSet":["{{fish}}"]}]}"""));
        Assert.AreEqual("cat", world.Codes(
            $$"""{"include":[{"system":"http://example.org/animals","concept":[{"code":"cat"},{"code":"fish"}],"valueSet":["{{pets}}"]}]}"""));
        Assert.AreEqual("cat", world.Codes(
            $$"""{"include":[{"system":"http://example.org/animals","filter":[{"property":"legs","op":"exists","value":"true"}],"valueSet":["{{pets}}"]}]}"""));
        Assert.AreEqual("", world.Codes(
            $$"""{"include":[{"system":"{{Unknown}}","valueSet":["{{pets}}"]}]}"""));
        Assert.AreEqual("pet cat siamese manx", world.Codes(
            $$"""{"include":[{"valueSet":["{{pets}}"]}],"exclude":[{"valueSet":["{{fish}}","{{pets}}"]}]}"""));
    }

    [TestMethod]
    public void Inactive_codes_are_in_unless_the_value_set_or_the_asker_leaves_them_out()
    {
        var world = World.OfAnimals();
        const string Birds = """
            "include":[{"system":"http://example.org/animals","filter":[{"property":"concept","op":"is-a","value":"bird"}]}]
            """;
        Assert.AreEqual("bird dodo", world.Codes("{" + Birds + "}"));
        Assert.AreEqual("bird dodo", world.Codes("{\"inactive\":true," + Birds + "}"));
        Assert.AreEqual("bird", world.Codes("{\"inactive\":false," + Birds + "}"));
        var asked = world.Expand(world.Compose("{" + Birds + "}"), new ExpansionLimits { ActiveOnly = true });
        Assert.AreEqual("bird", asked.Codes.Single().Code);
    }

    [TestMethod]
    public void Codes_say_whether_they_are_inactive_or_abstract()
    {
        var world = World.OfAnimals();
        var codes = world.Expand(world.Compose("""{"include":[{"system":"http://example.org/animals"}]}""")).Codes;
        Assert.AreEqual("dodo", codes.Single(code => code.IsInactive).Code);
        Assert.AreEqual("animal", codes.Single(code => code.IsAbstract).Code);
    }

    [TestMethod]
    public void An_expansion_is_used_when_there_is_no_composition()
    {
        var world = World.OfAnimals().Add("""
            {"resourceType":"ValueSet","url":"http://example.org/stored","status":"active","expansion":{"timestamp":"2026-01-01",
             "contains":[{"display":"heading","abstract":true,"contains":[{"system":"http://example.org/x","code":"a","display":"A"}]},
              {"system":"http://example.org/x","code":"b","inactive":true}]}}
            """);
        var codes = world.Expand("http://example.org/stored").Codes;
        Assert.AreEqual("a b", string.Join(' ', codes.Select(code => code.Code)));
        Assert.IsTrue(codes[1].IsInactive);
        Assert.IsTrue(world.Contains("http://example.org/stored", "http://example.org/x", "b"));
        Assert.IsFalse(world.Contains("http://example.org/stored", "http://example.org/x", "c"));
    }

    [TestMethod]
    public void Of_a_page_of_an_expansion_only_what_it_holds_is_known()
    {
        var world = World.OfAnimals().Add("""
            {"resourceType":"ValueSet","url":"http://example.org/page","status":"active","expansion":{"timestamp":"2026-01-01",
             "total":3,"contains":[{"system":"http://example.org/x","code":"a"}]}}
            """);
        Assert.IsTrue(world.Contains("http://example.org/page", "http://example.org/x", "a"));
        foreach (var refused in new Action[]
        {
            () => world.Contains("http://example.org/page", "http://example.org/x", "b"),
            () => world.Expand("http://example.org/page"),
        })
        {
            Assert.AreEqual("incomplete", Assert.ThrowsExactly<Core.Model.FhirException>(refused).Problem.IssueCode);
        }
    }

    [TestMethod]
    public void A_code_without_a_system_is_looked_for_in_every_system_of_the_value_set()
    {
        var world = World.OfAnimals();
        var url = world.Compose(
            $$"""{"include":[{"system":"{{World.Animals}}","concept":[{"code":"cat"}]},{"system":"{{Unknown}}","concept":[{"code":"x"}]}]}""");
        Assert.IsTrue(world.Contains(url, null, "cat"));
        Assert.IsTrue(world.Contains(url, null, "x"));
        Assert.IsFalse(world.Contains(url, null, "bird"));
    }

    [TestMethod]
    public void A_value_set_inside_the_resource_can_be_imported()
    {
        var world = World.OfAnimals().Add("""
            {"resourceType":"ValueSet","url":"http://example.org/outer","status":"active",
             "contained":[{"resourceType":"ValueSet","id":"inner","status":"active",
               "compose":{"include":[{"system":"http://example.org/animals","concept":[{"code":"cat"}]}]}}],
             "compose":{"include":[{"valueSet":["#inner"]}]}}
            """);
        Assert.AreEqual("cat", world.Expand("http://example.org/outer").Codes.Single().Code);
    }

    [TestMethod]
    public void A_supplement_that_is_not_here_is_left_out_and_noted()
    {
        var world = World.OfAnimals().Add("""
            {"resourceType":"ValueSet","url":"http://example.org/more","status":"active",
             "extension":[{"url":"http://hl7.org/fhir/StructureDefinition/valueset-supplement","valueCanonical":"http://example.org/words"}],
             "compose":{"include":[{"system":"http://example.org/animals","concept":[{"code":"cat"}]}]}}
            """);
        StringAssert.Contains(world.Expand("http://example.org/more").Composition.Notes.Single(), "http://example.org/words");
    }
}
