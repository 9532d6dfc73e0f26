using System.Globalization;

namespace FhirHub.Samples.Generator;

/// <summary>What a figure of a generated region has to come out as, and where that is from.</summary>
public sealed record Target(string Name, double Value, double Tolerance, string Source)
{
    /// <summary>All of targets.tsv.</summary>
    public static IReadOnlyList<Target> ReadAll() =>
    [
        .. from row in Table.Read("targets.tsv")
           select new Target(row[0], Number(row[1]), Number(row[2]), $"{row[3]}: {row[4]}")
    ];

    static double Number(string cell) => double.Parse(cell, CultureInfo.InvariantCulture);
}
