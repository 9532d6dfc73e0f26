using System.Diagnostics;
using FhirHub.Samples.Generator;

var (request, output, problem) = CommandLine.Read(args);
if (request is null)
{
    await Console.Error.WriteLineAsync(problem + Environment.NewLine + CommandLine.Usage);
    return 2;
}

var watch = Stopwatch.StartNew();
try
{
    using var folder = NdjsonFolder.Create(output);
    foreach (var household in Region.Make(request))
    {
        folder.Write(household);
    }

    folder.Finish();
    foreach (var (type, count, bytes) in folder.Totals)
    {
        Console.WriteLine($"{type,-24}{count,10}{bytes,14}");
    }

    var seconds = watch.Elapsed.TotalSeconds;
    Console.WriteLine($"{folder.Count} resources and {folder.Faults} faults in {output}, "
        + $"{seconds:0.0} s, {folder.Count / seconds:0} resources a second");
    return 0;
}
catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
{
    await Console.Error.WriteLineAsync(refused.Message);
    return 1;
}
