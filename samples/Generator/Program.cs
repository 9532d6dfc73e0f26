using FhirHub.Samples.Generator;

if (RegionOptions.Read(args) is not { } options)
{
    await Console.Error.WriteLineAsync("usage: --seed NUMBER --patients NUMBER --output FOLDER");
    return 2;
}

Directory.CreateDirectory(options.Output);
var total = 0;
foreach (var (type, lines) in Region.Generate(options.Seed, options.Patients))
{
    var bytes = Region.ToNdjson(lines);
    await File.WriteAllBytesAsync(Path.Combine(options.Output, type + ".ndjson"), bytes);
    Console.WriteLine($"{type,-24}{lines.Count,6}{bytes.Length,10}");
    total += lines.Count;
}

Console.WriteLine($"{total} resources in {options.Output}");
return 0;
