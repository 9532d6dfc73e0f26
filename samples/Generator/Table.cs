namespace FhirHub.Samples.Generator;

/// <summary>A small table of facts that travels in the assembly: tabs between columns, # before remarks.</summary>
static class Table
{
    internal static IReadOnlyList<string[]> Read(string name)
    {
        using var stream = typeof(Table).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"{name} is not embedded.");
        using var reader = new StreamReader(stream);
        return
        [
            .. from line in reader.ReadToEnd().Split('\n')
               where line.Length > 0 && line[0] != '#'
               select line.Split('\t')
        ];
    }
}
