namespace FhirHub.Unit.Tidy;

[TestClass]
public sealed class DocumentTidyTests
{
    const string Architecture = "docs/architecture.md";
    const string Interaction = "src/FhirServer/Host/Interactions/Create.cs";

    [TestMethod]
    public void The_readme_fits_on_three_screens() => Verdict.Holds(DocumentRules.LongReadme);

    [TestMethod]
    public void A_readme_of_151_lines_is_found() =>
        Verdict.Breaks(DocumentRules.LongReadme, "README.md", string.Concat(Enumerable.Repeat("word\n", 151)));

    [TestMethod]
    public void Paths_in_the_architecture_exist() =>
        Verdict.Holds(file => DocumentRules.DeadPaths(file, SourceTree.Has));

    [TestMethod]
    [DataRow("see `src/Nowhere/`")]
    [DataRow("see `Nowhere.cs`")]
    [DataRow("```\npicture\n```\n`build/Gone.targets`")]
    public void A_path_that_leads_nowhere_is_found(string text) =>
        Verdict.Breaks(file => DocumentRules.DeadPaths(file, SourceTree.Has), Architecture, text);

    [TestMethod]
    [DataRow("`tests/Unit/` and `FhirHub.sln`")]
    [DataRow("`Patient.name`, `make test`, `a or b/c`, `GET /{type}/{id}`, `https://example.org/x`")]
    public void Words_that_are_no_paths_pass(string text) =>
        Verdict.Keeps(file => DocumentRules.DeadPaths(file, SourceTree.Has), Architecture, text);

    [TestMethod]
    public void Links_between_documents_lead_somewhere() =>
        Verdict.Holds(file => DocumentRules.DeadLinks(file, SourceTree.Has));

    [TestMethod]
    public void A_dead_link_is_found()
    {
        Verdict.Breaks(file => DocumentRules.DeadLinks(file, SourceTree.Has), "docs/x.md", "[a](README.md)");
        Verdict.Keeps(file => DocumentRules.DeadLinks(file, SourceTree.Has), "docs/x.md",
            "[a](../FhirHub.sln), [b](https://example.org/), [c](#below)");
    }

    [TestMethod]
    public void Code_in_documents_is_compiled_code() =>
        Verdict.Holds(file => DocumentRules.StaleSamples(file, SourceTree.Find));

    [TestMethod]
    [DataRow("```csharp\nvar x = 1;\n```")]
    [DataRow("<!-- sample: a.cs#two -->\n```csharp\nvar x = 1;\n```")]
    [DataRow("<!-- sample: gone.cs#one -->\n```csharp\nvar x = 1;\n```")]
    [DataRow("<!-- sample: a.cs#one -->\n```csharp\nvar x = 2;\n```")]
    public void Code_that_differs_from_its_sample_is_found(string text) =>
        Verdict.Breaks(file => DocumentRules.StaleSamples(file, Samples), "docs/x.md", text);

    [TestMethod]
    [DataRow("<!-- sample: a.cs#one -->\n```csharp\nvar x = 1;\n\nif (x > 0)\n{\n    F();\n}\n```")]
    [DataRow("```json\n{}\n```")]
    public void Code_that_repeats_its_sample_passes(string text) =>
        Verdict.Keeps(file => DocumentRules.StaleSamples(file, Samples), "docs/x.md", text);

    [TestMethod]
    public void Interactions_open_with_their_section() => Verdict.Holds(DocumentRules.InteractionsWithoutSpec);

    [TestMethod]
    public void An_interaction_without_its_section_is_found()
    {
        Verdict.Breaks(DocumentRules.InteractionsWithoutSpec, Interaction, "/// <summary>C</summary>\nclass Create;");
        Verdict.Keeps(DocumentRules.InteractionsWithoutSpec, Interaction,
            "/// <summary>Create: https://hl7.org/fhir/R4/http.html#create</summary>\nclass Create;");
    }

    [TestMethod]
    public void Options_are_documented() =>
        Verdict.Holds(file => file.Name == "HubOptions.cs"
            ? DocumentRules.UndocumentedOptions(file, SourceTree.Find("docs/configuration.md")?.Text ?? "")
            : []);

    [TestMethod]
    public void An_undocumented_option_is_found()
    {
        const string Options = "record HubOptions\n{\n    public int PageSizeMax { get; init; } = 1000;\n}";
        Verdict.Breaks(file => DocumentRules.UndocumentedOptions(file, "| PageSize |"), "HubOptions.cs", Options);
        Verdict.Keeps(file => DocumentRules.UndocumentedOptions(file, "| `PageSizeMax` |"), "HubOptions.cs", Options);
    }

    static SourceFile? Samples(string path) => path == "a.cs"
        ? new SourceFile(path, """
            void F()
            {
                // sample: one
                var x = 1;

                if (x > 0)
                {
                    F();
                }
                // end
            }
            """)
        : null;
}
