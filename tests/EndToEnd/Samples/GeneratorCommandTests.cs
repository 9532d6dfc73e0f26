using System.Security.Cryptography;
using FhirHub.EndToEnd.Hub;

namespace FhirHub.EndToEnd.Samples;

/// <summary>The generator as it is typed: what it writes, and what it says to what it cannot do.</summary>
[TestClass]
public sealed class GeneratorCommandTests
{
    static readonly string Program = Path.Combine(AppContext.BaseDirectory, "FhirHub.Samples.Generator.dll");

    [TestMethod]
    public async Task The_same_seed_gives_the_same_files_and_another_gives_others()
    {
        var (first, again, other) = (await RunAsync("5"), await RunAsync("5"), await RunAsync("6"));
        CollectionAssert.Contains(first.Keys.ToList(), "Patient.ndjson");
        CollectionAssert.Contains(first.Keys.ToList(), "faults.tsv");
        CollectionAssert.AreEquivalent(first, again);
        Assert.AreNotEqual(first["Patient.ndjson"], other["Patient.ndjson"]);
    }

    [TestMethod]
    public async Task Files_of_another_time_are_replaced_and_what_is_no_NDJSON_is_left()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "Basic.ndjson"), "{}");
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "README.md"), "mine");
        var (code, output) = await HubCommand.RunProgramAsync(
            Program, "--seed", "1", "--lives", "3", "--out", folder.Path);
        Assert.AreEqual(0, code, output);
        Assert.IsFalse(File.Exists(Path.Combine(folder.Path, "Basic.ndjson")));
        Assert.AreEqual("mine", await File.ReadAllTextAsync(Path.Combine(folder.Path, "README.md")));
        Assert.HasCount(3, await File.ReadAllLinesAsync(Path.Combine(folder.Path, "Patient.ndjson")));
    }

    [TestMethod]
    [DataRow("--lives", "0")]
    [DataRow("--lives", "1000001")]
    [DataRow("--lives", "many")]
    [DataRow("--faults", "1.5")]
    [DataRow("--from", "-1")]
    [DataRow("--seed")]
    [DataRow("--colour", "red")]
    [DataRow("--seed", "1")]
    [DataRow("--lives", "5")]
    [DataRow("--lives", "5", "--out", "x", "--from", "2025", "--to", "2024")]
    public async Task Arguments_that_do_not_fit_are_answered_with_what_would(params string[] arguments)
    {
        var (code, output) = await HubCommand.RunProgramAsync(Program, arguments);
        Assert.AreEqual(2, code);
        Assert.Contains("--lives", output);
        Assert.Contains("usage:", output);
    }

    [TestMethod]
    public async Task A_folder_that_cannot_be_made_is_told_and_nothing_more()
    {
        var (code, output) = await HubCommand.RunProgramAsync(
            Program, "--seed", "1", "--lives", "3", "--out", Path.Combine(Program, "below-a-file"));
        Assert.AreEqual(1, code);
        Assert.DoesNotContain("   at ", output);
    }

    /// <summary>The hashes of the files it wrote, by name.</summary>
    static async Task<Dictionary<string, string>> RunAsync(string seed)
    {
        using var folder = new TemporaryFolder();
        var (code, output) = await HubCommand.RunProgramAsync(
            Program, "--seed", seed, "--lives", "40", "--out", folder.Path, "--faults", "0.05", "--from", "2023",
            "--to", "2025");
        Assert.AreEqual(0, code, output);
        var files = new Dictionary<string, string>();
        foreach (var file in Directory.EnumerateFiles(folder.Path))
        {
            files[Path.GetFileName(file)] = Convert.ToHexString(SHA256.HashData(await File.ReadAllBytesAsync(file)));
        }

        return files;
    }

    sealed class TemporaryFolder : IDisposable
    {
        internal string Path { get; } = Directory.CreateTempSubdirectory("fhirhub-region-").FullName;

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }
}
