using System.ComponentModel;
using System.Diagnostics;
using FhirHub.EndToEnd.Hub;

namespace FhirHub.EndToEnd.Peers;

/// <summary>A FHIR client that is not ours works with the server through a whole workflow.</summary>
[TestClass]
public sealed class FhirKitClientTests
{
    static readonly string Folder = Path.Combine(Repository.Root, "tests", "EndToEnd", "clients");

    [TestMethod]
    public async Task The_client_fhir_kit_client_works_through_a_whole_life_of_a_resource()
    {
        await InstallAsync();
        var result = await RunAsync("node", "workflow.mjs", SharedHub.Fhir.BaseUrl, Sample.Tag());
        var expected = """
            {"fhirVersion":"4.0.1","created":"1","read":"Zhang","updated":["2",true],"patched":["3","Ouyang"],
            "vread":"Zhang","total":5,"pages":3,"found":5,
            "history":["3","2","1"],"afterDelete":[410,"OperationOutcome"]}
            """;
        Assert.AreEqual(expected.ReplaceLineEndings(""), result.Trim());
    }

    [TestMethod]
    public async Task The_client_fhir_kit_client_looks_up_what_a_form_needs()
    {
        await InstallAsync();
        var result = await RunAsync("node", "terminology.mjs", SharedHub.Fhir.BaseUrl, Sample.Tag());
        var expected = """
            {"list":["未知的性别","男性","女性","未说明的性别"],"typed":["蒙古"],"name":"阿荣旗","checked":[false,"女性"],
            "subsumes":"subsumes","translated":[true,"2"],"unknown":[404,"not-found"]}
            """;
        Assert.AreEqual(expected.ReplaceLineEndings(""), result.Trim());
    }

    static readonly SemaphoreSlim Installing = new(1);

    static async Task InstallAsync()
    {
        await Installing.WaitAsync();
        try
        {
            if (!Directory.Exists(Path.Combine(Folder, "node_modules", "fhir-kit-client")))
            {
                await RunAsync("npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts");
            }
        }
        finally
        {
            Installing.Release();
        }
    }

    static async Task<string> RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            using var process = Process.Start(start) ?? throw new AssertFailedException($"{program} did not start.");
            var output = process.StandardOutput.ReadToEndAsync();
            var errors = process.StandardError.ReadToEndAsync();
            using var limit = new CancellationTokenSource(Patience.Limit);
            await process.WaitForExitAsync(limit.Token);
            Assert.AreEqual(0, process.ExitCode, $"{program}: {await errors}");
            return await output;
        }
        catch (Win32Exception) when (Environment.GetEnvironmentVariable("HUB_REQUIRE_PEERS") != "1")
        {
            Assert.Inconclusive($"{program} is not on the PATH.");
            throw;
        }
    }
}
