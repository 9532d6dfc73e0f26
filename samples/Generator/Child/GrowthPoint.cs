using System.Globalization;

namespace FhirHub.Samples.Generator.Child;

/// <summary>The median child of one sex at one age.</summary>
sealed record GrowthPoint(int Month, double WeightKg, double LengthCm, double HeadCm)
{
    internal static readonly IReadOnlyList<GrowthPoint> Boys = Read(1);
    internal static readonly IReadOnlyList<GrowthPoint> Girls = Read(4);

    static GrowthPoint[] Read(int column) =>
    [
        .. from row in Table.Read("growth.tsv")
           let values = row.Select(cell => double.Parse(cell, CultureInfo.InvariantCulture)).ToArray()
           select new GrowthPoint((int)values[0], values[column], values[column + 1], values[column + 2])
    ];
}
