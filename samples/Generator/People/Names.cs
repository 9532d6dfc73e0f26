using Bogus;
using Gender = Bogus.DataSets.Name.Gender;

namespace FhirHub.Samples.Generator.People;

/// <summary>Names, of a kind that fits the people somebody belongs to.</summary>
sealed class Names
{
    static readonly Dictionary<string, string[]> Parts =
        Table.Read("names.tsv").ToDictionary(row => row[0], row => row[1].Split(' '));

    readonly Chance _chance;
    readonly Faker _faker;

    internal Names(Chance chance)
    {
        _chance = chance;
        _faker = new Faker("zh_CN") { Random = chance.Randomizer };
    }

    internal PersonName Make(Ethnicity ethnicity, bool isFemale, string? family = null) => ethnicity switch
    {
        Ethnicity.Mongol => Plain(Pick(isFemale ? "mongol-female" : "mongol-male")),
        Ethnicity.Uyghur =>
            Plain($"{Pick(isFemale ? "dotted-female" : "dotted-male")}·{Pick("dotted-father")}"),
        _ => Han(isFemale, family),
    };

    /// <summary>A surname, a child's is its father's, and a given name.</summary>
    internal PersonName Han(bool isFemale, string? family = null)
    {
        family ??= _chance.Happens(0.04) ? Pick("compound-surname") : _faker.Name.LastName();
        // Bogus has one list of Chinese given names, and they are men's.
        var given = isFemale ? Pick("female") : _faker.Name.FirstName(Gender.Male);
        return new PersonName(family + given, family, given);
    }

    static PersonName Plain(string text) => new(text, null, text.Split('·')[0]);

    string Pick(string kind) => _chance.Pick(Parts[kind]);
}
