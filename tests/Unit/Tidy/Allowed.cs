namespace FhirHub.Unit.Tidy;

/// <summary>The lists a reviewer guards. Adding a line here is a decision: say why beside it.</summary>
static class Allowed
{
    /// <summary>Two production implementations exist, or Core must call what it may not reference.</summary>
    internal static readonly string[] Interfaces =
    [
        "IResourceStore", "ISearchIndex", "IResourceValidator", "ITerminology", "IMessageFamily", "IBlobStore"
    ];

    /// <summary>Files longer than 500 lines: the path, then the reason.</summary>
    internal static readonly Dictionary<string, string> LongFiles = [];

    /// <summary>Files with lines wider than 120 columns that are not raw strings: the path, then the reason.</summary>
    internal static readonly Dictionary<string, string> WideFiles = [];

    /// <summary>Type names may end in these although they end in a digit or look like a banned suffix.</summary>
    internal static readonly string[] NumberedNames =
        ["R4", "Utf8", "Utf16", "Base64", "Hl7v2", "Int32", "Int64", "Sha256", "Sha512", "Sm3", "Sm4"];

    /// <summary>Every project, and the projects of ours it may reference. A new one needs an ADR.</summary>
    internal static readonly Dictionary<string, string[]> Arrows = new()
    {
        ["src/FhirServer/Fhir/FhirHub.Fhir.csproj"] = [],
        ["src/FhirServer/Core/FhirHub.Core.csproj"] = ["FhirHub.Fhir"],
        ["src/FhirServer/Storage.Sql/FhirHub.Storage.Sql.csproj"] = ["FhirHub.Core"],
        ["src/FhirServer/Storage.Cosmos/FhirHub.Storage.Cosmos.csproj"] = ["FhirHub.Core"],
        ["src/FhirServer/Host/FhirHub.Host.csproj"] = Libraries,
        ["src/Adapters/FhirHub.Adapters.csproj"] = ["FhirHub.Core"],
        ["src/Profiles/FhirHub.Profiles.csproj"] = ["FhirHub.Core"],
        ["src/Terminology/FhirHub.Terminology.csproj"] = ["FhirHub.Core"],
        // Of the host it tests what is pure: the route table, the capability statement, what operations compute.
        ["tests/Unit/FhirHub.Unit.csproj"] =
            [.. Libraries, "FhirHub.Host", "FhirHub.DefinitionsCompiler", "FhirHub.Samples.Generator"],
        ["tests/Stores/FhirHub.Stores.csproj"] = [.. Libraries, "FhirHub.Samples.Generator"],
        ["tests/EndToEnd/FhirHub.EndToEnd.csproj"] = [.. Libraries, "FhirHub.Host", "FhirHub.Samples.Generator"],
        ["tests/Benchmarks/FhirHub.Benchmarks.csproj"] = [.. Libraries, "FhirHub.Samples.Generator"],
        ["conformance/Runner/FhirHub.Conformance.csproj"] = Libraries,
        // It makes what Fhir embeds, so it can reference nothing that is built after it: docs/adr/0002.
        ["build/DefinitionsCompiler/FhirHub.DefinitionsCompiler.csproj"] = [],
        // It makes samples/region with nothing but the engine; tests call it, and nothing that ships does.
        ["samples/Generator/FhirHub.Samples.Generator.csproj"] = ["FhirHub.Fhir"],
    };

    /// <summary>Every package (or the start of its name), and the folders whose projects may reference it.</summary>
    internal static readonly (string Package, string[] Folders)[] Packages =
    [
        ("Microsoft.Data.Sqlite", ["src/FhirServer/Storage.Sql"]),
        ("SQLitePCLRaw", ["src/FhirServer/Storage.Sql"]),
        ("Npgsql", ["src/FhirServer/Storage.Sql"]),
        ("Microsoft.Azure.Cosmos", ["src/FhirServer/Storage.Cosmos"]),
        ("Newtonsoft.Json", ["src/FhirServer/Storage.Cosmos"]), // the Cosmos SDK asks for it by name
        ("Quartz", ["src/FhirServer/Host"]),
        ("FluentValidation", ["src/FhirServer/Host"]),
        ("Microsoft.AspNetCore.TestHost", ["tests"]),
        ("Microsoft.AspNetCore.Mvc.Testing", ["tests"]),
        ("Microsoft.AspNetCore.App", ["tests/Benchmarks"]), // the bare endpoint the server is measured against
        ("Microsoft.AspNetCore", ["src/FhirServer/Host"]),
        ("MSTest", ["tests", "conformance"]),
        ("Bogus", ["tests", "conformance", "samples/Generator"]),
        ("FsCheck", ["tests", "conformance"]),
        ("BenchmarkDotNet", ["tests/Benchmarks"]),
    ];

    static string[] Libraries =>
    [
        "FhirHub.Fhir", "FhirHub.Core", "FhirHub.Storage.Sql", "FhirHub.Storage.Cosmos",
        "FhirHub.Adapters", "FhirHub.Profiles", "FhirHub.Terminology"
    ];
}
