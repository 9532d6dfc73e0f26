using FhirHub.EndToEnd.Hub;

namespace FhirHub.EndToEnd.Validation;

/// <summary>The command that validates files without a server.</summary>
[TestClass]
public sealed class ValidateCommandTests
{
    readonly string _folder = Directory.CreateTempSubdirectory("fhirhub-validate-").FullName;

    [TestCleanup]
    public void Clean() => Directory.Delete(_folder, recursive: true);

    [TestMethod]
    public async Task Files_folders_and_lines_are_validated_and_summed_up()
    {
        Write("a/good.json", """{"resourceType":"Patient","gender":"male"}""");
        Write("a/bad.xml", """<Patient xmlns="http://hl7.org/fhir"><gender value="x"/></Patient>""");
        Write("a/broken.json", """{"resourceType":"Patient","nonsense":1}""");
        Write("lines.ndjson", "{\"resourceType\":\"Patient\"}\n\n{\"resourceType\":\"Patient\",\"gender\":\"x\"}\n");
        var (code, output) = await RunAsync(Path.Combine(_folder, "a"), Path.Combine(_folder, "lines.ndjson"));
        Assert.AreEqual(1, code, output);
        Assert.Contains("bad.xml: Error binding-required Patient.gender", output);
        Assert.Contains("broken.json:1:28: Error structure", output);
        Assert.Contains("lines.ndjson:3: Error binding-required Patient.gender", output);
        Assert.Contains("5 resources, 2 valid, 3 not; 3 errors", output);
    }

    [TestMethod]
    public async Task Profiles_come_from_a_folder_and_texts_in_Chinese()
    {
        Write("good.json", """{"resourceType":"Patient","gender":"male"}""");
        Write(
            "profiles/own.json",
            ValidateTests.Profile("own", "http://example.org/StructureDefinition/own", "Patient.name"));
        var (code, output) = await RunAsync(
            Path.Combine(_folder, "good.json"), "--profile", "http://example.org/StructureDefinition/own",
            "--definitions", Path.Combine(_folder, "profiles"), "--language", "zh");
        Assert.AreEqual(1, code, output);
        Assert.Contains("至少应出现 1 次", output);
        (code, output) = await RunAsync(Path.Combine(_folder, "good.json"));
        Assert.AreEqual(0, code, output);
    }

    [TestMethod]
    public async Task Without_files_the_command_says_how_it_is_called() =>
        Assert.AreEqual(2, (await RunAsync()).Code);

    void Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!); // below the folder
        File.WriteAllText(path, text);
    }

    async Task<(int Code, string Output)> RunAsync(params string[] arguments)
    {
        var result = await HubCommand.RunAsync(["validate", .. arguments, "--data", Path.Combine(_folder, "data")]);
        return (result.ExitCode, result.Output);
    }
}
