using FhirHub.Core.Model;
using FhirHub.Core.Writes;
using FhirHub.Fhir.Documents;
using FhirHub.Host.Http;
using FhirHub.Profiles.Packages;

namespace FhirHub.Host.Operations;

/// <summary>
/// Implementation guides as packages: which are here, install, uninstall. Operations of this server's own; FHIR has
/// none for it. What they bring counts for every tenant; what clients address, and examples, go into the store of the
/// one who asks as well.
/// </summary>
static class Packages
{
    const string Name = "name";
    const string Version = "version";
    const string Examples = "examples";

    /// <summary>
    /// What has to be in a store to count: it is searched by, searched for by the names it lists, or read, filled in
    /// and applied at an address of its own.
    /// </summary>
    static readonly string[] StoredTypes =
        ["SearchParameter", "NamingSystem", "PlanDefinition", "Measure", "Questionnaire"];

    static readonly string[] TarballTypes =
        ["application/gzip", "application/x-gzip", "application/x-gtar", "application/octet-stream"];

    internal static void Map(IEndpointRouteBuilder fhir)
    {
        fhir.MapGet("/$packages", ListAsync);
        fhir.MapPost("/$install-package", InstallAsync);
        fhir.MapPost("/$uninstall-package", UninstallAsync);
    }

    static async Task ListAsync(HttpContext http, PackageInstaller installer)
    {
        await OperationParameters.ReadAsync(http);
        var answer = FhirBuilder.Create("Parameters");
        foreach (var package in installer.Packages.Packages)
        {
            answer.Add("parameter", p => Describe(p.Set("name", "package"), package));
        }

        await FhirResult.WriteAsync(http, answer.Build());
    }

    static async Task InstallAsync(
        HttpContext http, PackageInstaller installer, DefinitionChanges changes, Writer writer, Caller caller)
    {
        CheckAllowed(http);
        Callers.RequireAll(caller);
        var isTarball = TarballTypes.Contains(http.Request.ContentType?.Split(';')[0].Trim());
        var parameters = isTarball ? null : await OperationParameters.ReadAsync(http, Name, Version, Examples);
        var reports = parameters is null
            ? await installer.InstallAsync(
                await FhirBody.BytesAsync(http.Request, http.RequestAborted), http.RequestAborted)
            : await installer.InstallAsync(
                Required(parameters, Name), Required(parameters, Version), http.RequestAborted);
        changes.Note();

        // What is searched by, and examples when they are wanted, are resources of the tenant.
        var withExamples = parameters?.Flag(Examples) ?? http.Request.Query[Examples] == "true";
        var answer = FhirBuilder.Create("Parameters");
        foreach (var report in reports)
        {
            var problems = await StoreAsync(
                installer, report.Manifest, withExamples, writer, caller, http.RequestAborted);
            answer.Add("parameter", p => Describe(p.Set("name", "package"), report, [.. report.Problems, .. problems]));
        }

        await FhirResult.WriteAsync(http, answer.Build());
    }

    static async Task UninstallAsync(
        HttpContext http, PackageInstaller installer, DefinitionChanges changes, Writer writer, Caller caller)
    {
        CheckAllowed(http);
        Callers.RequireAll(caller);
        var parameters = await OperationParameters.ReadAsync(http, Name, Version);
        var (name, version) = (Required(parameters, Name), Required(parameters, Version));
        var stored = installer.Packages.Definitions(name, version, StoredTypes).ToList();
        if (!await installer.Packages.UninstallAsync(name, version, http.RequestAborted))
        {
            throw new FhirException(ProblemKind.NotFound, "not-found", $"{name}#{version} is not installed.");
        }

        changes.Note();
        foreach (var resource in stored)
        {
            if (resource.Root.First("id").Text is { } id)
            {
                await writer.WriteAsync(
                    new Write.Delete(resource.Type.Name, id, Precondition.None), caller, http.RequestAborted);
            }
        }

        await FhirResult.WriteAsync(http, OutcomeHandler.Information($"{name}#{version} was uninstalled."));
    }

    /// <summary>
    /// Stores what has to be in a store to count; what is refused is told and keeps nothing else back.
    /// </summary>
    static async Task<List<string>> StoreAsync(
        PackageInstaller installer,
        PackageManifest package,
        bool withExamples,
        Writer writer,
        Caller caller,
        CancellationToken cancel)
    {
        var problems = new List<string>();
        var resources = installer.Packages.Definitions(package.Name, package.Version, StoredTypes)
            .Concat(withExamples ? installer.Packages.Examples(package.Name, package.Version) : []);
        foreach (var resource in resources)
        {
            if (resource.Root.First("id").Text is not { } id)
            {
                continue;
            }

            try
            {
                await writer.WriteAsync(new Write.Update(resource, id, Precondition.None), caller, cancel);
            }
            catch (FhirException refused) when (refused.Problem.Kind is not ProblemKind.Fault)
            {
                problems.Add($"{resource.Type.Name}/{id}: {refused.Problem.Text}");
            }
        }

        return problems;
    }

    static void Describe(FhirBuilder parameter, PackageManifest package) => parameter
        .Add("part", p => p.Set("name", Name).Set("valueString", package.Name))
        .Add("part", p => p.Set("name", Version).Set("valueString", package.Version));

    static void Describe(FhirBuilder parameter, PackageReport report, IReadOnlyList<string> problems)
    {
        Describe(parameter, report.Manifest);
        parameter
            .Add("part", p => p.Set("name", "new").Set("valueBoolean", report.IsNew))
            .Add("part", p => p.Set("name", "definitions").Set("valueInteger", report.Definitions))
            .Add("part", p => p.Set("name", Examples).Set("valueInteger", report.Examples));
        foreach (var missing in report.Missing)
        {
            parameter.Add("part", p => p.Set("name", "missing").Set("valueString", missing));
        }

        foreach (var problem in problems)
        {
            parameter.Add("part", p => p.Set("name", "problem").Set("valueString", problem));
        }
    }

    static string Required(OperationParameters parameters, string name) => parameters[name] is { Length: > 0 } value
        ? value
        : throw new FhirException(
            ProblemKind.Invalid, "required",
            $"Send the package itself as application/gzip, or say {Name} and {Version}; '{name}' is missing.");

    /// <summary>Refuses, unless the deployment lets everybody who reaches it change what counts as valid.</summary>
    static void CheckAllowed(HttpContext http)
    {
        if (!http.RequestServices.GetRequiredService<HubOptions>().AllowsPackages)
        {
            throw new FhirException(
                ProblemKind.Forbidden,
                "forbidden",
                "Packages are not installed over HTTP here; Hub:AllowsPackages=true (Hub__AllowsPackages in the "
                    + "environment) lets everybody who reaches the server do so. Hub:PackageFolder installs at start.");
        }
    }
}
