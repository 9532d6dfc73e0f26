using System.Xml.Linq;

namespace FhirHub.Unit.Tidy;

/// <summary>The star of projects and the package table, read from the project files.</summary>
static class ProjectRules
{
    internal static IEnumerable<Finding> UnknownProjects(SourceFile file) =>
        file.IsProject && !Allowed.Arrows.ContainsKey(file.Path)
            ? [file.Finding(1, "a project no ADR speaks of; add it to Allowed.Arrows with its reason")]
            : [];

    internal static IEnumerable<Finding> Arrows(SourceFile file)
    {
        if (!file.IsProject || !Allowed.Arrows.TryGetValue(file.Path, out var allowed))
        {
            return [];
        }

        return
            from reference in Elements(file, "ProjectReference")
            where !IsForBuildOrderAlone(reference)
            let target = Path.GetFileNameWithoutExtension(Include(reference).Replace('\\', '/'))
            where !allowed.Contains(target)
            select file.Finding(1, $"may not reference {target}");
    }

    internal static IEnumerable<Finding> Packages(SourceFile file)
    {
        if (!file.IsProject)
        {
            return [];
        }

        return
            from package in Elements(file, "PackageReference").Concat(Elements(file, "FrameworkReference"))
            let name = Include(package)
            let row = Allowed.Packages.FirstOrDefault(row => Names(row.Package, name))
            where row.Package is null || !row.Folders.Any(file.IsUnder)
            select file.Finding(1, row.Package is null
                ? $"{name} is not in the package table"
                : $"{name} is allowed only in {string.Join(", ", row.Folders)}");
    }

    internal static IEnumerable<Finding> WebProjects(SourceFile file) =>
        file.IsProject && !file.IsUnder("src/FhirServer/Host")
            && (string?)XDocument.Parse(file.Text).Root?.Attribute("Sdk") is "Microsoft.NET.Sdk.Web"
            ? [file.Finding(1, "only Host speaks HTTP")]
            : [];

    /// <summary>Versions belong in Directory.Packages.props, where one line moves the whole product.</summary>
    internal static IEnumerable<Finding> LocalVersions(SourceFile file) =>
        file.IsProject
            ? from package in Elements(file, "PackageReference")
              where Attribute(package, "Version") is not null || Attribute(package, "VersionOverride") is not null
              select file.Finding(1, $"{Include(package)} has a version of its own")
            : [];

    internal static IEnumerable<Finding> EngineInStores(SourceFile file)
    {
        var store = file.Folders is ["src", "FhirServer", var project, ..]
            && project.StartsWith("Storage.", StringComparison.Ordinal);
        return store && (file.IsCSharp || file.IsProject)
            ? FileRules.Matches(file, file.IsCSharp ? file.CSharp.Code : file.Text, @"\bFhirHub\.Fhir\b",
                "stores speak bytes and search values, not documents")
            : [];
    }

    internal static IEnumerable<Finding> OutsideTheSolution(SourceFile file, string solution) =>
        file.IsProject && !solution.Contains(file.Path.Replace('/', '\\'), StringComparison.Ordinal)
            ? [file.Finding(1, "not in FhirHub.sln, so make check never sees it")]
            : [];

    internal static IEnumerable<Finding> Silences(SourceFile file) =>
        file.IsBuildFile && file.Path != "Directory.Build.props"
            ? FileRules.Matches(file, file.Text,
                @"<NoWarn\b|<WarningsNotAsErrors\b|\bNoWarn=|<TreatWarningsAsErrors>\s*false|<Nullable>\s*disable",
                "warnings are fixed, not silenced; the one global silence is in Directory.Build.props")
            : [];

    static bool IsForBuildOrderAlone(XElement reference) =>
        Attribute(reference, "ReferenceOutputAssembly") == "false";

    static IEnumerable<XElement> Elements(SourceFile file, string name) =>
        XDocument.Parse(file.Text).Descendants().Where(element => element.Name.LocalName == name);

    static string Include(XElement element) => Attribute(element, "Include") ?? Attribute(element, "Update") ?? "";

    static string? Attribute(XElement element, string name) =>
        (string?)element.Attribute(name) ?? (string?)element.Elements().FirstOrDefault(e => e.Name.LocalName == name);

    static bool Names(string row, string package) =>
        package == row || package.StartsWith(row + ".", StringComparison.Ordinal);
}
