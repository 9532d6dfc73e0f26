namespace FhirHub.Samples.Generator.People;

/// <summary>How old women are when their child is due; the shares are set so that targets.tsv comes out.</summary>
static class MotherAge
{
    static readonly ((int From, int To) Years, double Share)[] Groups =
    [
        ((18, 19), 0.012), ((20, 24), 0.145), ((25, 29), 0.420), ((30, 34), 0.296),
        ((35, 39), 0.111), ((40, 43), 0.019),
    ];

    internal static double Draw(Chance chance)
    {
        var (from, to) = chance.Pick(Groups);
        return from + (chance.Double() * (to + 1 - from));
    }
}
