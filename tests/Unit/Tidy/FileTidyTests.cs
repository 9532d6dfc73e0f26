namespace FhirHub.Unit.Tidy;

[TestClass]
public sealed class FileTidyTests
{
    const string Any = "src/FhirServer/Core/Any.cs";

    [TestMethod]
    public void Files_have_at_most_500_lines() => Verdict.Holds(FileRules.LongFiles);

    [TestMethod]
    public void A_file_of_501_lines_is_found()
    {
        Verdict.Breaks(FileRules.LongFiles, Any, string.Concat(Enumerable.Repeat("\n", 500)) + ";");
        Verdict.Keeps(FileRules.LongFiles, Any, string.Concat(Enumerable.Repeat(";\n", 500)));
    }

    [TestMethod]
    public void Lines_have_at_most_120_columns() => Verdict.Holds(FileRules.WideLines);

    [TestMethod]
    public void A_line_of_121_columns_is_found()
    {
        Verdict.Breaks(FileRules.WideLines, Any, new string('x', 121));
        Verdict.Breaks(FileRules.WideLines, Any, "// " + new string('x', 118));
        Verdict.Breaks(FileRules.WideLines, Any, $"var x = \"{new string('x', 120)}\";");
        Verdict.Breaks(FileRules.WideLines, "scripts/test", new string('x', 121));
        Verdict.Keeps(FileRules.WideLines, Any, new string('x', 120));
    }

    [TestMethod]
    public void Data_in_a_raw_string_may_be_wide() =>
        Verdict.Keeps(FileRules.WideLines, Any, $"var x = \"\"\"\n{new string('x', 300)}\n\"\"\";");

    [TestMethod]
    public void Entries_of_the_allow_lists_exist_and_say_why()
    {
        foreach (var (path, reason) in Allowed.LongFiles.Concat(Allowed.WideFiles))
        {
            Assert.IsTrue(SourceTree.Has(path), $"{path} is gone: take it off the list");
            Assert.AreNotEqual("", reason, path);
        }
    }

    [TestMethod]
    public void Folders_are_named_after_the_product() => Verdict.Holds(FileRules.BannedFolderNames);

    [TestMethod]
    public void A_folder_for_leftovers_is_found() =>
        Verdict.Breaks(FileRules.BannedFolderNames, "src/FhirServer/Core/Helpers/X.cs", "");

    [TestMethod]
    public void There_are_no_regions() => Verdict.Holds(FileRules.Regions);

    [TestMethod]
    public void A_region_is_found()
    {
        Verdict.Breaks(FileRules.Regions, Any, "class A\n{\n    #region Fields\n}");
        Verdict.Keeps(FileRules.Regions, Any, "// a #region in words\nvar x = \"\"\"\n#region\n\"\"\";");
    }

    [TestMethod]
    public void Nullable_is_never_disabled() => Verdict.Holds(FileRules.NullableDisabled);

    [TestMethod]
    public void Nullable_disabled_is_found() => Verdict.Breaks(FileRules.NullableDisabled, Any, "#nullable disable");

    [TestMethod]
    public void Every_silenced_warning_has_its_reason() => Verdict.Holds(FileRules.SilentPragmas);

    [TestMethod]
    public void A_pragma_without_a_reason_is_found()
    {
        Verdict.Breaks(FileRules.SilentPragmas, Any, "#pragma warning disable CA1031\ntry { }");
        Verdict.Keeps(FileRules.SilentPragmas, Any, "#pragma warning disable CA1031 // the edge of the process");
        Verdict.Keeps(FileRules.SilentPragmas, Any, "#pragma warning disable CA1031\n// the edge of the process");
    }

    [TestMethod]
    public void Nothing_is_left_unimplemented() => Verdict.Holds(FileRules.NotImplemented);

    [TestMethod]
    public void A_hole_in_the_code_is_found() =>
        Verdict.Breaks(FileRules.NotImplemented, Any, "void F() => throw new NotImplementedException();");

    [TestMethod]
    public void Loose_ends_carry_an_issue_id() => Verdict.Holds(FileRules.LooseEnds);

    [TestMethod]
    public void A_loose_end_is_found()
    {
        Verdict.Breaks(FileRules.LooseEnds, Any, "// " + "TODO: later");
        Verdict.Breaks(FileRules.LooseEnds, "Makefile", "# " + "FIXME");
        Verdict.Keeps(FileRules.LooseEnds, Any, "// " + "TODO (#12): once the store can page");
        Verdict.Keeps(FileRules.LooseEnds, Any, "// " + "HACK #7 until the SDK is fixed");
    }

    [TestMethod]
    public void The_project_stands_alone() => Verdict.Holds(FileRules.PlacesOfOneMachine);

    [TestMethod]
    public void A_place_of_one_machine_is_found()
    {
        Verdict.Breaks(FileRules.PlacesOfOneMachine, "docs/x.md", "see /" + "work/notes.md");
        Verdict.Breaks(FileRules.PlacesOfOneMachine, "docs/x.md", "see /" + "home/ann/notes.md");
        Verdict.Breaks(FileRules.PlacesOfOneMachine, ".npmrc", "x=https:/" + "/registry.example.org/");
        Verdict.Breaks(FileRules.PlacesOfOneMachine, "x.config", "x=https:/" + "/api.nuget.example.org/v3");
        Verdict.Keeps(FileRules.PlacesOfOneMachine, "docs/x.md", "the path src/work/x and https://example.org/work/x");
    }
}
