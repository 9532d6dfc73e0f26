namespace FhirHub.Samples.Generator.Institutions;

/// <summary>The institutions of the region.</summary>
sealed class InstitutionTable
{
    readonly Dictionary<string, Institution> _byId;
    readonly Dictionary<string, int> _villageNumbers;

    InstitutionTable(IEnumerable<Institution> all)
    {
        _byId = all.ToDictionary(i => i.Id);
        Villages = [.. All.Where(i => i.Kind == InstitutionKind.Village)];
        _villageNumbers = Villages.Index().ToDictionary(v => v.Item.Id, v => v.Index);
    }

    internal IReadOnlyCollection<Institution> All => _byId.Values;

    internal Institution MaternalChild => this["hulunbuir-mch"];

    internal Institution Alliance => this["arong-alliance"];

    internal Institution County => this["arong-hospital"];

    internal IReadOnlyList<Institution> Villages { get; }

    /// <summary>Where a village stands among the villages.</summary>
    internal int VillageNumber(Institution village) => _villageNumbers[village.Id];

    internal Institution this[string id] => _byId[id];

    /// <summary>Those of the table, and as many more villages as so many lives need.</summary>
    internal static InstitutionTable Read(int lives)
    {
        var all = (
            from row in Table.Read("institutions.tsv")
            select new Institution(row[0], row[1], Enum.Parse<InstitutionKind>(row[2]), row[3] == "-" ? null : row[3],
                DivisionTable.Find(row[4]))).ToList();
        return new InstitutionTable([.. all, .. VillageTable.Grow(all, lives)]);
    }

    /// <summary>The health centre of the township a village belongs to.</summary>
    internal Institution CentreOf(Institution village) =>
        village.Above is { } above ? this[above] : throw new ArgumentException($"{village.Id} has nothing above it.");
}
