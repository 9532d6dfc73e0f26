using System.Diagnostics;
using FhirHub.Fhir.Definitions;

namespace FhirHub.DefinitionsCompiler;

/// <summary>
/// Compiles the HL7 packages into the two files the engine embeds: <c>r4.schema</c> (types, search parameters,
/// compartments) and <c>r4.definitions</c> (the definitional resources themselves). The build runs it when
/// <c>packages.tsv</c> or its own source has changed; by hand: <c>dotnet run --project build/DefinitionsCompiler --
/// OUT</c>.
/// </summary>
static class Program
{
    static int Main(string[] args)
    {
        if (args is not [var output])
        {
            Console.Error.WriteLine("usage: DefinitionsCompiler OUTPUT-FOLDER");
            return 2;
        }

        try
        {
            Compile(output);
            return 0;
        }
        catch (PackageException problem)
        {
            // MSBuild shows a line of this form as an error of the build.
            Console.Error.WriteLine($"DefinitionsCompiler : error FHIR001: {problem.Message}");
            return 1;
        }
    }

    static void Compile(string output)
    {
        var watch = Stopwatch.StartNew();
        Directory.CreateDirectory(output);
        var schema = new SchemaCompiler();
        var archive = new ArchiveCompiler();
        var pins = PackagePin.ReadAll(Path.Combine(AppContext.BaseDirectory, "packages.tsv"));
        foreach (var (number, pin) in pins.Index())
        {
            Console.WriteLine($"  {pin.Name} {pin.Version} ...");
            var tarball = pin.Fetch(output);
            foreach (var file in PackageReader.Files(tarball))
            {
                if (pin.IsCore)
                {
                    schema.Add(file);
                }

                archive.Add(file, number);
            }
        }

        Replace(Path.Combine(output, "r4.schema"), stream => SchemaFile.Write(schema.Build(), stream));
        Replace(Path.Combine(output, "r4.definitions"), archive.Write);
        Console.WriteLine($"  FHIR definitions compiled in {watch.Elapsed.TotalSeconds:F1} s");
    }

    /// <summary>
    /// Writes beside the target and moves into place, so that a broken-off build leaves no half file.
    /// </summary>
    static void Replace(string path, Action<Stream> write)
    {
        var temporary = path + ".new";
        using (var stream = File.Create(temporary))
        {
            write(stream);
        }

        File.Move(temporary, path, overwrite: true);
    }
}
