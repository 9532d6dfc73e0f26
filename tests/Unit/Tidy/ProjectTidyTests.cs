namespace FhirHub.Unit.Tidy;

[TestClass]
public sealed class ProjectTidyTests
{
    const string Core = "src/FhirServer/Core/FhirHub.Core.csproj";
    const string Adapters = "src/Adapters/FhirHub.Adapters.csproj";

    [TestMethod]
    public void The_tree_is_the_repository()
    {
        Assert.IsTrue(SourceTree.Has("FhirHub.sln"));
        Assert.IsTrue(SourceTree.Has("tests/Unit/Tidy/"));
        Assert.Contains(file => file.IsProject, SourceTree.Files);
    }

    [TestMethod]
    public void Every_project_is_a_known_one() => Verdict.Holds(ProjectRules.UnknownProjects);

    [TestMethod]
    public void A_project_nobody_decided_on_is_found() =>
        Verdict.Breaks(ProjectRules.UnknownProjects, "src/Shared/FhirHub.Shared.csproj", Project(""));

    [TestMethod]
    public void References_form_a_star() => Verdict.Holds(ProjectRules.Arrows);

    [TestMethod]
    [DataRow("src/FhirServer/Fhir/FhirHub.Fhir.csproj", "../Core/FhirHub.Core.csproj")]
    [DataRow(Core, "../Host/FhirHub.Host.csproj")]
    [DataRow(Adapters, "../Profiles/FhirHub.Profiles.csproj")]
    [DataRow(Adapters, @"..\Terminology\FhirHub.Terminology.csproj")]
    [DataRow("src/FhirServer/Storage.Sql/FhirHub.Storage.Sql.csproj", "../Fhir/FhirHub.Fhir.csproj")]
    [DataRow("src/FhirServer/Host/FhirHub.Host.csproj", "../../../tests/Unit/FhirHub.Unit.csproj")]
    public void An_arrow_against_the_star_is_found(string from, string to) =>
        Verdict.Breaks(ProjectRules.Arrows, from, Project($"<ProjectReference Include=\"{to}\" />"));

    [TestMethod]
    public void An_arrow_of_the_star_passes() =>
        Verdict.Keeps(ProjectRules.Arrows, Core,
            Project("<ProjectReference Include=\"../Fhir/FhirHub.Fhir.csproj\" />"));

    [TestMethod]
    public void A_reference_for_build_order_alone_passes() =>
        Verdict.Keeps(ProjectRules.Arrows, "src/FhirServer/Fhir/FhirHub.Fhir.csproj",
            Project("<ProjectReference Include=\"X.csproj\" ReferenceOutputAssembly=\"false\" />"));

    [TestMethod]
    public void Packages_stay_in_their_projects() => Verdict.Holds(ProjectRules.Packages);

    [TestMethod]
    [DataRow("<PackageReference Include=\"Npgsql\" />")]
    [DataRow("<PackageReference Include=\"Some.New.Package\" />")]
    [DataRow("<FrameworkReference Include=\"Microsoft.AspNetCore.App\" />")]
    public void A_package_in_the_wrong_project_is_found(string item) =>
        Verdict.Breaks(ProjectRules.Packages, Core, Project(item));

    [TestMethod]
    public void A_package_in_its_project_passes() =>
        Verdict.Keeps(ProjectRules.Packages, "src/FhirServer/Storage.Sql/FhirHub.Storage.Sql.csproj",
            Project("<PackageReference Include=\"Microsoft.Data.Sqlite.Core\" />"));

    [TestMethod]
    public void Versions_are_central() => Verdict.Holds(ProjectRules.LocalVersions);

    [TestMethod]
    public void A_version_in_a_project_is_found() =>
        Verdict.Breaks(ProjectRules.LocalVersions, Core, Project("<PackageReference Include=\"A\" Version=\"1\" />"));

    [TestMethod]
    public void Only_the_host_is_a_web_project() => Verdict.Holds(ProjectRules.WebProjects);

    [TestMethod]
    public void A_second_web_project_is_found() =>
        Verdict.Breaks(ProjectRules.WebProjects, Core, "<Project Sdk=\"Microsoft.NET.Sdk.Web\" />");

    [TestMethod]
    public void Stores_never_see_documents() => Verdict.Holds(ProjectRules.EngineInStores);

    [TestMethod]
    public void A_store_that_uses_the_engine_is_found() =>
        Verdict.Breaks(ProjectRules.EngineInStores, "src/FhirServer/Storage.Cosmos/X.cs", "using FhirHub.Fhir.Json;");

    [TestMethod]
    public void Every_project_is_in_the_solution() =>
        Verdict.Holds(file => ProjectRules.OutsideTheSolution(file, Solution));

    [TestMethod]
    public void A_project_outside_the_solution_is_found() =>
        Verdict.Breaks(file => ProjectRules.OutsideTheSolution(file, Solution), "tests/Lost/Lost.csproj", Project(""));

    [TestMethod]
    public void Warnings_are_silenced_in_one_place() => Verdict.Holds(ProjectRules.Silences);

    [TestMethod]
    [DataRow("<NoWarn>$(NoWarn);CS8618</NoWarn>")]
    [DataRow("<TreatWarningsAsErrors>false</TreatWarningsAsErrors>")]
    [DataRow("<Nullable>disable</Nullable>")]
    public void A_silence_in_a_project_is_found(string property) =>
        Verdict.Breaks(ProjectRules.Silences, Core, Project(property));

    static string Solution => SourceTree.Find("FhirHub.sln")!.Text; // the root was found by this file

    static string Project(string content) =>
        $"<Project Sdk=\"Microsoft.NET.Sdk\"><ItemGroup>{content}</ItemGroup></Project>";
}
